package import AidRecords
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// The one who writes to a ledger.
///
/// A batch is one transaction of the vault and one of the ledger. What survives a crash:
/// before the vault's commit, nothing of the batch; between the two commits, rows of the vault
/// that no entry names, which the next import uses; after the ledger's, all of it.
package final class LedgerWriter {
    package let paths: LedgerPaths
    package let catalogue: KindCatalogue
    package let origin: String
    private let surroundings: Surroundings
    private let queue: DatabaseQueue
    private let vault: VaultStore
    private let lock: WriterLock

    /// How long to wait for another writer.
    package var patienceMillis: Int {
        get { lock.patienceMillis }
        set { lock.patienceMillis = newValue }
    }
    private let sealer: Sealer
    private var session: Session?

    /// The longest that a write-ahead log becomes before it is copied into the database.
    package static let logBytesMax: Int64 = 64 << 20

    /// What became of a record.
    package enum Outcome: Sendable {
        case recorded(seq: Int64)
        /// It was recorded before, with the same content.
        case duplicate(seq: Int64)
        case refused(RecordIssue)
    }

    /// What is prepared on the connection.
    private struct Session {
        let chain: ChainAppender
        let readModel: ReadModelWriter
        let queue: AppendQueue
        let transactions: (ledger: TransactionStatements, vault: TransactionStatements)
        let registeredVersion: RawStatement
    }

    // MARK: Opening

    /// - Throws: `StoreError`.
    package init(
        _ paths: LedgerPaths, catalogue: KindCatalogue, keys: KeyRing, surroundings: Surroundings
    ) throws {
        self.paths = paths
        self.catalogue = catalogue
        self.surroundings = surroundings
        try Connection.reader(paths.ledger, .ledger).close()
        vault = try VaultStore.open(paths, keys, surroundings)
        guard let cipher = vault.cipher else { throw StoreError.noVault(paths.vault) }
        let queue = try Connection.writer(paths.ledger, .ledger)
        self.queue = queue
        let identity = try queue.read(at: paths.ledger) { database in
            try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
            return try LedgerIdentity.read(database, paths.ledger)
        }
        origin = identity.origin
        sealer = Sealer(vault, cipher, origin: origin, catalogue)
        lock = try WriterLock(paths)
        head = try StoreError.translated(paths.ledger) {
            try queue.read { try Sequencer.restored(from: $0).frontier.head }
        }
    }

    /// As of the last commit.
    package private(set) var head: TreeHead

    private func session(_ database: Database, _ vaultDatabase: Database) throws -> Session {
        if let session { return session }
        let chain = try ChainAppender(database)
        let readModel = try ReadModelWriter(database, catalogue)
        let made = Session(
            chain: chain, readModel: readModel,
            queue: AppendQueue(chain, readModel, surroundings),
            transactions: (
                try TransactionStatements(database), try TransactionStatements(vaultDatabase)
            ),
            registeredVersion: try RawStatement(
                database,
                """
                SELECT version FROM person_registered
                WHERE ledger = 1 AND person = ? AND seq < ? ORDER BY seq DESC LIMIT 1
                """))
        session = made
        return made
    }

    // MARK: Appending

    /// Appends records as one durable batch.
    /// - Returns: what became of each, in the same order.
    package func append(_ records: consuming [PreparedRecord]) throws -> [Outcome] {
        var records = records
        return try transaction { ledger, vault, session in
            try records.indices.map { try append(&records[$0], ledger, vault, session) }
        }
    }

    /// What would become of each record, were it appended; nothing is changed.
    package func examine(_ records: [PreparedRecord]) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        do {
            _ = try transaction { ledger, vault, session -> Bool in
                outcomes = try records.map { record in
                    var record = record
                    return try append(&record, ledger, vault, session)
                }
                throw Rehearsed()
            }
        } catch is Rehearsed {}
        return outcomes
    }

    /// Takes a transaction back that was only tried.
    private struct Rehearsed: Error {}

    /// Appends an entry of the program's own.
    /// - Parameter unless: SQL that says by a row that there is no need to.
    package func appendProgramEntry(
        _ kindName: String, area: String, operator: String, _ body: [String: CanonicalValue],
        unless isRecorded: (sql: String, argument: String)? = nil
    ) throws -> Int64? {
        guard let kind = catalogue.kind(kindName) else { throw VaultFault.undeclared(kindName) }
        return try transaction { ledger, _, session in
            if let isRecorded {
                let found = try Row.fetchOne(
                    ledger, sql: isRecorded.sql, arguments: [isRecorded.argument])
                if found != nil { return nil }
            }
            let entry = ProgramEntry(
                kind: kind, area: area, occurredOn: surroundings.today, operator: `operator`,
                body: .object(body))
            return add(entry, session)
        }
    }

    /// Appends an entry of the program's own that names persons or has texts to be sealed.
    /// - Parameter body: as a sender would write it: texts unsealed.
    /// - Returns: its `seq`.
    package func appendProgramRecord(
        _ kindName: String, area: String, operator: String, _ body: [String: CanonicalValue]
    ) throws -> Int64 {
        try transaction { ledger, vault, session in
            let seq = session.queue.nextSeq
            var record = try prepared(
                [
                    "kind": .string(kindName), "source": .string(PreparedRecord.programSource),
                    "id": .string(String(seq)), "area": .string(area),
                    "occurredOn": .string(surroundings.today.description),
                    "operator": .string(`operator`), "body": .object(body),
                ])
            switch try append(&record, ledger, vault, session) {
            case .recorded(let recorded) where recorded == seq: return seq
            case .refused(let issue): throw UnfitRecord(issues: [issue])
            case .recorded, .duplicate: preconditionFailure("the next number was free")
            }
        }
    }

    /// Why the program cannot record what it was told to.
    package struct UnfitRecord: Error, CustomStringConvertible {
        let issues: [RecordIssue]

        package var description: String {
            issues.map { "\($0.path.split(separator: "/").last ?? "it"): \($0.reason)" }
                .joined(separator: "; ")
        }
    }

    private func prepared(_ members: [String: CanonicalValue]) throws -> PreparedRecord {
        var reader = RecordReader(catalogue: catalogue, forProgram: true)
        let line = CanonicalValue.object(members).canonicalBytes
        switch line.withUnsafeBufferPointer({ reader.read($0, today: surroundings.today) }) {
        case .record(let record): return record
        case .refused(let issues): throw UnfitRecord(issues: issues)
        }
    }

    /// One transaction of both databases, under the lock: the vault commits first.
    private func transaction<Result>(
        _ body: (_ ledger: Database, _ vault: Database, Session) throws -> Result
    ) throws -> Result {
        try lock.hold {
            try StoreError.translated(paths.ledger) {
                try vault.queue.writeWithoutTransaction { vaultDatabase in
                    try queue.writeWithoutTransaction { ledgerDatabase in
                        let result = try commit(ledgerDatabase, vaultDatabase, body)
                        try copyLogs(ledgerDatabase, vaultDatabase, .passive)
                        return result
                    }
                }
            }
        }
    }

    private func commit<Result>(
        _ ledger: Database, _ vaultDatabase: Database,
        _ body: (_ ledger: Database, _ vault: Database, Session) throws -> Result
    ) throws -> Result {
        let session = try session(ledger, vaultDatabase)
        try session.transactions.vault.begin()
        do {
            try session.transactions.ledger.begin()
            if try session.chain.catchUp(paths.ledger) { forget(session) }
            let result = try body(ledger, vaultDatabase, session)
            try session.queue.flush()
            try session.chain.finish()
            try session.transactions.vault.commit()
            try session.transactions.ledger.commit()
            head = session.chain.sequencer.frontier.head
            return result
        } catch {
            if ledger.isInsideTransaction { try? ledger.rollback() }
            if vaultDatabase.isInsideTransaction { try? vaultDatabase.rollback() }
            forget(session)
            try? session.chain.restore()
            throw error
        }
    }

    /// What was kept in memory may not be what the databases hold.
    private func forget(_ session: Session) {
        sealer.forget()
        session.queue.clear()
        session.readModel.subjects.forget()
    }

    private func append(
        _ record: inout PreparedRecord, _ ledger: Database, _ vaultDatabase: Database,
        _ session: Session
    ) throws -> Outcome {
        let mustAsk = !record.pseudonyms.isEmpty
        if mustAsk || session.queue.mayHold(source: record.source, id: record.id) {
            try session.queue.flush()
        }
        if let outcome = try recognise(record, vaultDatabase, session) { return outcome }
        for pseudonym in record.pseudonyms
        where try session.readModel.subjects.number(pseudonym) == nil {
            return .refused(
                RecordIssue(path: "", reason: "the pseudonym \(pseudonym) is not on this ledger"))
        }
        guard record.bytes.count + LedgerWriter.lengthAdded <= Sequencer.longestEntry else {
            return .refused(
                RecordIssue(
                    path: "",
                    reason: "the entry would be longer than \(Sequencer.longestEntry) bytes"))
        }
        let registrations = try sealer.seal(&record, vaultDatabase) { pseudonym in
            try session.queue.flush()
            guard let person = try session.readModel.subjects.number(pseudonym) else { return nil }
            return try registeredVersion(person, before: session.queue.nextSeq, session)
        }
        for registration in registrations { add(registration, session) }
        return .recorded(seq: session.queue.add(record))
    }

    /// `at`, `prev` and `seq`.
    private static let lengthAdded = 20 + 64 + 16

    private func registeredVersion(
        _ person: Int64, before seq: Int64, _ session: Session
    ) throws -> Int? {
        defer { session.registeredVersion.reset() }
        session.registeredVersion.bind(1, person)
        session.registeredVersion.bind(2, seq)
        return try session.registeredVersion.step()
            ? Int(session.registeredVersion.integer(0)) : nil
    }

    @discardableResult
    private func add(_ entry: ProgramEntry, _ session: Session) -> Int64 {
        session.queue.add(PreparedRecord(entry, seq: session.queue.nextSeq))
    }

    // MARK: Records sent again

    /// What to answer where the ledger has a record of this source and id already, else nil.
    private func recognise(
        _ record: PreparedRecord, _ vaultDatabase: Database, _ session: Session
    ) throws -> Outcome? {
        let found = try session.chain.find(source: record.source, id: record.id)
        guard let (seq, entry) = found else { return nil }
        var candidate = record
        let isKnown = try sealer.fillWithKnown(&candidate, vaultDatabase)
        var particulars: [String] = []
        if isKnown, candidate.isRecorded(as: entry) {
            particulars = try otherParticulars(candidate, than: seq, vaultDatabase, session)
            if particulars.isEmpty { return .duplicate(seq: seq) }
        }
        let difference = RecordDifference.describe(
            recorded: entry, sent: candidate, particulars: particulars)
        return .refused(
            RecordIssue(
                path: "",
                reason:
                    "entry \(seq) has the same source and id and other content (\(difference)); "
                    + "to change a record, reverse it and send a new one that corrects it"))
    }

    /// The particulars that the record states and that were not in force when it was recorded.
    private func otherParticulars(
        _ record: PreparedRecord, than seq: Int64, _ vaultDatabase: Database, _ session: Session
    ) throws -> [String] {
        try record.gaps.flatMap { offset, gap -> [String] in
            guard case .person(let index) = gap else { return [] }
            let range = offset..<(offset + SubjectClass.pseudonymLength)
            let pseudonym = String(decoding: record.bytes[range], as: UTF8.self)
            guard let person = try session.readModel.subjects.number(pseudonym),
                let version = try registeredVersion(person, before: seq, session)
            else { return ["person"] }
            return try sealer.differences(
                record.persons[index], of: pseudonym, version: version, vaultDatabase)
        }
    }

    // MARK: The write-ahead logs

    private func copyLogs(
        _ ledger: Database, _ vaultDatabase: Database, _ mode: Database.CheckpointMode
    ) throws {
        for (database, path) in [(ledger, paths.ledger), (vaultDatabase, paths.vault)] {
            guard case .file(let size) = try FileSystem.look("\(path)-wal"),
                size > (mode == .truncate ? 0 : LedgerWriter.logBytesMax)
            else { continue }
            database.checkpointQuietly(mode)
        }
    }

    /// Copies the write-ahead logs into the databases, so that the files stand by themselves.
    package func close() throws {
        session = nil
        try lock.hold {
            try vault.queue.writeWithoutTransaction { vaultDatabase in
                try queue.writeWithoutTransaction { ledger in
                    try copyLogs(ledger, vaultDatabase, .truncate)
                }
            }
        }
        try queue.close()
        try vault.close()
    }
}
