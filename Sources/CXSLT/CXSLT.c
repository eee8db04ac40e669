#define _XOPEN_SOURCE 700

#include "CXSLT.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/imports.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

struct cxslt_library {
    int references;  // guarded by `gate`
    cxslt_limits limits;
    char **folders;  // real paths, without a slash at the end
    size_t folderCount;
};

struct cxslt_stylesheet {
    cxslt_library *library;
    xsltStylesheetPtr sheet;
};

struct cxslt_schema {
    cxslt_library *library;
    xmlRelaxNGPtr schema;
};

/// What is wrong. A text that is full is cut; that something is wrong is never lost.
struct problems {
    bool any;
    size_t length;
    char text[16 * 1024];
};

/// One call of the API, as libxml2's and libxslt's callbacks see it.
struct call {
    cxslt_library *library;
    struct problems *problems;
    xsltSecurityPrefsPtr previousPreferences;
    xmlExternalEntityLoader previousEntityLoader;
    xmlStructuredErrorFunc previousStructuredError;
    void *previousStructuredErrorContext;
    xmlGenericErrorFunc previousGenericError;
    void *previousGenericErrorContext;
};

/// Read without entities, external subsets or network. CDATA becomes text, as in xsltproc.
static const int parseOptions = XML_PARSE_NOCDATA | XML_PARSE_NONET;

/// libxslt's loader and error function are one for the process: whoever holds this gate has them.
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct call *current;               // guarded by `gate`
static xsltSecurityPrefsPtr preferences;   // set once under `gate`

// MARK: Problems

/// Ends the process when there is no memory to say what is wrong: silence would mean success.
static void *allocate_or_abort(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) abort();
    return memory;
}

static void append(struct problems *problems, const char *format, va_list arguments)
{
    problems->any = true;
    size_t room = sizeof problems->text - problems->length;
    int needed = vsnprintf(problems->text + problems->length, room, format, arguments);
    if (needed < 0) return;
    if ((size_t)needed < room) {
        problems->length += (size_t)needed;
        return;
    }
    problems->length = sizeof problems->text - 1;
    // No half of a UTF-8 sequence at the cut.
    const unsigned char *text = (const unsigned char *)problems->text;
    while (problems->length > 0 && (text[problems->length - 1] & 0xC0) == 0x80)
        problems->length--;
    if (problems->length > 0 && text[problems->length - 1] >= 0xC0)
        problems->length--;
    problems->text[problems->length] = '\0';
}

/// Notes a problem of the call.
__attribute__((format(printf, 2, 3)))
static void report(struct call *call, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(call->problems, format, arguments);
    va_end(arguments);
}

/// What libxslt says, in pieces as it comes.
static void gather_generic(void *context, const char *format, ...)
{
    (void)context;
    if (current == NULL) return;
    va_list arguments;
    va_start(arguments, format);
    append(current->problems, format, arguments);
    va_end(arguments);
}

/// What libxml2 says: file, line, message.
static void gather_structured(void *context, xmlErrorPtr error)
{
    (void)context;
    if (current == NULL || error == NULL) return;
    if (error->file != NULL && error->line > 0)
        report(current, "%s:%d: ", error->file, error->line);
    else if (error->line > 0)
        report(current, "line %d: ", error->line);
    const char *message = error->message != NULL ? error->message : "unknown error";
    size_t length = strlen(message);
    report(current, "%s%s", message, length > 0 && message[length - 1] == '\n' ? "" : "\n");
}

static bool failed(const struct call *call)
{
    return call->problems->any;
}

/// The gathered text as a string of its own, or NULL when nothing is wrong.
static char *take_problems(struct problems *problems)
{
    if (!problems->any) return NULL;
    while (problems->length > 0 && problems->text[problems->length - 1] == '\n')
        problems->length--;
    problems->text[problems->length] = '\0';
    const char *text = problems->length > 0 ? problems->text : "a message without words";
    char *copy = allocate_or_abort(strlen(text) + 1);
    memcpy(copy, text, strlen(text) + 1);
    return copy;
}

