#ifndef CXLSX_H
#define CXLSX_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Writes workbooks (.xlsx) by libxlsxwriter, behind a header that shows nothing of it.
///
/// Text is stored as text, whatever it begins with. Money is a number where a double shows its two
/// decimals rightly, that is below 10 million million yuan, and text where it is more; no money is
/// added or multiplied here. The same XML gives the same bytes: the time in the file is the one that
/// the XML says.
typedef struct cxlsx_book cxlsx_book;

/// Begins a workbook: `path` is the file to be written, `folder` where the library may put temporary
/// files. NULL when memory is short.
cxlsx_book *cxlsx_begin(const char *path, const char *folder);

/// Adds the sheets of `xml`, a workbook that is valid against templates/schema/workbook.rng. A sheet
/// with the name of the one before it goes on with that one. Where the first XML has no chart, rows
/// are not kept in memory, and what is added later may have no chart either.
void cxlsx_add(cxlsx_book *book, const void *xml, size_t length);

/// Writes the file, and releases the book. NULL when all was written, else the first problem, in
/// English, to be released with `cxlsx_free`.
char *cxlsx_end(cxlsx_book *book);

/// Releases a problem. NULL is allowed.
void cxlsx_free(char *problem);

#ifdef __cplusplus
}
#endif

#endif
