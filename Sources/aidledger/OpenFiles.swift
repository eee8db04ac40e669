internal import Glibc

/// How many files the program may have open at once.
///
/// Where the limit is met in the midst of the work, the system's libraries end the program
/// without a word, so it is looked at before.
enum OpenFiles {
    /// More than any command needs: databases, logs and shared memory, on each of four threads.
    private static let needed: rlim_t = 64

    /// - Throws: `TooFew` where the system does not allow as many as are needed.
    static func ensure() throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
            limit.rlim_cur < needed
        else { return }
        limit.rlim_cur = min(needed, limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur >= needed else { throw TooFew(allowed: limit.rlim_cur) }
    }

    struct TooFew: Error, CustomStringConvertible {
        let allowed: rlim_t

        var description: String {
            "only \(allowed) files may be open at once, and \(OpenFiles.needed) are needed: "
                + "raise the limit (ulimit -n)"
        }
    }
}