__attribute__((format(printf, 1, 2)))
static char *problem_text(const char *format, ...)
{
    struct problems *problems = allocate_or_abort(sizeof *problems);
    va_list arguments;
    va_start(arguments, format);
    append(problems, format, arguments);
    va_end(arguments);
    char *text = take_problems(problems);
    free(problems);
    return text;
}

// MARK: Files

static bool lies_inside(const cxslt_library *library, const char *realPath)
{
    for (size_t i = 0; i < library->folderCount; i++) {
        size_t length = strlen(library->folders[i]);
        if (strncmp(realPath, library->folders[i], length) == 0 && realPath[length] == '/')
            return true;
    }
    return false;
}

/// The real path of a file of the library, or NULL with the problem reported.
static char *allowed_path(struct call *call, const char *path)
{
    char *real = realpath(path, NULL);
    if (real == NULL) {
        report(call, "%s: %s\n", path, strerror(errno));
        return NULL;
    }
    if (!lies_inside(call->library, real)) {
        report(call, "%s: outside the template folders\n", path);
        free(real);
        return NULL;
    }
    return real;
}

/// The path that an absolute path or a `file:` URI names (percent escapes undone); NULL for any
/// other.
static char *path_of_uri(const char *uri)
{
    if (strncmp(uri, "file://localhost/", 17) == 0)
        uri += 16;
    else if (strncmp(uri, "file:///", 8) == 0)
        uri += 7;
    else if (strncmp(uri, "file:/", 6) == 0 && uri[6] != '/')
        uri += 5;
    return uri[0] == '/' ? xmlURIUnescapeString(uri, 0, NULL) : NULL;
}

/// As `allowed_path`, for what a template asks for.
static char *allowed_path_of_uri(struct call *call, const char *uri)
{
    char *path = path_of_uri(uri);
    if (path == NULL) {
        report(call, "%s: only files can be read\n", uri);
        return NULL;
    }
    char *real = allowed_path(call, path);
    xmlFree(path);
    return real;
}

/// The bytes of a file whose path is already known to be allowed.
///
/// The path is a real one, so a symbolic link met here was put there in between, and is refused.
static char *read_file(struct call *call, const char *realPath, size_t *length)
{
    int file = open(realPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) {
        report(call, "%s: %s\n", realPath, strerror(errno));
        return NULL;
    }
    struct stat status;
    char *bytes = NULL;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        report(call, "%s: not a regular file\n", realPath);
    } else if ((uint64_t)status.st_size > call->library->limits.maxFileBytes) {
        report(call, "%s: larger than %zu bytes\n", realPath, call->library->limits.maxFileBytes);
    } else if ((bytes = malloc((size_t)status.st_size + 1)) != NULL) {
        size_t done = 0, size = (size_t)status.st_size;
        while (done < size) {
            ssize_t count = read(file, bytes + done, size - done);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) break;
            done += (size_t)count;
        }
        if (done == size) {
            *length = size;
        } else {
            report(call, "%s: could not be read whole\n", realPath);
            free(bytes);
            bytes = NULL;
        }
    } else {
        report(call, "%s: out of memory\n", realPath);
    }
    close(file);
    return bytes;
}

// MARK: Parsing

/// Called at `<!DOCTYPE`, before anything inside it is read: so no entity is ever declared.
static void refuse_doctype(
    void *context, const xmlChar *name, const xmlChar *externalId, const xmlChar *systemId)
{
    (void)name, (void)externalId, (void)systemId;
    xmlParserCtxtPtr parser = context;
    bool *refused = parser->_private;
    *refused = true;
    const char *file =
        parser->input != NULL && parser->input->filename != NULL ? parser->input->filename : "XML";
    report(current, "%s:%d: a DOCTYPE is not allowed\n", file, xmlSAX2GetLineNumber(parser));
    xmlStopParser(parser);
}

