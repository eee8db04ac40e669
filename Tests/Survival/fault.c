// Counts the calls that a program makes on files below one folder, and lets one of them go wrong.
// It is loaded before the C library (LD_PRELOAD) and reads from the environment:
//
//   SURVIVAL_FOLDER   only calls on files below it are counted
//   SURVIVAL_TRACE    a file that gets a line for each call: NUMBER NAME PATH
//   SURVIVAL_CALL     the number of the call that goes wrong, from 1; without it, none does
//   SURVIVAL_WAY      how:
//                       fail   it is not done, and says SURVIVAL_ERROR
//                       gone   likewise, and so does every later one
//                       late   it is done, and says SURVIVAL_ERROR all the same
//                       half   of a write, half is done, and that is what it says
//                       full   likewise, and every later write says that the disk is full
//                       die    the process is killed before it
//                       torn   the process is killed when half of the write is done
//   SURVIVAL_ERROR    the number of the error
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum way { PASS, FAIL, GONE, LATE, HALF, FULL, DIE, TORN };

static const char *const names[] = {"pass", "fail", "gone", "late",
                                    "half", "full", "die",  "torn"};

static const char *folder;
static int trace = -1;
static int wanted;
static enum way chosen;
static int error;
static atomic_int calls;

__attribute__((constructor)) static void prepare(void) {
    folder = getenv("SURVIVAL_FOLDER");
    const char *path = getenv("SURVIVAL_TRACE"), *call = getenv("SURVIVAL_CALL");
    const char *way = getenv("SURVIVAL_WAY"), *number = getenv("SURVIVAL_ERROR");
    // A high number, so that the program's own descriptors are what they always are.
    int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    int opened = path ? syscall(SYS_openat, AT_FDCWD, path, flags, 0600) : -1;
    if (opened >= 0) {
        trace = syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, 500);
        syscall(SYS_close, opened);
    }
    wanted = call ? atoi(call) : 0;
    error = number ? atoi(number) : EIO;
    for (int index = PASS; way && index <= TORN; index++)
        if (strcmp(way, names[index]) == 0) chosen = index;
}

static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    pause();
}

/// Counts a call, and says what becomes of it. `takes_room`: whether a full disk would refuse it.
static enum way turn(const char *name, bool takes_room, const char *path) {
    if (!folder || !path || strncmp(path, folder, strlen(folder)) != 0) return PASS;
    int number = atomic_fetch_add(&calls, 1) + 1;
    if (trace >= 0) {
        char line[4400];
        int length = snprintf(line, sizeof line, "%d %s %s\n", number, name, path);
        syscall(SYS_write, trace, line, length);
    }
    if (wanted == 0 || number < wanted) return PASS;
    if (number > wanted) {
        if (chosen == GONE) return FAIL;
        if (chosen != FULL || !takes_room) return PASS;
        error = ENOSPC;
        return FAIL;
    }
    if (chosen == DIE) die();
    return chosen == GONE ? FAIL : chosen;
}

/// What a call says that has been made.
static int is_failure(enum way way) {
    if (way == TORN) die();
    if (way != LATE) return 0;
    errno = error;
    return 1;
}

/// The path behind a descriptor.
static const char *path_of(int descriptor, char buffer[4096]) {
    char link[64];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, buffer, 4095);
    errno = saved;
    if (length < 0) return NULL;
    buffer[length] = 0;
    return buffer;
}

#define FIND(name) if (!next) next = dlsym(RTLD_NEXT, name)

