package import AidRecords
internal import GRDB
internal import LedgerCore
package import TransparencyLog

/// One state of a ledger with verdicts that are its own, for detectors.
package final class DetectorState {
    package let identity: LedgerIdentity
    package let head: TreeHead
    let database: Database
    let data: ReferenceData
    let catalogue: KindCatalogue
    private let path: String
    /// Nobody writes to the file while it is read.
    private let isOwnFile: Bool

    private init(
        _ database: Database, _ path: String, isOwnFile: Bool, identity: LedgerIdentity,
        head: TreeHead, _ catalogue: KindCatalogue, policies: PolicyFolder?,
        calendar: WorkCalendar
    ) throws {
        self.database = database
        self.path = path
        self.isOwnFile = isOwnFile
        self.identity = identity
        self.head = head
        self.catalogue = catalogue
        data = try ReferenceData(database, catalogue, policies: policies, calendar: calendar)
    }

    /// The ledger has grown between the opening of two connections.
    private struct Moved: Error {}

    /// Runs `body` on a state of the ledger, with connections that all read it.
    ///
    /// An earlier state is made anew in a temporary file; so is the present one where its verdicts
    /// are stale and could not be written.
    /// - Parameters:
    ///   - size: how many entries; nil for all there are.
    ///   - connections: how many are wanted.
    /// - Throws: `StoreError`; `QueryFailure` where the ledger has not so many entries.
    package static func read<Result>(
        _ paths: LedgerPaths, catalogue: KindCatalogue, size: Int64?, policies: PolicyFolder,
        calendar: WorkCalendar, connections: Int,
        _ body: (DetectorState, [DetectorConnection]) throws -> Result
    ) throws -> Result {
        for _ in 1..<mostTries {
            do {
                return try readOnce(
                    paths, catalogue, size, policies, calendar, connections, body)
            } catch is Moved { continue }
        }
        throw StoreError.locked(paths.ledger)
    }

    /// A ledger that grows at each of so many tries is being imported into.
    private static let mostTries = 20

    private static func readOnce<Result>(
        _ paths: LedgerPaths, _ catalogue: KindCatalogue, _ size: Int64?,
        _ policies: PolicyFolder, _ calendar: WorkCalendar, _ connections: Int,
        _ body: (DetectorState, [DetectorConnection]) throws -> Result
    ) throws -> Result {
        let queue = try Connection.reader(paths.ledger, .ledger)
        return try queue.read(at: paths.ledger) { database in
            try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
            let present = try JudgingState.headSize(database)
            let wanted = size ?? present
            guard (1...max(present, 1)).contains(wanted) else {
                throw QueryFailure(
                    "there is no state of \(grouped(wanted)) entries: the ledger has "
                        + "\(grouped(present))")
            }
            let identity = try LedgerIdentity.read(database, paths.ledger)
            let head = try TreeFrontier(size: TreeSize(wanted)) {
                try NodeHash.stored($0, in: database)
            }.head
            func run(_ source: Database, _ path: String, isOwnFile: Bool) throws -> Result {
                let state = try DetectorState(
                    source, path, isOwnFile: isOwnFile, identity: identity, head: head, catalogue,
                    policies: policies, calendar: calendar)
                return try body(state, (0..<connections).map { _ in try state.connect() })
            }
            if wanted == present, try JudgingState.isPresent(database) {
                return try run(database, paths.ledger, isOwnFile: false)
            }
            return try EarlierState.withFile(database, head, catalogue, policies: policies) {
                path, made in
                try made.read { try run($0, path, isOwnFile: true) }
            }
        }
    }

    // MARK: Connections for detectors

    private func connect() throws -> DetectorConnection {
        let connection = try opened()
        guard try connection.integer("SELECT size FROM head WHERE ledger = 1") == head.size.value
        else { throw Moved() }
        if !isOwnFile {
            let judged = try connection.integer("SELECT size FROM judgement WHERE ledger = 1")
            guard judged == head.size.value else { throw Moved() }
        }
        for table in ReferenceTable.all {
            for statement in table.sql(integer: "INTEGER", isTemporary: true) {
                try connection.execute(statement)
            }
            try connection.insert(table.insertion, data.rows[table.name] ?? [])
        }
        try connection.closeGate()
        return connection
    }

    /// Where the folder cannot be written, SQLite cannot make the shared memory of its log; the
    /// ledger's other readers then read it as unchangeable, and so does this one.
    private func opened() throws -> DetectorConnection {
        do {
            let connection = try DetectorConnection(path, isUnchangeable: isOwnFile)
            _ = try connection.integer("SELECT size FROM head WHERE ledger = 1")
            return connection
        } catch let error as StoreError {
            guard !isOwnFile, try Connection.isLogEmpty(path) else { throw error }
            return try DetectorConnection(path, isUnchangeable: true)
        }
    }
}