static xmlDocPtr parse(
    struct call *call, const char *bytes, size_t length, const char *uri, xmlDictPtr dictionary)
{
    if (length > INT_MAX) {
        report(call, "%s: too large\n", uri != NULL ? uri : "XML");
        return NULL;
    }
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (parser == NULL) return NULL;
    if (dictionary != NULL) {
        // libxslt compares names of a stylesheet by their address in its dictionary.
        xmlDictFree(parser->dict);
        parser->dict = dictionary;
        xmlDictReference(dictionary);
    }
    bool refused = false;
    parser->_private = &refused;
    parser->sax->internalSubset = refuse_doctype;
    xmlDocPtr document = xmlCtxtReadMemory(parser, bytes, (int)length, uri, NULL, parseOptions);
    if (document == NULL && !refused && !failed(call))
        report(call, "%s: not well-formed XML\n", uri != NULL ? uri : "XML");
    if (document != NULL && refused) {
        xmlFreeDoc(document);
        document = NULL;
    }
    xmlFreeParserCtxt(parser);
    return document;
}

/// A file of the library as a document whose URI is its real path, escaped, so that relative
/// references in it resolve whatever characters the path has.
static xmlDocPtr parse_file(struct call *call, const char *realPath, xmlDictPtr dictionary)
{
    size_t length = 0;
    char *bytes = read_file(call, realPath, &length);
    if (bytes == NULL) return NULL;
    xmlChar *uri = xmlURIEscapeStr((const xmlChar *)realPath, (const xmlChar *)"/");
    xmlDocPtr document = parse(call, bytes, length, (const char *)uri, dictionary);
    xmlFree(uri);
    free(bytes);
    return document;
}

static xmlDocPtr parse_input(struct call *call, const void *xml, size_t length)
{
    if (length > call->library->limits.maxInputBytes) {
        report(call, "the XML is larger than %zu bytes\n", call->library->limits.maxInputBytes);
        return NULL;
    }
    return parse(call, xml, length, NULL, NULL);
}

// MARK: What libxslt and libxml2 ask for

/// Where `document()` stands: libxslt says it of `xsl:import` and `xsl:include` only.
static void report_asker(xmlNodePtr instruction)
{
    if (instruction == NULL || instruction->doc == NULL || instruction->doc->URL == NULL) return;
    report(current, "%s:%ld: document() asks for it\n", (const char *)instruction->doc->URL,
        xmlGetLineNo(instruction));
}

/// `xsl:import`, `xsl:include` and `document()`.
static xmlDocPtr load_for_xslt(
    const xmlChar *uri, xmlDictPtr dictionary, int options, void *context, xsltLoadType type)
{
    (void)options;
    if (current == NULL) return NULL;
    char *real = allowed_path_of_uri(current, (const char *)uri);
    xmlDocPtr document = real != NULL ? parse_file(current, real, dictionary) : NULL;
    free(real);
    if (document == NULL && type == XSLT_LOAD_DOCUMENT && context != NULL)
        report_asker(((xsltTransformContextPtr)context)->inst);
    return document;
}

/// `include` and `externalRef` of RELAX NG, and any entity asked for in spite of all.
static xmlParserInputPtr load_entity(
    const char *uri, const char *identifier, xmlParserCtxtPtr parser)
{
    (void)identifier;
    if (current == NULL || uri == NULL) return NULL;
    char *real = allowed_path_of_uri(current, uri);
    if (real == NULL) return NULL;
    size_t length = 0;
    char *bytes = read_file(current, real, &length);
    // libxml2 parses what it gets here with its own settings: read it by ours first.
    xmlDocPtr document = bytes != NULL ? parse(current, bytes, length, uri, NULL) : NULL;
    xmlParserInputPtr input = NULL;
    if (document != NULL) {
        xmlParserInputBufferPtr buffer =
            xmlParserInputBufferCreateMem(bytes, (int)length, XML_CHAR_ENCODING_NONE);
        if (buffer != NULL) {
            input = xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_NONE);
            if (input == NULL)
                xmlFreeParserInputBuffer(buffer);
            else
                input->filename = (char *)xmlStrdup((const xmlChar *)uri);
        }
        xmlFreeDoc(document);
    }
    free(bytes);
    free(real);
    return input;
}

