package import AidRecords
internal import GRDB
package import LedgerCore
internal import TransparencyLog

/// Writes entries of the program's own that hold nothing of any person: keys, and what others have
/// said of checkpoints. It needs neither the vault nor its keys.
package final class LedgerRegistrar {
    package let paths: LedgerPaths
    let catalogue: KindCatalogue
    let surroundings: Surroundings
    private let queue: DatabaseQueue
    private let lock: WriterLock

    /// - Throws: `StoreError`.
    package init(
        _ paths: LedgerPaths, catalogue: KindCatalogue, surroundings: Surroundings
    ) throws {
        self.paths = paths
        self.catalogue = catalogue
        self.surroundings = surroundings
        let queue = try Connection.writer(paths.ledger, .ledger)
        self.queue = queue
        try queue.read(at: paths.ledger) {
            try LedgerSchema.requireReadModel($0, paths.ledger, catalogue)
        }
        lock = try WriterLock(paths)
    }

    /// What an entry is made in view of: the ledger as it is, until the entry stands.
    struct View {
        let database: Database
        let identity: LedgerIdentity
        let head: TreeHead
    }

    /// Appends one entry, unless `body` finds that there is no need to.
    /// - Returns: its `seq`, or nil.
    func append(
        _ kindName: String, operator: String,
        _ body: (View) throws -> [String: CanonicalValue]?
    ) throws -> Int64? {
        guard let kind = catalogue.kind(kindName) else { throw VaultFault.undeclared(kindName) }
        return try lock.hold {
            try StoreError.translated(paths.ledger) {
                let seq = try queue.write { database in
                    try append(kind, `operator`, database, body)
                }
                queue.checkpointQuietly()
                return seq
            }
        }
    }

    /// Appends one entry.
    /// - Returns: its `seq`.
    func record(
        _ kindName: String, operator: String, _ body: (View) throws -> [String: CanonicalValue]
    ) throws -> Int64 {
        guard let seq = try append(kindName, operator: `operator`, body) else {
            preconditionFailure("there was something to record")
        }
        return seq
    }

    private func append(
        _ kind: Kind, _ operator: String, _ database: Database,
        _ body: (View) throws -> [String: CanonicalValue]?
    ) throws -> Int64? {
        let chain = try ChainAppender(database)
        _ = try chain.catchUp(paths.ledger)
        let identity = try LedgerIdentity.read(database, paths.ledger)
        try identity.requireSignedHistory(database, paths.ledger)
        let view = View(
            database: database, identity: identity, head: chain.sequencer.frontier.head)
        guard let body = try body(view) else { return nil }
        let queue = AppendQueue(chain, try ReadModelWriter(database, catalogue), surroundings)
        let entry = ProgramEntry(
            kind: kind, area: identity.area, occurredOn: surroundings.today,
            operator: `operator`, body: .object(body))
        let seq = queue.add(PreparedRecord(entry, seq: view.head.size.value))
        try queue.flush()
        try chain.finish()
        return seq
    }
}
