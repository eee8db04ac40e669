#ifndef CXSLT_H
#define CXSLT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// XSLT 1.0 and RELAX NG for report templates, behind a header that shows nothing of libxml2.
///
/// Templates are read only from folders that were registered, whatever a template asks for: the
/// stylesheet itself, what it imports or includes, and what `document()` names are files whose
/// real path lies inside one of them. No network, no entity, no DOCTYPE (in templates, schemas and
/// input alike), nothing written. Of EXSLT there are common (without `exsl:document`), sets and
/// strings.
///
/// A function that can fail gives a problem: what is wrong, with file and line where they are
/// known, one to a line, in UTF-8, at most 16 KiB, to be released with `cxslt_free`. Whatever a
/// stylesheet reports makes it fail, `xsl:message` included: a report is whole or it is not there.
/// Nothing goes to standard error.
///
/// Calls may come from any thread; they run one at a time, because libxslt's loader and error
/// function belong to the whole process. They are given back between calls.
///
/// Memory is not limited here, only what is named in `cxslt_limits`: a stylesheet that nobody has
/// read belongs into a child process under limits of the operating system.

#ifdef __cplusplus
extern "C" {
#endif

/// Folders that templates may be read from, and limits.
typedef struct cxslt_library cxslt_library;

/// A compiled stylesheet. It keeps its library alive.
typedef struct cxslt_stylesheet cxslt_stylesheet;

/// A compiled RELAX NG schema. It keeps its library alive.
typedef struct cxslt_schema cxslt_schema;

typedef struct cxslt_limits {
    /// Greatest size of an XML document to transform or to validate.
    size_t maxInputBytes;
    /// Greatest size of a template or schema file.
    size_t maxFileBytes;
    /// Greatest size of a transformation's result.
    size_t maxOutputBytes;
    /// How deeply templates may call each other.
    int maxTemplateDepth;
    /// How many instructions, and how many XPath steps, one transformation may take.
    uint64_t maxSteps;
    /// Whether a result must be a page that fetches nothing, runs nothing and holds no markup that
    /// was written as text: what a program that prints it would otherwise obey.
    bool selfContained;
} cxslt_limits;

/// 64 MiB of input, 4 MiB a file, 256 MiB of output, 400 templates deep, 1,000 million steps.
cxslt_limits cxslt_default_limits(void);

/// A library without folders, or NULL when memory is short. Release with `cxslt_library_free`.
cxslt_library *cxslt_library_create(cxslt_limits limits);
void cxslt_library_free(cxslt_library *library);

/// Lets templates and schemas be read from `folder` and everything below it.
/// NULL when done, else the problem.
char *cxslt_library_add_folder(cxslt_library *library, const char *folder);

/// The stylesheet at `path`, which lies in a folder of the library.
/// NULL with the problem in `*problem` when it cannot be used. Release with
/// `cxslt_stylesheet_free`.
cxslt_stylesheet *cxslt_stylesheet_load(
    cxslt_library *library, const char *path, char **problem);
void cxslt_stylesheet_free(cxslt_stylesheet *stylesheet);

/// Transforms an XML document into `*output` (`*outputLength` bytes, to be released with
/// `cxslt_free`; a NUL follows them). NULL when done, else the problem, and `*output` is NULL.
///
/// The bytes are those that `xsltproc STYLESHEET FILE` prints.
char *cxslt_transform(
    cxslt_stylesheet *stylesheet, const void *xml, size_t length,
    char **output, size_t *outputLength);

/// The RELAX NG schema (XML syntax) at `path`, which lies in a folder of the library.
/// NULL with the problem in `*problem` when it cannot be used. Release with `cxslt_schema_free`.
cxslt_schema *cxslt_schema_load(cxslt_library *library, const char *path, char **problem);
void cxslt_schema_free(cxslt_schema *schema);

/// Checks an XML document. NULL when it is valid, else the problem.
char *cxslt_validate(cxslt_schema *schema, const void *xml, size_t length);

/// Releases a problem or an output. NULL is allowed.
void cxslt_free(void *memory);

#ifdef __cplusplus
}
#endif

#endif