static int forbid(xsltSecurityPrefsPtr security, xsltTransformContextPtr context, const char *value)
{
    (void)security, (void)context;
    if (current != NULL)
        report(current, "%s: a template may neither write nor use the network\n", value);
    return 0;
}

/// The loader decides about each file; this only lets libxslt ask it.
static int leave_to_loader(
    xsltSecurityPrefsPtr security, xsltTransformContextPtr context, const char *value)
{
    (void)security, (void)context, (void)value;
    return 1;
}

// MARK: One call

static void initialise_once(void)
{
    if (preferences != NULL) return;
    xmlInitParser();
    xsltInit();
    exsltCommonRegister();
    xsltUnregisterExtModuleElement((const xmlChar *)"document", EXSLT_COMMON_NAMESPACE);
    exsltSetsRegister();
    exsltStrRegister();
    preferences = xsltNewSecurityPrefs();
    if (preferences == NULL) return;
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_READ_FILE, leave_to_loader);
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_WRITE_FILE, forbid);
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_CREATE_DIRECTORY, forbid);
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_READ_NETWORK, forbid);
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_WRITE_NETWORK, forbid);
}

/// Takes the gate, and the process's loader and error functions. False when memory is short.
static bool begin(struct call *call, cxslt_library *library)
{
    pthread_mutex_lock(&gate);
    initialise_once();
    if (preferences == NULL) {
        pthread_mutex_unlock(&gate);
        return false;
    }
    *call = (struct call){.problems = allocate_or_abort(sizeof *call->problems)};
    call->library = library;
    current = call;

    call->previousPreferences = xsltGetDefaultSecurityPrefs();
    xsltSetDefaultSecurityPrefs(preferences);
    xsltSetLoaderFunc(load_for_xslt);
    call->previousEntityLoader = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(load_entity);

    call->previousStructuredError = xmlStructuredError;
    call->previousStructuredErrorContext = xmlStructuredErrorContext;
    call->previousGenericError = xmlGenericError;
    call->previousGenericErrorContext = xmlGenericErrorContext;
    xmlSetStructuredErrorFunc(NULL, gather_structured);
    xmlSetGenericErrorFunc(NULL, gather_generic);
    xsltSetGenericErrorFunc(NULL, gather_generic);
    return true;
}

/// Gives back what `begin` took, and the problems gathered.
static char *end(struct call *call)
{
    xsltSetGenericErrorFunc(NULL, NULL);
    xmlSetGenericErrorFunc(call->previousGenericErrorContext, call->previousGenericError);
    xmlSetStructuredErrorFunc(
        call->previousStructuredErrorContext, call->previousStructuredError);
    xmlSetExternalEntityLoader(call->previousEntityLoader);
    xsltSetLoaderFunc(NULL);
    xsltSetDefaultSecurityPrefs(call->previousPreferences);
    xmlResetLastError();
    current = NULL;
    pthread_mutex_unlock(&gate);
    char *text = take_problems(call->problems);
    free(call->problems);
    return text;
}

// MARK: Libraries

cxslt_limits cxslt_default_limits(void)
{
    return (cxslt_limits){
        .maxInputBytes = (size_t)64 << 20,
        .maxFileBytes = (size_t)4 << 20,
        .maxOutputBytes = (size_t)256 << 20,
        .maxTemplateDepth = 400,
        .maxSteps = 1000 * 1000 * 1000,
    };
}

cxslt_library *cxslt_library_create(cxslt_limits limits)
{
    cxslt_library *library = calloc(1, sizeof *library);
    if (library == NULL) return NULL;
    library->references = 1;
    library->limits = limits;
    return library;
}

/// Under `gate`.
static void release_library(cxslt_library *library)
{
    if (--library->references > 0) return;
    for (size_t i = 0; i < library->folderCount; i++) free(library->folders[i]);
    free(library->folders);
    free(library);
}

