internal import Foundation
internal import Glibc
internal import Synchronization

/// Clears up where a signal ends the program: Ctrl-C, a request to end, a terminal or a reader that
/// has gone away.
///
/// A handler of signals may do next to nothing: this one wakes a thread, which ends the programs
/// that were started, removes the folders of a moment, and lets the signal take its course.
enum Interruption {
    private struct Leftovers {
        var folders: Set<String> = []
        var processes: Set<pid_t> = []
    }

    private static let leftovers = Mutex(Leftovers())

    static func add(folder: String) {
        _ = watch
        leftovers.withLock { _ = $0.folders.insert(folder) }
    }

    static func remove(folder: String) {
        leftovers.withLock { _ = $0.folders.remove(folder) }
    }

    static func add(process: pid_t) {
        _ = watch
        leftovers.withLock { _ = $0.processes.insert(process) }
    }

    static func remove(process: pid_t) {
        leftovers.withLock { _ = $0.processes.remove(process) }
    }

    /// A pipe by which the handler wakes the thread: what goes through is the signal's number.
    ///
    /// Unsafe, and safe: set once, before the thread and the handlers that read it are there; a
    /// handler could wait for no lock.
    nonisolated(unsafe) private static var ends: (read: Int32, write: Int32) = (-1, -1)

    /// Begun with what is first added. Where no pipe or thread can be had, signals end the program
    /// as they always do.
    private static let watch: Void = {
        var pair: [Int32] = [-1, -1]
        guard pipe(&pair) == 0 else { return }
        for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        ends = (pair[0], pair[1])
        guard (try? BackgroundThread(waitForSignal)) != nil else { return }
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { handle(signal) }
    }()

    /// What is ignored (`nohup`) stays ignored. Programs that this one starts are given back what is
    /// usual.
    private static func handle(_ signal: Int32) {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0,
            action.__sigaction_handler.sa_handler == nil
        else { return }
        action.__sigaction_handler.sa_handler = { signal in
            let before = errno
            defer { errno = before }
            var number = UInt8(truncatingIfNeeded: signal)
            _ = Glibc.write(Interruption.ends.write, &number, 1)
            // Whoever writes to a pipe without a reader would go on, and complain of it.
            while signal == SIGPIPE { pause() }
        }
        sigaction(signal, &action, nil)
    }

    /// Waits for a signal, and ends the program by it.
    private static func waitForSignal() {
        var number: UInt8 = 0
        while Glibc.read(ends.read, &number, 1) != 1 {
            guard errno == EINTR else { return }
        }
        // Held until the end: what is added now would not be cleared.
        leftovers.withLock { leftovers in
            for process in leftovers.processes { kill(process, SIGTERM) }
            for folder in leftovers.folders { clear(folder) }
            Glibc.signal(Int32(number), SIG_DFL)
            kill(getpid(), Int32(number))
            while true { pause() }
        }
    }

    /// Whoever writes there may go on for a moment.
    private static func clear(_ folder: String) {
        for _ in 0..<10 where FileManager.default.fileExists(atPath: folder) {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
