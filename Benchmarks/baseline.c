/*
 * The lower bound that the ledger is measured against: what a careful C programmer would write who
 * wants durable rows under a unique key with a hash chain over them, and nothing else.
 *
 *   baseline append ROWS DB --batch N    append the rows of a file, N to a transaction
 *   baseline verify LEDGER               hash every entry of a ledger of ours and compare
 *
 * ROWS holds, for each row: the lengths of source, id and bytes, each as four bytes, least
 * significant first; then the three. Each command prints one line of JSON and ends with 0 if all is
 * well, 1 if a hash differs, 2 if it was called wrongly, 3 if something could not be done.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <fcntl.h>
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FINE = 0, DIFFERS = 1, BAD_USAGE = 2, COULD_NOT = 3 };
enum { HASH_BYTES = SHA256_DIGEST_LENGTH };

__attribute__((noreturn, format(printf, 1, 2)))
static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("baseline: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(COULD_NOT);
}

/* MARK: what a run came to */

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void report(int64_t rows, double started)
{
    printf("{\"rows\":%lld,\"seconds\":%.6f,\"sqlite\":\"%s\"}\n", (long long)rows,
           seconds_now() - started, sqlite3_libversion());
}

/* MARK: SQLite */

static void check(sqlite3 *db, int code, int wanted)
{
    if (code != wanted)
        fail("%s", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

static void run(sqlite3 *db, const char *sql)
{
    check(db, sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static sqlite3 *opened(const char *path, int flags)
{
    sqlite3 *db = NULL;
    check(db, sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL), SQLITE_OK);
    return db;
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    check(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL),
          SQLITE_OK);
    return statement;
}

/* MARK: SHA-256 */

/*
 * hash = SHA-256(prefix ‖ bytes); hash and prefix may be the same place.
 *
 * OpenSSL would rather have its newer calls used, EVP_Digest…. These do the same work with less
 * around it: entries are short, and verify is 8 % faster. A lower bound takes what is fastest.
 */
static void digest(const void *prefix, size_t prefix_length, const void *bytes, size_t length,
                   unsigned char *hash)
{
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, prefix, prefix_length);
    SHA256_Update(&context, bytes, length);
    SHA256_Final(hash, &context);
}

/* MARK: append */

struct rows {
    const unsigned char *next, *end;
};

struct field {
    const void *bytes;
    uint32_t length;
};

static struct rows mapped(const char *path)
{
    int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0)
        fail("%s cannot be read", path);
    struct rows rows = {NULL, NULL};
    if (status.st_size > 0) {
        size_t length = (size_t)status.st_size;
        void *start = mmap(NULL, length, PROT_READ, MAP_PRIVATE, file, 0);
        if (start == MAP_FAILED)
            fail("%s cannot be mapped", path);
        madvise(start, length, MADV_SEQUENTIAL);
        rows = (struct rows){start, (const unsigned char *)start + length};
    }
    close(file);
    return rows;
}

static uint32_t length_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16
        | (uint32_t)bytes[3] << 24;
}

/* Source, id and bytes of the next row; false at the end. */
static int next_row(struct rows *rows, struct field row[3])
{
    enum { LENGTHS = 12 };
    size_t left = (size_t)(rows->end - rows->next);
    if (left == 0)
        return 0;
    if (left < LENGTHS)
        fail("the last row is cut off");
    const unsigned char *start = rows->next + LENGTHS;
    left -= LENGTHS;
    for (int index = 0; index < 3; index++) {
        row[index] = (struct field){start, length_at(rows->next + 4 * index)};
        if (row[index].length > left)
            fail("the last row is cut off");
        start += row[index].length;
        left -= row[index].length;
    }
    rows->next = start;
    return 1;
}

/*
 * A file that is there already is continued.
 *
 * The log is copied into the database from 16,384 pages (64 MiB) on and at closing, as the ledger
 * does it. SQLite's own 1,000 pages would copy the upper pages of the index again and again, and
 * wait for the disk each time. The cache is a third larger than the ledger's; a page is as large.
 */
