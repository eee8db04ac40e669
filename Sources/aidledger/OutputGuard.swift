internal import Foundation
internal import LedgerCore

/// Keeps results from being written over what must never be lost: a ledger, a vault, a key.
enum OutputGuard {
    /// - Throws: `UsageError` where `path` is such a file, by whatever name it is reached.
    ///   It must be asked before any database is open: closing a second descriptor of one drops
    ///   the locks that SQLite holds on it.
    static func check(_ path: String) throws {
        guard path != "-" else { return }
        if let database = database(beside: path) {
            throw UsageError("\(path) belongs to the database \(database); it is not overwritten")
        }
        guard let start = beginning(of: path) else { return }
        if isDatabase(start) {
            throw UsageError("\(path) is a database; it is not overwritten")
        }
        if path.hasSuffix(".vkey") {
            throw UsageError("\(path) is a verifier key; it is not overwritten")
        }
        for prefix in ["PRIVATE+KEY+", "AIDLEDGER+"] where start.starts(with: Array(prefix.utf8)) {
            throw UsageError("\(path) is a key; it is not overwritten")
        }
    }

    /// The database whose log, shared memory or lock this is: what was acknowledged may be in it
    /// alone.
    private static func database(beside path: String) -> String? {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return ["-wal", "-shm", "-journal", ".lock"]
            .filter { resolved.hasSuffix($0) }
            .map { String(resolved.dropLast($0.count)) }
            .first { beginning(of: $0).map(isDatabase) == true }
    }

    private static func isDatabase(_ start: [UInt8]) -> Bool {
        start.starts(with: "SQLite format 3\0".utf8)
    }

    /// Nothing is drawn, and nothing revealed, for a file that cannot be written.
    /// - Throws: `FileError`.
    static func requireFolder(of path: String) throws {
        guard path != "-" else { return }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw FileError(path: path, reason: "there is no such folder, or no right to write")
        }
    }

    /// Whether two paths lead to one file.
    static func isSame(_ one: String, _ other: String) -> Bool {
        let first = URL(fileURLWithPath: one).resolvingSymlinksInPath().path
        return first == URL(fileURLWithPath: other).resolvingSymlinksInPath().path
    }

    /// The first bytes of a regular file; nil where there is none.
    static func beginning(of path: String) -> [UInt8]? {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: resolved)[.type]
        guard type as? FileAttributeType == .typeRegular,
            let handle = FileHandle(forReadingAtPath: resolved)
        else { return nil }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 16)).map(Array.init)
    }
}
