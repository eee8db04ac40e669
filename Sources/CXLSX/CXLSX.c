#define _GNU_SOURCE

#include "CXLSX.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <xlsxwriter.h>

/// What a row is, and with it how its cells look.
enum role { TITLE, CAPTION, HEAD, BODY, TOTAL, NOTE, ROLES };
static const char *const roleNames[ROLES] = {"title", "caption", "head", "body", "total", "note"};

/// What a cell holds. `END` is text that stands over or among numbers, `LINE` text on one line, which
/// may run on past the cell.
enum type { TEXT, END, LINE, FEN, COUNT, PERCENT, DATE, TYPES };
static const char *const typeNames[TYPES] = {"text", "end", "line", "fen", "count", "percent", "date"};

struct place {
    const char *id;
    lxw_row_t row;
};

enum { WIDTHS = 64 };

struct writing {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *formats[ROLES][TYPES];
    char *dateFormat;
    char *sheetName;
    lxw_row_t row;
    lxw_col_t columns;
    double widths[WIDTHS];  // of columns, in characters
    double width;           // of all of them
    struct place *places;
    size_t placeCount, placeRoom;
    const char *problem;
};

enum { chartWidth = 720, rowHeight = 21 };  // pixels
static const double rowPoints = 16;

// MARK: Reading

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/// An attribute's text, which lives as long as the document; NULL where there is none.
static const char *attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *found = xmlHasProp(node, (const xmlChar *)name);
    if (found == NULL) return NULL;
    return found->children != NULL ? (const char *)found->children->content : "";
}

static long number(const xmlNode *node, const char *name)
{
    const char *text = attribute(node, name);
    return text != NULL ? strtol(text, NULL, 10) : 0;
}

static int position(const char *text, const char *const names[], int count, int otherwise)
{
    for (int index = 0; text != NULL && index < count; index++)
        if (strcmp(names[index], text) == 0) return index;
    return otherwise;
}

static void check(struct writing *writing, lxw_error code)
{
    if (code != LXW_NO_ERROR && writing->problem == NULL) writing->problem = lxw_strerror(code);
}

// MARK: Formats

static void set_number_format(lxw_format *format, enum type type, const char *dateFormat)
{
    switch (type) {
    case FEN: format_set_num_format(format, "#,##0.00"); break;
    case COUNT: format_set_num_format(format, "#,##0"); break;
    case PERCENT: format_set_num_format(format, "0.00%"); break;
    case DATE: format_set_num_format(format, dateFormat); break;
    default: format_set_num_format(format, "@"); break;
    }
    if (type != TEXT && type != LINE && type != DATE) format_set_align(format, LXW_ALIGN_RIGHT);
    if (type == DATE) format_set_align(format, LXW_ALIGN_LEFT);
}

static void set_look(lxw_format *format, enum role role, enum type type)
{
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (role != TITLE && role != CAPTION && type != LINE) format_set_text_wrap(format);
    if (role != BODY && role != NOTE) format_set_bold(format);
    if (type == LINE) format_set_indent(format, 1);
    switch (role) {
    case TITLE: format_set_font_size(format, 14); break;
    case NOTE: format_set_font_color(format, 0x444444); break;
    case HEAD:
        format_set_bg_color(format, 0xF2F2F2);
        format_set_top(format, LXW_BORDER_THIN);
        format_set_bottom(format, LXW_BORDER_THIN);
        break;
    case TOTAL:
        format_set_top(format, LXW_BORDER_THIN);
        format_set_bottom(format, LXW_BORDER_THIN);
        break;
    default: break;
    }
}

static lxw_format *format(struct writing *writing, enum role role, enum type type)
{
    lxw_format **found = &writing->formats[role][type];
    if (*found == NULL && (*found = workbook_add_format(writing->book)) != NULL) {
        set_number_format(*found, type, writing->dateFormat);
        set_look(*found, role, type);
    }
    return *found;
}

// MARK: Cells

static void write_text(
    struct writing *writing, lxw_col_t column, enum role role, enum type type, const char *text)
{
    check(writing, worksheet_write_string(
        writing->sheet, writing->row, column, text != NULL ? text : "",
        format(writing, role, type)));
}

