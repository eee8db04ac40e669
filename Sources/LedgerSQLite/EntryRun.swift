internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import Synchronization
internal import TransparencyLog

/// Checks all entries of a ledger, segment by segment, on a thread for each core, four at most.
///
/// Each thread has connections of its own. They may see later states of a ledger that is being
/// appended to; none looks beyond what the first connection has seen, and below that nothing
/// changes in a sound ledger.
struct EntryRun {
    let verifier: LedgerVerifier
    let findings: Findings
    let identity: LedgerIdentity?
    /// The tables of the read model that are to be compared.
    let tables: Set<String>
    let headSize: Int64
    let headRoot: [UInt8]
    /// Sizes of the ledger at which its tree is wanted.
    let treesAt: Set<Int64>

    /// What the threads have found.
    private final class Results: Sendable {
        struct State {
            var outcomes: [Segment.Outcome?]
            var entries: Int64 = 0
            var subjectsMet: Int64 = 0
            var keys = KeyIndexCheck.Sum()
            /// Of the index; nil where it is not in order.
            var indexKeys: KeyIndexCheck.Sum?
            var vaultCounts = VaultAudit.Counts()
        }

        let state: Mutex<State>

        init(count: Int) { state = Mutex(State(outcomes: Array(repeating: nil, count: count))) }

        func keep(_ outcome: Segment.Outcome, at index: Int) -> Int64 {
            state.withLock { state in
                state.outcomes[index] = outcome
                state.entries += outcome.entries
                return state.entries
            }
        }

        func add(_ check: EntryCheck) {
            state.withLock { state in
                state.subjectsMet += check.subjectsMet
                state.keys = state.keys + check.keys
                state.vaultCounts = state.vaultCounts + (check.vault?.counts ?? .init())
            }
        }
    }

