#ifndef AIDLEDGER_CPLATFORM_H
#define AIDLEDGER_CPLATFORM_H

#include <stdint.h>

/// Calls of C libraries that Swift cannot make itself.

/// Keeps SQLite from checkpointing when this connection closes (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE):
/// only the writer checkpoints, under its lock.
/// \param connection an open `sqlite3 *`
/// \return an SQLite result code
int aidledger_no_checkpoint_on_close(void *connection);

/// Keeps SQLite from counting the memory it uses, which takes a lock for each allocation. It must
/// be called before SQLite is used.
void aidledger_no_memory_statistics(void);

/// The kind of file system that holds a file: `f_type` of statfs(2), or 0 where it cannot be told.
uint32_t aidledger_file_system_type(const char *path);

/// Returns when all that was written to a file system is on its disk: syncfs(2).
/// \param descriptor anything open on it
/// \return 0, or the error number (errno)
int aidledger_sync_file_system(int descriptor);

/// Locks the first byte of a file for its open descriptor (`F_OFD_SETLK`), without waiting. The lock
/// goes with the descriptor, and has nothing to do with `flock`.
/// \return 0, or the error number (errno)
int aidledger_lock_first_byte(int descriptor);

/// What a process may take that does what a stranger's file says.
struct aidledger_limits {
    uint64_t processor_seconds;
    uint64_t memory_bytes;
    uint64_t open_files;
};

/// Gives up, for good, what such a process does not need: it has nothing open but its standard
/// streams, can write no file, start no process, leave no core and gain no rights, takes no more
/// than `limits`, and ends when its parent does (where the system can see to that).
/// \return 0, or the error number (errno)
int aidledger_confine(const struct aidledger_limits *limits);

/// Where the address space is limited (RLIMIT_AS), has a crash end with a message and an exit
/// status instead of a signal: where there is no memory, nothing in Swift can say so. Without such
/// a limit nothing is changed.
/// \param message for standard error; it must stay where it is
void aidledger_explain_lack_of_memory(const char *message, int status);

#endif