/// A link to a file beside the workbook, whose name is a relative reference (RFC 3986).
static void write_link(
    struct writing *writing, lxw_col_t column, enum role role, const char *file, const char *text)
{
    char *path = xmlURIUnescapeString(file, 0, NULL);
    xmlChar *address = path != NULL
        ? xmlStrncatNew((const xmlChar *)"external:", (const xmlChar *)path, (int)strlen(path))
        : NULL;
    if (address == NULL)
        check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        check(writing, worksheet_write_url_opt(
            writing->sheet, writing->row, column, (const char *)address,
            format(writing, role, LINE), text, NULL));
    xmlFree(address);
    xmlFree(path);
}

/// The number that `value` / 10^`decimals` is, to be shown with so many decimals. False where it has
/// more than 15 digits, or where the double nearest to it, as the file has it, shows another.
static bool exact_number(const char *value, int decimals, double *result)
{
    char *end = NULL;
    int64_t whole = strtoll(value, &end, 10);
    if (*value == '\0' || *end != '\0' || whole >= 1000000000000000 || whole <= -1000000000000000)
        return false;
    int64_t unit = 1;
    for (int count = 0; count < decimals; count++) unit *= 10;
    int64_t magnitude = whole < 0 ? -whole : whole;
    char text[32], written[32], shown[64];
    if (decimals == 0)
        snprintf(text, sizeof text, "%" PRId64, whole);
    else
        snprintf(text, sizeof text, "%s%" PRId64 ".%0*" PRId64, whole < 0 ? "-" : "",
                 magnitude / unit, decimals, magnitude % unit);
    *result = strtod(text, NULL);
    snprintf(written, sizeof written, "%.16G", *result);  // as libxlsxwriter does
    snprintf(shown, sizeof shown, "%.*f", decimals, strtod(written, NULL));
    return strcmp(text, shown) == 0;
}

static void write_number(
    struct writing *writing, lxw_col_t column, enum role role, enum type type,
    const xmlNode *cell)
{
    static const int decimals[TYPES] = {[FEN] = 2, [COUNT] = 0, [PERCENT] = 4};
    double amount = 0;
    if (exact_number(attribute(cell, "value"), decimals[type], &amount))
        check(writing, worksheet_write_number(
            writing->sheet, writing->row, column, amount, format(writing, role, type)));
    else
        write_text(writing, column, role, END, attribute(cell, "text"));
}

/// A real date; text before March 1900, where spreadsheet programs count differently.
static void write_date(
    struct writing *writing, lxw_col_t column, enum role role, const xmlNode *cell)
{
    lxw_datetime day = {0};
    const char *value = attribute(cell, "value");
    if (strcmp(value, "1900-03-01") >= 0
        && sscanf(value, "%4d-%2d-%2d", &day.year, &day.month, &day.day) == 3)
        check(writing, worksheet_write_datetime(
            writing->sheet, writing->row, column, &day, format(writing, role, DATE)));
    else
        write_text(writing, column, role, TEXT, attribute(cell, "text"));
}

static void write_cell(
    struct writing *writing, lxw_col_t column, enum role role, const xmlNode *cell)
{
    enum type type = (enum type)position(attribute(cell, "type"), typeNames, TYPES, TEXT);
    bool isEmpty = attribute(cell, "text") == NULL;
    const char *file = attribute(cell, "file");
    if (file != NULL)
        write_link(writing, column, role, file, attribute(cell, "text"));
    else if (isEmpty)
        check(writing, worksheet_write_blank(
            writing->sheet, writing->row, column, format(writing, role, TEXT)));
    else if (type == FEN || type == COUNT || type == PERCENT)
        write_number(writing, column, role, type, cell);
    else if (type == DATE)
        write_date(writing, column, role, cell);
    else
        write_text(writing, column, role, type, attribute(cell, "text"));
}

// MARK: Rows

/// How wide a text is, in characters of the width of a digit: those of Chinese take two.
static double text_width(const char *text)
{
    double width = 0;
    for (const unsigned char *byte = (const unsigned char *)text; *byte != 0; byte++)
        if (*byte < 0x80)
            width += 1;
        else if (*byte >= 0xE2)
            width += 2;
        else if (*byte >= 0xC0)
            width += 1;
    return width;
}