void cxslt_library_free(cxslt_library *library)
{
    if (library == NULL) return;
    pthread_mutex_lock(&gate);
    release_library(library);
    pthread_mutex_unlock(&gate);
}

char *cxslt_library_add_folder(cxslt_library *library, const char *folder)
{
    char *real = realpath(folder, NULL);
    struct stat status;
    if (real == NULL) return problem_text("%s: %s", folder, strerror(errno));
    if (stat(real, &status) != 0 || !S_ISDIR(status.st_mode)) {
        free(real);
        return problem_text("%s: not a folder", folder);
    }
    if (strcmp(real, "/") == 0) {
        free(real);
        return problem_text("%s: the root folder holds more than templates", folder);
    }
    pthread_mutex_lock(&gate);
    char **folders = realloc(library->folders, (library->folderCount + 1) * sizeof *folders);
    if (folders != NULL) {
        library->folders = folders;
        library->folders[library->folderCount++] = real;
    }
    pthread_mutex_unlock(&gate);
    if (folders != NULL) return NULL;
    free(real);
    return problem_text("%s: out of memory", folder);
}

// MARK: Stylesheets

cxslt_stylesheet *cxslt_stylesheet_load(cxslt_library *library, const char *path, char **problem)
{
    *problem = NULL;
    struct call call;
    if (!begin(&call, library)) {
        *problem = problem_text("out of memory");
        return NULL;
    }
    char *real = allowed_path(&call, path);
    xmlDocPtr document = real != NULL ? parse_file(&call, real, NULL) : NULL;
    free(real);

    xsltStylesheetPtr sheet = NULL;
    if (document != NULL) {
        sheet = xsltParseStylesheetDoc(document);  // takes the document over when it succeeds
        if (sheet == NULL) {
            xmlFreeDoc(document);
            if (!failed(&call)) report(&call, "%s: not a stylesheet\n", path);
        } else if (sheet->errors != 0 && !failed(&call)) {
            report(&call, "%s: the stylesheet has errors\n", path);
        }
    }
    if (sheet != NULL && failed(&call)) {
        xsltFreeStylesheet(sheet);
        sheet = NULL;
    }
    cxslt_stylesheet *stylesheet = sheet != NULL ? calloc(1, sizeof *stylesheet) : NULL;
    if (stylesheet != NULL) {
        library->references++;
        stylesheet->library = library;
        stylesheet->sheet = sheet;
    } else if (sheet != NULL) {
        xsltFreeStylesheet(sheet);
        report(&call, "out of memory\n");
    }
    *problem = end(&call);
    return stylesheet;
}

void cxslt_stylesheet_free(cxslt_stylesheet *stylesheet)
{
    if (stylesheet == NULL) return;
    pthread_mutex_lock(&gate);
    xsltFreeStylesheet(stylesheet->sheet);
    release_library(stylesheet->library);
    pthread_mutex_unlock(&gate);
    free(stylesheet);
}

// MARK: Transformation

/// Where the result is written; `cut` when it grew past its bound.
struct sink {
    char *bytes;
    size_t length;
    size_t capacity;
    size_t maxLength;
    bool cut;
};

static int sink_write(void *context, const char *bytes, int count)
{
    struct sink *sink = context;
    size_t length = sink->length + (size_t)count;
    if (count < 0 || sink->cut || length > sink->maxLength) {
        sink->cut = true;
        return -1;
    }
    if (length + 1 > sink->capacity) {
        size_t capacity = (length + 1) * 2;
        char *larger = realloc(sink->bytes, capacity);
        if (larger == NULL) {
            sink->cut = true;
            return -1;
        }
        sink->bytes = larger;
        sink->capacity = capacity;
    }
    memcpy(sink->bytes + sink->length, bytes, (size_t)count);
    sink->length = length;
    sink->bytes[length] = '\0';
    return count;
}

static int sink_close(void *context)
{
    (void)context;
    return 0;
}

// MARK: Pages of others

