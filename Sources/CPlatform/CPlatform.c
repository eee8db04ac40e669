#define _GNU_SOURCE
#include "CPlatform.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/vfs.h>
#endif

int aidledger_no_checkpoint_on_close(void *connection) {
    return sqlite3_db_config((sqlite3 *)connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

void aidledger_no_memory_statistics(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

uint32_t aidledger_file_system_type(const char *path) {
#ifdef __linux__
    struct statfs status;
    return statfs(path, &status) == 0 ? (uint32_t)status.f_type : 0;
#else
    (void)path;
    return 0;
#endif
}

int aidledger_sync_file_system(int descriptor) {
#ifdef __linux__
    return syncfs(descriptor) == 0 ? 0 : errno;
#else
    (void)descriptor;
    sync();
    return 0;
#endif
}

int aidledger_lock_first_byte(int descriptor) {
    struct flock wanted = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    return fcntl(descriptor, F_OFD_SETLK, &wanted) == 0 ? 0 : errno;
}

static int limit(int resource, uint64_t most) {
    struct rlimit wanted;
    if (getrlimit(resource, &wanted) != 0) return errno;
    if (wanted.rlim_max > most) wanted.rlim_max = most;
    wanted.rlim_cur = wanted.rlim_max;
    return setrlimit(resource, &wanted) == 0 ? 0 : errno;
}

int aidledger_confine(const struct aidledger_limits *limits) {
    const struct {
        int resource;
        uint64_t most;
    } all[] = {
        {RLIMIT_CPU, limits->processor_seconds},
        {RLIMIT_AS, limits->memory_bytes},
        {RLIMIT_NOFILE, limits->open_files},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NPROC, 0},
        {RLIMIT_CORE, 0},
    };
    // A crash ends it at once: no handler looks for its cause, which may take long, or fail.
    const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT, SIGSYS};
    for (size_t index = 0; index < sizeof crashes / sizeof *crashes; index++) {
        signal(crashes[index], SIG_DFL);
    }
    for (size_t index = 0; index < sizeof all / sizeof *all; index++) {
        int code = limit(all[index].resource, all[index].most);
        if (code != 0) return code;
    }
#ifdef __linux__
    if (close_range(STDERR_FILENO + 1, ~0U, 0) != 0) return errno;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
#endif
    return 0;
}

static const char *crash_message;
static int crash_status;

/// Only what a signal handler may call: signal-safety(7).
static void explain(int signal_number) {
    (void)signal_number;
    ssize_t written = write(STDERR_FILENO, crash_message, strlen(crash_message));
    (void)written;
    _exit(crash_status);
}

void aidledger_explain_lack_of_memory(const char *message, int status) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
    crash_message = message;
    crash_status = status;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = explain;
    sigemptyset(&action.sa_mask);
    const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT};
    for (size_t index = 0; index < sizeof crashes / sizeof *crashes; index++) {
        sigaction(crashes[index], &action, NULL);
    }
}