static double lines_needed(const char *text, double width)
{
    return 1 + (int)(text_width(text) / (width * 0.95 + 1));
}

/// Programs do not all find out for themselves how high a row must be.
static void set_height(struct writing *writing, const xmlNode *row, enum role role)
{
    double most = 1;
    lxw_col_t column = 0;
    for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
        if (!is(cell, "cell")) continue;
        const char *text = attribute(cell, "text");
        double width = role == NOTE ? writing->width
            : column < WIDTHS && column < writing->columns ? writing->widths[column] : 0;
        bool runsOn = position(attribute(cell, "type"), typeNames, TYPES, TEXT) == LINE;
        if (text != NULL && width > 0 && !runsOn) {
            double lines = lines_needed(text, width);
            if (lines > most) most = lines;
        }
        column++;
    }
    if (role == TITLE) most = 1.4;
    if (role == CAPTION) most = 1;
    if (most > 1) check(writing, worksheet_set_row(writing->sheet, writing->row, rowPoints * most, NULL));
}

/// A text across all columns.
static void write_note(struct writing *writing, const xmlNode *row)
{
    const xmlNode *cell = xmlFirstElementChild((xmlNode *)row);
    const char *text = cell != NULL ? attribute(cell, "text") : NULL;
    if (text == NULL) text = "";
    lxw_format *look = format(writing, NOTE, TEXT);
    if (writing->columns > 1)
        check(writing, worksheet_merge_range(
            writing->sheet, writing->row, 0, writing->row, writing->columns - 1, text, look));
    else
        check(writing, worksheet_write_string(writing->sheet, writing->row, 0, text, look));
}

static void remember(struct writing *writing, const char *id)
{
    if (writing->placeCount == writing->placeRoom) {
        size_t room = writing->placeRoom * 2 + 64;
        struct place *places = realloc(writing->places, room * sizeof *places);
        if (places == NULL) return check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
        writing->places = places;
        writing->placeRoom = room;
    }
    writing->places[writing->placeCount++] = (struct place){.id = id, .row = writing->row};
}

static void write_row(struct writing *writing, const xmlNode *row)
{
    const char *id = attribute(row, "id");
    if (id != NULL) remember(writing, id);
    enum role role = (enum role)position(attribute(row, "role"), roleNames, ROLES, BODY);
    set_height(writing, row, role);
    if (role == NOTE) {
        write_note(writing, row);
    } else {
        lxw_col_t column = 0;
        for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next)
            if (is(cell, "cell")) write_cell(writing, column++, role, cell);
    }
    writing->row++;
}

// MARK: Charts

static bool find_row(const struct writing *writing, const char *id, lxw_row_t *row)
{
    for (size_t index = writing->placeCount; index > 0; index--) {
        if (strcmp(writing->places[index - 1].id, id) == 0) {
            *row = writing->places[index - 1].row;
            return true;
        }
    }
    return false;
}

/// Series differ by pattern, so that they can be told apart in black and white.
static void set_series_look(lxw_chart_series *series, int position, bool isLine)
{
    lxw_chart_line line = {.color = 0x333333, .width = isLine ? 1.5f : 0.75f};
    line.dash_type = isLine && position > 0
        ? (position == 1 ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_ROUND_DOT)
        : LXW_CHART_LINE_DASH_SOLID;
    chart_series_set_line(series, &line);
    if (isLine) return chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
    if (position == 0) {
        lxw_chart_fill fill = {.color = 0x4A5568};
        chart_series_set_fill(series, &fill);
    } else {
        lxw_chart_pattern pattern = {.fg_color = 0x333333, .bg_color = 0xFFFFFF};
        pattern.type = position == 1
            ? LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL : LXW_CHART_PATTERN_PERCENT_20;
        chart_series_set_pattern(series, &pattern);
    }
}