static sqlite3 *opened_to_append(const char *path)
{
    sqlite3 *db = opened(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    run(db, "PRAGMA journal_mode = WAL");
    run(db, "PRAGMA synchronous = FULL");
    run(db, "PRAGMA wal_autocheckpoint = 16384");
    run(db, "PRAGMA cache_size = -65536");
    run(db, "CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, source TEXT NOT NULL,"
            " id TEXT NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL)");
    run(db, "CREATE UNIQUE INDEX IF NOT EXISTS entry_key ON entry (source, id)");
    return db;
}

/* How many rows there are, and the hash of the last; 32 zeros where there is none. */
static int64_t read_head(sqlite3 *db, unsigned char *hash)
{
    sqlite3_stmt *last = prepared(db, "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1");
    int64_t size = 0;
    memset(hash, 0, HASH_BYTES);
    if (sqlite3_step(last) == SQLITE_ROW && sqlite3_column_bytes(last, 1) == HASH_BYTES) {
        size = sqlite3_column_int64(last, 0) + 1;
        memcpy(hash, sqlite3_column_blob(last, 1), HASH_BYTES);
    }
    sqlite3_finalize(last);
    return size;
}

static void insert_row(sqlite3 *db, sqlite3_stmt *insert, int64_t seq, const struct field row[3],
                       const unsigned char *hash)
{
    sqlite3_bind_int64(insert, 1, seq);
    sqlite3_bind_text(insert, 2, row[0].bytes, (int)row[0].length, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, row[1].bytes, (int)row[1].length, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 4, row[2].bytes, (int)row[2].length, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 5, hash, HASH_BYTES, SQLITE_STATIC);
    check(db, sqlite3_step(insert), SQLITE_DONE);
    check(db, sqlite3_reset(insert), SQLITE_OK);
}

static int append(const char *rows_path, const char *db_path, long batch)
{
    double started = seconds_now();
    struct rows rows = mapped(rows_path);
    struct field row[3];
    unsigned char hash[HASH_BYTES];
    sqlite3 *db = opened_to_append(db_path);
    sqlite3_stmt *begin = prepared(db, "BEGIN IMMEDIATE"), *commit = prepared(db, "COMMIT");
    sqlite3_stmt *insert = prepared(db, "INSERT INTO entry VALUES (?, ?, ?, ?, ?)");
    int64_t first = read_head(db, hash), seq = first;

    long in_batch = 0;
    while (next_row(&rows, row)) {
        if (in_batch == 0) {
            check(db, sqlite3_step(begin), SQLITE_DONE);
            sqlite3_reset(begin);
        }
        digest(hash, HASH_BYTES, row[2].bytes, row[2].length, hash);
        insert_row(db, insert, seq++, row, hash);
        if (++in_batch == batch) {
            check(db, sqlite3_step(commit), SQLITE_DONE);
            sqlite3_reset(commit);
            in_batch = 0;
        }
    }
    if (in_batch > 0)
        check(db, sqlite3_step(commit), SQLITE_DONE);

    sqlite3_finalize(insert);
    sqlite3_finalize(commit);
    sqlite3_finalize(begin);
    check(db, sqlite3_close(db), SQLITE_OK);
    report(seq - first, started);
    return FINE;
}

/* MARK: verify */

/* Pages come through read(2): with a mapped file this was slower, by page faults. */
static int verify(const char *path)
{
    double started = seconds_now();
    const unsigned char zero = 0;
    unsigned char hash[HASH_BYTES];
    sqlite3 *db = opened(path, SQLITE_OPEN_READONLY);
    sqlite3_stmt *entries = prepared(db, "SELECT bytes, leafHash FROM entry ORDER BY seq");

    int64_t rows = 0, differing = 0;
    int code;
    while ((code = sqlite3_step(entries)) == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(entries, 0);
        digest(&zero, 1, bytes, (size_t)sqlite3_column_bytes(entries, 0), hash);
        const void *leaf_hash = sqlite3_column_blob(entries, 1);
        if (sqlite3_column_bytes(entries, 1) != HASH_BYTES
            || memcmp(leaf_hash, hash, HASH_BYTES) != 0) {
            fprintf(stderr, "baseline: row %lld differs\n", (long long)rows);
            differing++;
        }
        rows++;
    }
    check(db, code, SQLITE_DONE);

    sqlite3_finalize(entries);
    check(db, sqlite3_close(db), SQLITE_OK);
    report(rows, started);
    return differing == 0 ? FINE : DIFFERS;
}

/* MARK: read */

/* Every column of every row, as whoever looks for something in a table must at least do once. */
static int read_table(const char *path, const char *table)
{
    double started = seconds_now();
    sqlite3 *db = opened(path, SQLITE_OPEN_READONLY);
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
    sqlite3_stmt *all = prepared(db, sql);
    sqlite3_free(sql);

    int64_t rows = 0;
    volatile int64_t sum = 0;
    int columns = sqlite3_column_count(all), code;
    while ((code = sqlite3_step(all)) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++) {
            if (sqlite3_column_type(all, column) == SQLITE_INTEGER)
                sum += sqlite3_column_int64(all, column);
            else if (sqlite3_column_text(all, column) != NULL)
                sum += sqlite3_column_bytes(all, column);
        }
        rows++;
    }
    check(db, code, SQLITE_DONE);

    sqlite3_finalize(all);
    check(db, sqlite3_close(db), SQLITE_OK);
    report(rows, started);
    return FINE;
}

int main(int count, char **arguments)
{
    if (count == 6 && strcmp(arguments[1], "append") == 0 && strcmp(arguments[4], "--batch") == 0) {
        char *end;
        long batch = strtol(arguments[5], &end, 10);
        if (batch > 0 && *end == '\0')
            return append(arguments[2], arguments[3], batch);
    }
    if (count == 3 && strcmp(arguments[1], "verify") == 0)
        return verify(arguments[2]);
    if (count == 4 && strcmp(arguments[1], "read") == 0)
        return read_table(arguments[2], arguments[3]);
    fputs("usage: baseline append ROWS DB --batch N | baseline verify LEDGER | "
          "baseline read LEDGER TABLE\n", stderr);
    return BAD_USAGE;
}