static bool is_one_of(const xmlChar *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (xmlStrcasecmp(name, (const xmlChar *)*names) == 0) return true;
    return false;
}

/// Elements that fetch, run, send, or are read otherwise than they are written.
static const char *const refusedElements[] = {
    "animate", "animateMotion", "animateTransform", "applet", "audio", "base", "embed", "form",
    "frame", "frameset", "iframe", "link", "noembed", "noframes", "noscript", "object",
    "plaintext", "portal", "script", "set", "source", "template", "textarea", "track", "video",
    "xmp", NULL};

/// Attributes that name what is fetched or followed.
static const char *const references[] = {
    "action", "archive", "background", "cite", "classid", "codebase", "data", "dynsrc",
    "formaction", "href", "http-equiv", "icon", "longdesc", "lowsrc", "manifest", "ping", "poster",
    "profile", "src", "srcdoc", "srcset", "usemap", NULL};

static bool begins(const xmlChar *text, const char *start)
{
    return xmlStrncasecmp(text, (const xmlChar *)start, (int)strlen(start)) == 0;
}

/// Whether a reference stays in the page. Only pictures may be written into one (`data:`).
static bool stays(const xmlChar *reference, bool isPicture)
{
    return reference[0] == '#' || reference[0] == '\0'
           || (isPicture && begins(reference, "data:image/"));
}

/// Whether a link leads to a file beside the page, as those to a report's annexes do.
static bool leads_beside(const xmlChar *reference)
{
    if (reference[0] == '/') return false;
    for (; *reference != '\0' && *reference != '#'; reference++)
        if (*reference <= ' ' || *reference == ':' || *reference == '\\') return false;
    return true;
}

/// Whether a style sheet, or an attribute that may hold a part of one, fetches something.
static bool style_fetches(const xmlChar *style)
{
    static const char *const fetching[] = {"@import", "expression(", "image-set(", "src(", NULL};
    for (const char *const *word = fetching; *word != NULL; word++)
        if (xmlStrcasestr(style, (const xmlChar *)*word) != NULL) return true;
    const xmlChar *rest = style;
    while ((rest = xmlStrcasestr(rest, (const xmlChar *)"url(")) != NULL) {
        rest += 4;
        while (*rest == ' ' || *rest == '\t' || *rest == '\n' || *rest == '\r') rest++;
        if (*rest == '"' || *rest == '\'') rest++;
        if (!stays(rest, true)) return true;
    }
    return false;
}

static void check_attribute(struct call *call, xmlNodePtr element, xmlAttrPtr attribute)
{
    xmlChar *value = xmlNodeListGetString(element->doc, attribute->children, 1);
    if (value == NULL) return;
    bool isPicture = xmlStrcasecmp(element->name, (const xmlChar *)"img") == 0
                     || xmlStrcasecmp(element->name, (const xmlChar *)"image") == 0;
    bool isLink = xmlStrcasecmp(element->name, (const xmlChar *)"a") == 0
                  && xmlStrcasecmp(attribute->name, (const xmlChar *)"href") == 0;
    // WeasyPrint puts what a link calls an attachment into the PDF.
    bool isAttachment = xmlStrcasecmp(attribute->name, (const xmlChar *)"rel") == 0
                        && xmlStrcasestr(value, (const xmlChar *)"attachment") != NULL;
    bool isRefused = begins(attribute->name, "on") || isAttachment
                     || (is_one_of(attribute->name, references) && !stays(value, isPicture)
                         && !(isLink && leads_beside(value)))
                     || style_fetches(value)
                     || (xmlStrcasecmp(attribute->name, (const xmlChar *)"style") == 0
                         && xmlStrchr(value, '\\') != NULL)
                     || xmlStrstr(value, (const xmlChar *)"<!--") != NULL;
    if (isRefused)
        report(call, "the page may fetch and run nothing: <%s %s=\"%.200s\">\n",
            (const char *)element->name, (const char *)attribute->name, (const char *)value);
    xmlFree(value);
}

