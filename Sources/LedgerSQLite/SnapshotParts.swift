internal import GRDB
internal import LedgerCore
internal import Synchronization
internal import TransparencyLog

extension LedgerSnapshot {
    /// Divides reading among threads, one for each core, four at most, each with a connection of its
    /// own.
    ///
    /// They may see a later state of a ledger that is being appended to: nobody is to look beyond the
    /// entries of this one; below nothing changes.
    /// - Parameters:
    ///   - items: into how many pieces the work is divided.
    ///   - read: is given the numbers of the pieces, from 0, until there are no more.
    /// - Returns: what the threads have read, in any order.
    func inParts<Part: Sendable>(
        _ items: Int,
        _ read: @escaping @Sendable (Database, _ next: () -> Int?) throws -> Part
    ) throws -> [Part] {
        guard let file else {
            var numbers = (0..<items).makeIterator()
            return [try read(database) { numbers.next() }]
        }
        let results = Mutex<[Part]>([])
        let generation = try database.generation()
        // Safe: used only where `isCaller` is true, which is on this thread.
        nonisolated(unsafe) let database = database
        try Workers.share(items) { isCaller, next in
            func work(_ database: Database) throws {
                let part = try read(database, next)
                results.withLock { $0.append(part) }
            }
            guard !isCaller else { return try work(database) }
            try Connection.reader(file.ledger, .ledger).read { other in
                guard try other.generation() == generation else {
                    throw StoreError.rebuilt(file.ledger)
                }
                try work(other)
            }
        }
        return results.withLock { $0 }
    }

    /// Likewise, with ranges of `seq` that come to all entries.
    func inRanges<Part: Sendable>(
        _ read: @escaping @Sendable (Database, _ next: () -> Range<Int64>?) throws -> Part
    ) throws -> [Part] {
        let size = Int64(head.size.value)
        // More than there are threads, since some entries take longer than others.
        let count = 16
        return try inParts(count) { database, next in
            try read(database) {
                next().map { number in
                    let bounds = [number, number + 1].map { size * Int64($0) / Int64(count) }
                    return bounds[0]..<bounds[1]
                }
            }
        }
    }
}

extension Database {
    /// Changes when tables are dropped and made anew.
    func generation() throws -> Int? { try Int.fetchOne(self, sql: "PRAGMA schema_version") }
}