    func check(
        _ database: Database, _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws -> SegmentAssembly {
        let end = try end(of: database)
        let segments = Segment.all(of: max(end, headSize))
        let results = Results(count: segments.count)
        let generation = try database.generation()
        try withVault(database, isCaller: true) { vault in
            // Safe: used only where `isCaller` is true, which is on this thread.
            nonisolated(unsafe) let (database, vault, progress) = (database, vault, progress)
            try Workers.share(segments.count + wholes) { isCaller, next in
                func work(_ database: Database, _ vault: VaultAudit?) throws {
                    try self.work(database, vault, segments, end, results, next) {
                        if isCaller { progress($0, headSize) }
                    }
                }
                guard !isCaller else { return try work(database, vault) }
                try Connection.reader(verifier.paths.ledger, .ledger).read { database in
                    guard try database.generation() == generation else {
                        throw StoreError.rebuilt(verifier.paths.ledger)
                    }
                    try withVault(database, isCaller: false) { try work(database, $0) }
                }
            }
            progress(headSize, headSize)
            try finish(database, vault, results, end)
        }
        return assemble(results, end)
    }

    /// The `seq` after the greatest one.
    private func end(of database: Database) throws -> Int64 {
        let least = try Int64.fetchOne(database, sql: "SELECT min(seq) FROM entry") ?? 0
        if least < 0 { findings.note(.entries, seq: least, "stands before the first") }
        return try Int64.fetchOne(database, sql: "SELECT max(seq) + 1 FROM entry") ?? 0
    }

    /// What is begun before the segments, since it takes about as long as many of them: the pages
    /// of the file, those of the vault, and the index of source and id.
    private var wholes: Int { verifier.isChainOnly ? 0 : 3 }

    /// Checks segments as long as there are any.
    private func work(
        _ database: Database, _ vault: VaultAudit?, _ segments: [Range<Int64>], _ end: Int64,
        _ results: Results, _ next: () -> Int?, _ progress: (Int64) -> Void
    ) throws {
        let readModel =
            tables.contains("subject")
            ? try ReadModelAudit(database, verifier.catalogue, tables, report: findings.note) : nil
        let check = try EntryCheck(
            database, verifier.catalogue, isEnvelopeOnly: verifier.isChainOnly,
            readModel: readModel, vault: vault,
            report: findings.note)
        while let number = next() {
            guard number >= wholes else {
                try checkWhole(number, database, vault, end, results)
                continue
            }
            let index = number - wholes
            let outcome = try check.run(
                segments[index], treesAt: treesAt, isLast: index == segments.count - 1)
            progress(results.keep(outcome, at: index))
        }
        results.add(check)
    }

    private func checkWhole(
        _ number: Int, _ database: Database, _ vault: VaultAudit?, _ end: Int64,
        _ results: Results
    ) throws {
        switch number {
        case 0:
            try SchemaCheck.pages(database) { noteDamage($0) }
        case 1:
            guard let vault else { return }
            try SchemaCheck.pages(vault.database) {
                findings.note(.vault, "the vault's file is damaged: \($0)")
            }
        default:
            guard try KeyIndexCheck.isPossible(database) else { return }
            let sum = try KeyIndexCheck.sum(database, end: end)
            results.state.withLock { $0.indexKeys = sum }
        }
    }

    private func noteDamage(_ message: String) {
        findings.note(.format, "the database file is damaged: \(message)")
    }

    private func finish(
        _ database: Database, _ vault: VaultAudit?, _ results: Results, _ end: Int64
    ) throws {
        let (subjectsMet, counts) = results.state.withLock { ($0.subjectsMet, $0.vaultCounts) }
        if tables.contains("subject") {
            try ReadModelRemainder.check(
                database, verifier.catalogue, tables, end: end, subjectsMet: subjectsMet,
                report: findings.note)
        }
        let (keys, indexKeys) = results.state.withLock { ($0.keys, $0.indexKeys) }
        if !verifier.isChainOnly, keys != indexKeys, try KeyIndexCheck.isPossible(database) {
            try KeyIndexCheck.report(database) { noteDamage($0) }
        }
        guard let vault else { return }
        let notices = try VaultRemainder(vault, report: findings.note).check(counts)
        findings.update {
            $0.notices += notices
            $0.vaultRows = counts.rowsNamed
        }
    }

    private func assemble(_ results: Results, _ end: Int64) -> SegmentAssembly {
        var assembly = SegmentAssembly(rootsAt: treesAt)
        for outcome in results.state.withLock(\.outcomes) {
            if let outcome { assembly.append(outcome, report: findings.note) }
        }
        assembly.finish(
            end: end, headSize: headSize, headRoot: headRoot, report: findings.note)
        return assembly
    }

    // MARK: The vault

    /// - Parameter isCaller: the caller's thread says what is wrong with the vault as a whole.
    private func withVault(
        _ ledger: Database, isCaller: Bool, _ body: (VaultAudit?) throws -> Void
    ) throws {
        guard !verifier.isChainOnly, let identity,
            let store = try openVault(of: identity, isCaller: isCaller)
        else { return try body(nil) }
        try store.queue.read { database in
            if isCaller {
                try SchemaCheck(catalogue: verifier.catalogue, findings: findings).vault(database)
            }
            try body(
                VaultAudit(
                    store, database, ledger: ledger, origin: identity.origin,
                    report: findings.note))
        }
    }

    private func openVault(of identity: LedgerIdentity, isCaller: Bool) throws -> VaultStore? {
        let paths = verifier.paths
        guard try FileSystem.exists(paths.vault) else {
            findings.update { $0.notChecked[.vault] = "it is not here" }
            return nil
        }
        guard FileSystem.mayRead(paths.vault) else {
            findings.update { $0.notChecked[.vault] = "there is no right to read it" }
            return nil
        }
        do {
            let store = try VaultStore.openForReading(paths, verifier.keys, verifier.surroundings)
            if isCaller, store.cipher == nil { tellOfLackingKeys(of: identity.keys) }
            return store
        } catch {
            if isCaller { findings.note(.vault, "the vault cannot be read: \(error)") }
            return nil
        }
    }

    /// Keys that lie with another ledger's signing key say nothing of this one; others ought to
    /// open its vault.
    private func tellOfLackingKeys(of succession: KeySuccession) {
        let (keys, folder) = (verifier.keys, verifier.paths.keys)
        let owners = keys.signing.map(\.verifierKey)
        let isForeign = !owners.isEmpty && !owners.contains { succession.keys.contains($0) }
        if !isForeign, !keys.vault.isEmpty {
            findings.note(.vault, "the keys in \(folder) are not those of this vault")
        }
        let reason =
            isForeign ? "\(folder) holds another ledger's keys" : "its keys are not here"
        findings.update { $0.notChecked[.vault] = "\(reason): only hashes were compared" }
    }
}
