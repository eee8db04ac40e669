#define _GNU_SOURCE
#include "CPlatform.h"
#include <errno.h>
#include <sqlite3.h>
#include <unistd.h>
#ifdef __linux__
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