static void add_series(
    struct writing *writing, const xmlNode *chart, lxw_chart *drawn, bool isLine)
{
    lxw_row_t first = 0, last = 0;
    if (!find_row(writing, attribute(chart, "first"), &first)
        || !find_row(writing, attribute(chart, "last"), &last) || last < first) {
        writing->problem = "a chart names rows that do not stand before it";
        return;
    }
    lxw_col_t label = (lxw_col_t)number(chart, "label");
    int position = 0;
    for (const xmlNode *node = chart->children; node != NULL; node = node->next) {
        if (!is(node, "series")) continue;
        lxw_col_t column = (lxw_col_t)number(node, "column");
        lxw_chart_series *series = chart_add_series(drawn, NULL, NULL);
        if (series == NULL) return check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
        chart_series_set_categories(series, writing->sheetName, first, label, last, label);
        chart_series_set_values(series, writing->sheetName, first, column, last, column);
        chart_series_set_name(series, attribute(node, "name"));
        set_series_look(series, position++, isLine);
    }
    if (position < 2) chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
    else chart_legend_set_position(drawn, LXW_CHART_LEGEND_BOTTOM);
}

static void write_chart(struct writing *writing, const xmlNode *chart)
{
    const char *kind = attribute(chart, "kind");
    bool isBars = strcmp(kind, "bars") == 0, isLine = strcmp(kind, "lines") == 0;
    lxw_chart *drawn = workbook_add_chart(
        writing->book, isBars ? LXW_CHART_BAR : isLine ? LXW_CHART_LINE : LXW_CHART_COLUMN);
    if (drawn == NULL) return check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
    add_series(writing, chart, drawn, isLine);
    lxw_chart_font font = {.size = 11, .bold = LXW_TRUE};
    chart_title_set_name(drawn, attribute(chart, "title"));
    chart_title_set_name_font(drawn, &font);
    // Of bars, the library takes the upright axis, which has the labels, for y.
    lxw_chart_axis *labels = isBars ? drawn->y_axis : drawn->x_axis;
    lxw_chart_axis *amounts = isBars ? drawn->x_axis : drawn->y_axis;
    if (isBars) {
        // The first row on top, and the amounts nevertheless at the bottom.
        chart_axis_set_reverse(labels);
        chart_axis_set_crossing_max(labels);
    }
    bool isPercent = strcmp(attribute(chart, "of"), "percent") == 0;
    chart_axis_set_num_format(amounts, isPercent ? "0%" : "#,##0");
    chart_axis_set_label_position(labels, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    long rows = number(chart, "rows");
    lxw_chart_options options = {
        .x_scale = chartWidth / 480.0,  // 480 by 288 pixels are the library's own
        .y_scale = (rows * rowHeight - rowHeight / 2) / 288.0,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = (char *)attribute(chart, "title"),
    };
    check(writing, worksheet_insert_chart_opt(
        writing->sheet, writing->row, 0, drawn, &options));
    writing->row += (lxw_row_t)rows;
}

// MARK: Sheets

static void set_columns(struct writing *writing, const xmlNode *sheet)
{
    writing->columns = 0;
    writing->width = 0;
    for (const xmlNode *node = sheet->children; node != NULL; node = node->next) {
        if (!is(node, "column")) continue;
        double width = (double)number(node, "width");
        check(writing, worksheet_set_column(
            writing->sheet, writing->columns, writing->columns, width, NULL));
        if (writing->columns < WIDTHS) writing->widths[writing->columns] = width;
        writing->columns++;
        writing->width += width;
    }
}

static void set_page(struct writing *writing, const xmlNode *sheet)
{
    worksheet_set_paper(writing->sheet, 9);  // A4
    worksheet_set_landscape(writing->sheet);
    worksheet_fit_to_pages(writing->sheet, 1, 0);
    worksheet_set_default_row(writing->sheet, rowPoints, LXW_FALSE);
    check(writing, worksheet_set_footer(writing->sheet, attribute(sheet, "footer")));
    long frozen = number(sheet, "frozenRows"), from = number(sheet, "repeatFrom");
    if (frozen > 0) worksheet_freeze_panes(writing->sheet, (lxw_row_t)frozen, 0);
    if (from > 0)
        check(writing, worksheet_repeat_rows(
            writing->sheet, (lxw_row_t)from - 1, (lxw_row_t)number(sheet, "repeatTo") - 1));
}

static void begin_sheet(struct writing *writing, const xmlNode *sheet, const char *name)
{
    free(writing->sheetName);
    writing->sheetName = strdup(name);
    if (writing->sheetName == NULL) return check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
    check(writing, workbook_validate_sheet_name(writing->book, name));
    if (writing->problem != NULL) return;
    writing->sheet = workbook_add_worksheet(writing->book, name);
    if (writing->sheet == NULL) return check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
    writing->row = 0;
    set_columns(writing, sheet);
    set_page(writing, sheet);
}

static void write_sheet(struct writing *writing, const xmlNode *sheet)
{
    const char *name = attribute(sheet, "name");
    bool goesOn = writing->sheetName != NULL && strcmp(writing->sheetName, name) == 0;
    if (!goesOn) begin_sheet(writing, sheet, name);
    writing->placeCount = 0;  // their names are the document's
    for (const xmlNode *node = sheet->children; node != NULL && writing->problem == NULL;
         node = node->next) {
        if (is(node, "row")) write_row(writing, node);
        if (is(node, "chart")) write_chart(writing, node);
    }
}

// MARK: The whole

static bool has_chart(const xmlNode *root)
{
    for (const xmlNode *sheet = root->children; sheet != NULL; sheet = sheet->next)
        for (const xmlNode *node = sheet->children; node != NULL; node = node->next)
            if (is(node, "chart")) return true;
    return false;
}

static void set_properties(struct writing *writing, const xmlNode *root)
{
    struct tm day = {0};
    lxw_doc_properties properties = {
        .title = (char *)attribute(root, "title"),
        .author = (char *)attribute(root, "author"),
    };
    if (strptime(attribute(root, "created"), "%Y-%m-%dT%H:%M:%SZ", &day) != NULL)
        properties.created = timegm(&day);
    check(writing, workbook_set_properties(writing->book, &properties));
}

static void write_book(
    struct writing *writing, const xmlNode *root, const char *path, const char *folder)
{
    if (writing->book == NULL) {
        // A chart keeps a copy of what it shows, which needs the cells in memory.
        lxw_workbook_options options = {
            .constant_memory = !has_chart(root), .tmpdir = (char *)folder};
        writing->book = workbook_new_opt(path, &options);
        writing->dateFormat = strdup(attribute(root, "dateFormat"));
        if (writing->book == NULL || writing->dateFormat == NULL)
            return check(writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
        set_properties(writing, root);
    }
    for (const xmlNode *sheet = root->children; sheet != NULL && writing->problem == NULL;
         sheet = sheet->next)
        if (is(sheet, "sheet")) write_sheet(writing, sheet);
}

struct cxlsx_book {
    struct writing writing;
    char *path, *folder;
};

cxlsx_book *cxlsx_begin(const char *path, const char *folder)
{
    cxlsx_book *book = calloc(1, sizeof *book);
    if (book == NULL) return NULL;
    book->path = strdup(path);
    book->folder = strdup(folder);
    if (book->path == NULL || book->folder == NULL)
        check(&book->writing, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return book;
}

void cxlsx_add(cxlsx_book *book, const void *xml, size_t length)
{
    struct writing *writing = &book->writing;
    if (writing->problem != NULL) return;
    xmlDocPtr document = length <= INT_MAX
        ? xmlReadMemory(
            xml, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
        : NULL;
    xmlNode *root = document != NULL ? xmlDocGetRootElement(document) : NULL;
    if (root == NULL)
        writing->problem = "the workbook's XML cannot be read";
    else
        write_book(writing, root, book->path, book->folder);
    xmlFreeDoc(document);
}

char *cxlsx_end(cxlsx_book *book)
{
    struct writing *writing = &book->writing;
    if (writing->book != NULL)
        check(writing, workbook_close(writing->book));  // frees it in any case
    char *problem = writing->problem != NULL ? strdup(writing->problem) : NULL;
    free(writing->places);
    free(writing->dateFormat);
    free(writing->sheetName);
    free(book->path);
    free(book->folder);
    free(book);
    return problem;
}

void cxlsx_free(char *problem)
{
    free(problem);
}
