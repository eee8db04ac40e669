internal import AidRecords
internal import GRDB

/// Shows that the index of source and id holds what the entries' columns hold, no more and no
/// less, and no key twice.
///
/// `PRAGMA integrity_check` looks each entry up, at random places of the index. Here the index is
/// read once from end to end, and the sum of hashes over its rows is compared with the sum over
/// the entries, which are read anyway. The hashes are of 64 bits and begin at a random number of
/// the process, so that no file can be made to fit them.
struct KeyIndexCheck {
    /// The sum of the hashes of rows, in whatever order.
    struct Sum: Equatable, Sendable {
        private var value: UInt64 = 0

        mutating func add(
            _ seq: Int64, _ source: UnsafeBufferPointer<UInt8>, _ id: UnsafeBufferPointer<UInt8>
        ) {
            var hasher = Hasher()
            hasher.combine(seq)
            hasher.combine(source.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(source))
            hasher.combine(bytes: UnsafeRawBufferPointer(id))
            value &+= UInt64(bitPattern: Int64(hasher.finalize()))
        }

        static func + (first: Sum, second: Sum) -> Sum {
            var sum = first
            sum.value &+= second.value
            return sum
        }
    }

    /// Whether there is such an index; where there is none, that is told among the guards.
    static func isPossible(_ database: Database) throws -> Bool {
        try Row.fetchOne(
            database, sql: "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'entry_key'"
        ) != nil
    }

    /// The sum over the rows of the index.
    /// - Parameter end: the `seq` after the last entry that is looked at.
    /// - Returns: nil where the rows are not in ascending order.
    static func sum(_ database: Database, end: Int64) throws -> Sum? {
        let rows = try RawStatement(
            database,
            "SELECT seq, source, id FROM entry INDEXED BY entry_key WHERE ledger = 1 AND seq < ?")
        rows.bind(1, end)
        var sum = Sum()
        var before: (source: [UInt8], id: [UInt8])?
        while try rows.step() {
            let (source, id) = (rows.blob(1), rows.blob(2))
            if let before, !isAscending(before, (source, id)) { return nil }
            if before?.source.elementsEqual(source) != true {
                before = (Array(source), Array(id))
            } else {
                before?.id.replaceSubrange(0..., with: id)
            }
            sum.add(rows.integer(0), source, id)
        }
        return sum
    }

    private static func isAscending(
        _ first: (source: [UInt8], id: [UInt8]),
        _ second: (source: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>)
    ) -> Bool {
        let order = first.source.withUnsafeBufferPointer { $0.order(against: second.source) }
        return order < 0
            || order == 0 && first.id.withUnsafeBufferPointer { $0.order(against: second.id) } < 0
    }

    /// Tells in SQLite's words what does not fit, once it is known that something does not.
    static func report(_ database: Database, _ note: (_ message: String) -> Void) throws {
        let messages = try String.fetchAll(database, sql: "PRAGMA integrity_check(entry)")
            .filter { $0 != "ok" }
        for message in messages.prefix(20) { note(message) }
        if messages.isEmpty { note("the index of source and id is not that of the entries") }
    }
}