static bool is_style(xmlNodePtr node)
{
    return node != NULL && node->type == XML_ELEMENT_NODE
           && xmlStrcasecmp(node->name, (const xmlChar *)"style") == 0;
}

static void check_node(struct call *call, xmlNodePtr node)
{
    bool isInTitle = node->parent != NULL && node->parent->type == XML_ELEMENT_NODE
                     && xmlStrcasecmp(node->parent->name, (const xmlChar *)"title") == 0;
    switch (node->type) {
    case XML_ELEMENT_NODE:
        if (is_one_of(node->name, refusedElements) || is_style(node->parent)
            || (isInTitle && node->ns == NULL))
            report(call, "the page may fetch and run nothing: <%s>\n", (const char *)node->name);
        for (xmlAttrPtr one = node->properties; one != NULL; one = one->next)
            check_attribute(call, node, one);
        break;
    case XML_TEXT_NODE:
        if (node->name == xmlStringTextNoenc)
            report(call, "a page has no disable-output-escaping: %.200s\n", (char *)node->content);
        if (is_style(node->parent)
            && (style_fetches(node->content) || xmlStrchr(node->content, '\\') != NULL
                || xmlStrchr(node->content, '<') != NULL))
            report(call, "a style sheet may fetch nothing, and has neither \\ nor <\n");
        break;
    case XML_COMMENT_NODE:
    case XML_PI_NODE:
    case XML_CDATA_SECTION_NODE:
    case XML_ENTITY_REF_NODE:
        report(call, "a page has no comments, instructions or CDATA\n");
        break;
    default:
        break;
    }
}

/// Looks at each node, without recursion: a result may be deep.
static void check_page(struct call *call, xmlDocPtr result)
{
    xmlNodePtr node = result->children;
    while (node != NULL && !failed(call)) {
        check_node(call, node);
        if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
            node = node->children;
            continue;
        }
        while (node != NULL && node->next == NULL)
            node = node->parent != (xmlNodePtr)result ? node->parent : NULL;
        if (node != NULL) node = node->next;
    }
}

/// Serialises a result tree as `xsl:output` says.
static void save(struct call *call, xsltStylesheetPtr sheet, xmlDocPtr result, struct sink *sink)
{
    const xmlChar *encoding = NULL;
    XSLT_GET_IMPORT_PTR(encoding, sheet, encoding)
    xmlCharEncodingHandlerPtr encoder =
        encoding != NULL ? xmlFindCharEncodingHandler((const char *)encoding) : NULL;
    if (encoder != NULL && strcmp(encoder->name, "UTF-8") == 0) encoder = NULL;

    xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(sink_write, sink_close, sink, encoder);
    if (buffer == NULL) {
        report(call, "out of memory\n");
        return;
    }
    int saved = xsltSaveResultTo(buffer, result, sheet);
    int closed = xmlOutputBufferClose(buffer);
    if (sink->cut)
        report(call, "the result is larger than %zu bytes\n", sink->maxLength);
    else if (saved < 0 || closed < 0)
        report(call, "the result could not be written\n");
}

static xsltTransformContextPtr limited_context(
    struct call *call, xsltStylesheetPtr sheet, xmlDocPtr input)
{
    xsltTransformContextPtr context = xsltNewTransformContext(sheet, input);
    if (context == NULL) return NULL;
    const cxslt_limits *limits = &call->library->limits;
    xsltSetCtxtSecurityPrefs(preferences, context);
    xsltSetCtxtParseOptions(context, parseOptions);
    xsltSetTransformErrorFunc(context, NULL, gather_generic);
    context->maxTemplateDepth = limits->maxTemplateDepth;
    context->opLimit = (unsigned long)limits->maxSteps;
    context->xpathCtxt->opLimit = (unsigned long)limits->maxSteps;
    return context;
}

