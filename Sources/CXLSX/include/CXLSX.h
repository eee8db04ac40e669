#ifndef CXLSX_H
#define CXLSX_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Writes workbooks (.xlsx) by libxlsxwriter, behind a header that shows nothing of it.
///
/// `xml` is a workbook that is valid against templates/schema/workbook.rng, `path` the file to be
/// written, `folder` where the library may put temporary files. The same XML gives the same bytes:
/// the time in the file is the one that the XML says.
///
/// Text is stored as text, whatever it begins with. Money is a number where a double shows its two
/// decimals rightly, that is below 10 million million yuan, and text where it is more; no money is
/// added or multiplied here.
///
/// NULL when done, else the problem, in English, to be released with `cxlsx_free`.
char *cxlsx_write(const void *xml, size_t length, const char *path, const char *folder);

/// Releases a problem. NULL is allowed.
void cxlsx_free(char *problem);

#ifdef __cplusplus
}
#endif

#endif
