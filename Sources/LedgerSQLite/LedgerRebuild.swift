package import AidRecords
internal import GRDB

/// Makes the read model of a ledger anew: after an edit of the kinds, or where it was damaged.
/// It needs neither vault nor keys. Verdicts go with the read model: nothing is judged then.
package enum LedgerRebuild {
    /// In one transaction: readers see the old tables until the new ones are complete.
    /// - Returns: the number of entries.
    package static func run(
        _ paths: LedgerPaths, catalogue: KindCatalogue,
        progress: (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Int64 {
        let queue = try Connection.writer(paths.ledger, .ledger)
        let lock = try WriterLock(paths)
        return try JudgingLock.hold(paths) {
            try lock.hold {
                try StoreError.translated(paths.ledger) {
                    let entries = try queue.write { database in
                        try ReadModelRebuild.run(database, catalogue, progress)
                    }
                    queue.checkpointQuietly()
                    return entries
                }
            }
        }
    }
}