#define CALL(result, failure, takes_room, name, path, parameters, arguments)  \
    result name parameters {                                                   \
        static result(*next) parameters;                                       \
        FIND(#name);                                                           \
        enum way way = turn(#name, takes_room, path);                          \
        if (way == FAIL) return errno = error, failure;                        \
        result value = next arguments;                                         \
        return is_failure(way) ? failure : value;                              \
    }

#define ON_PATH(name, parameters, arguments) \
    CALL(int, -1, false, name, path, parameters, arguments)
#define ON_FILE(result, name, parameters, arguments) \
    CALL(result, (result)-1, false, name, path_of(file, (char[4096]){0}), parameters, arguments)
#define RESIZE(name, parameters, arguments) \
    CALL(int, -1, true, name, path_of(file, (char[4096]){0}), parameters, arguments)

#define WRITE(name, parameters, arguments)                                     \
    ssize_t name parameters {                                                  \
        static ssize_t(*next) parameters;                                      \
        FIND(#name);                                                           \
        enum way way = turn(#name, true, path_of(file, (char[4096]){0}));      \
        if (way == FAIL) return errno = error, -1;                             \
        if (way == HALF || way == FULL || way == TORN) size = (size + 1) / 2;  \
        ssize_t value = next arguments;                                        \
        return is_failure(way) ? -1 : value;                                   \
    }

#define OPEN(name, parameters, arguments)                                      \
    int name parameters {                                                      \
        static int (*next)(const char *, int, ...);                            \
        FIND(#name);                                                           \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;              \
        va_end(rest);                                                          \
        enum way way = turn(flags & O_CREAT ? "create" : "open", false, path); \
        if (way == FAIL) return errno = error, -1;                             \
        int value = next arguments;                                            \
        if (!is_failure(way)) return value;                                    \
        syscall(SYS_close, value);                                             \
        return errno = error, -1;                                              \
    }

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))

WRITE(write, (int file, const void *bytes, size_t size), (file, bytes, size))
WRITE(pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))
WRITE(pwrite64, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))

ON_FILE(ssize_t, read, (int file, void *bytes, size_t size), (file, bytes, size))
ON_FILE(ssize_t, pread, (int file, void *bytes, size_t size, off_t at),
        (file, bytes, size, at))
ON_FILE(ssize_t, pread64, (int file, void *bytes, size_t size, off_t at),
        (file, bytes, size, at))
ON_FILE(int, fstat, (int file, void *status), (file, status))
ON_FILE(int, fstat64, (int file, void *status), (file, status))
ON_FILE(off_t, lseek, (int file, off_t at, int whence), (file, at, whence))
ON_FILE(int, close, (int file), (file))
ON_FILE(int, flock, (int file, int operation), (file, operation))
ON_FILE(void *, mmap,
        (void *at, size_t size, int rights, int flags, int file, off_t from),
        (at, size, rights, flags, file, from))
ON_FILE(void *, mmap64,
        (void *at, size_t size, int rights, int flags, int file, off_t from),
        (at, size, rights, flags, file, from))
RESIZE(ftruncate, (int file, off_t size), (file, size))
RESIZE(ftruncate64, (int file, off_t size), (file, size))
ON_FILE(int, fsync, (int file), (file))
ON_FILE(int, fdatasync, (int file), (file))
ON_FILE(int, fchmod, (int file, mode_t mode), (file, mode))
ON_FILE(int, fchown, (int file, uid_t owner, gid_t group), (file, owner, group))

ON_PATH(stat, (const char *path, void *status), (path, status))
ON_PATH(stat64, (const char *path, void *status), (path, status))
ON_PATH(lstat, (const char *path, void *status), (path, status))
ON_PATH(lstat64, (const char *path, void *status), (path, status))
ON_PATH(statfs, (const char *path, void *status), (path, status))
ON_PATH(access, (const char *path, int rights), (path, rights))
ON_PATH(unlink, (const char *path), (path))
ON_PATH(rename, (const char *path, const char *to), (path, to))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(rmdir, (const char *path), (path))

CALL(void *, NULL, false, opendir, path, (const char *path), (path))
CALL(ssize_t, -1, false, readlink, path, (const char *path, char *buffer, size_t size),
     (path, buffer, size))

// Locks of SQLite: F_GETLK, F_SETLK.
int fcntl64(int file, int command, ...) {
    static int (*next)(int, int, ...);
    FIND("fcntl64");
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    enum way way = turn("fcntl", false, path_of(file, (char[4096]){0}));
    if (way == FAIL) return errno = error, -1;
    int value = next(file, command, argument);
    return is_failure(way) ? -1 : value;
}