char *cxslt_transform(
    cxslt_stylesheet *stylesheet, const void *xml, size_t length,
    char **output, size_t *outputLength)
{
    *output = NULL;
    *outputLength = 0;
    cxslt_library *library = stylesheet->library;
    struct call call;
    if (!begin(&call, library)) return problem_text("out of memory");

    struct sink sink = {.maxLength = library->limits.maxOutputBytes};
    xmlDocPtr input = parse_input(&call, xml, length);
    if (input != NULL) {
        xsltTransformContextPtr context = limited_context(&call, stylesheet->sheet, input);
        xmlDocPtr result = NULL;
        if (context != NULL)
            result = xsltApplyStylesheetUser(stylesheet->sheet, input, NULL, NULL, NULL, context);
        bool sound = result != NULL && context->state == XSLT_STATE_OK;
        if (!sound && !failed(&call)) report(&call, "the transformation failed\n");
        if (!failed(&call) && library->limits.selfContained) check_page(&call, result);
        if (!failed(&call)) save(&call, stylesheet->sheet, result, &sink);
        xmlFreeDoc(result);
        if (context != NULL) xsltFreeTransformContext(context);
        xmlFreeDoc(input);
    }

    char *problem = end(&call);
    if (problem == NULL && sink.bytes == NULL && (sink.bytes = calloc(1, 1)) == NULL)
        problem = problem_text("out of memory");
    if (problem != NULL) {
        free(sink.bytes);
    } else {
        *output = sink.bytes;
        *outputLength = sink.length;
    }
    return problem;
}

// MARK: Validation

static xmlRelaxNGPtr parse_schema(struct call *call, const char *path)
{
    char *real = allowed_path(call, path);
    xmlDocPtr document = real != NULL ? parse_file(call, real, NULL) : NULL;
    free(real);
    if (document == NULL) return NULL;
    xmlRelaxNGPtr schema = NULL;
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewDocParserCtxt(document);  // copies the document
    if (parser != NULL) {
        xmlRelaxNGSetParserStructuredErrors(parser, gather_structured, NULL);
        schema = xmlRelaxNGParse(parser);
        xmlRelaxNGFreeParserCtxt(parser);
    }
    xmlFreeDoc(document);
    if (schema == NULL && !failed(call)) report(call, "%s: not a schema\n", path);
    return schema;
}

cxslt_schema *cxslt_schema_load(cxslt_library *library, const char *path, char **problem)
{
    *problem = NULL;
    struct call call;
    if (!begin(&call, library)) {
        *problem = problem_text("out of memory");
        return NULL;
    }
    xmlRelaxNGPtr parsed = parse_schema(&call, path);
    if (parsed != NULL && failed(&call)) {
        xmlRelaxNGFree(parsed);
        parsed = NULL;
    }
    cxslt_schema *schema = parsed != NULL ? calloc(1, sizeof *schema) : NULL;
    if (schema != NULL) {
        library->references++;
        schema->library = library;
        schema->schema = parsed;
    } else if (parsed != NULL) {
        xmlRelaxNGFree(parsed);
        report(&call, "out of memory\n");
    }
    *problem = end(&call);
    return schema;
}

void cxslt_schema_free(cxslt_schema *schema)
{
    if (schema == NULL) return;
    pthread_mutex_lock(&gate);
    xmlRelaxNGFree(schema->schema);
    release_library(schema->library);
    pthread_mutex_unlock(&gate);
    free(schema);
}

char *cxslt_validate(cxslt_schema *schema, const void *xml, size_t length)
{
    struct call call;
    if (!begin(&call, schema->library)) return problem_text("out of memory");
    xmlDocPtr document = parse_input(&call, xml, length);
    if (document != NULL) {
        xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt(schema->schema);
        int outcome = -1;
        if (validator != NULL) {
            xmlRelaxNGSetValidStructuredErrors(validator, gather_structured, NULL);
            outcome = xmlRelaxNGValidateDoc(validator, document);
            xmlRelaxNGFreeValidCtxt(validator);
        }
        if (outcome != 0 && !failed(&call)) report(&call, "the document is not valid\n");
        xmlFreeDoc(document);
    }
    return end(&call);
}

void cxslt_free(void *memory)
{
    free(memory);
}
