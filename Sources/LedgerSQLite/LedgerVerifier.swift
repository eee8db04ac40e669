package import AidRecords
internal import Foundation
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// Checks a whole ledger from its stored bytes, without writing anything.
package struct LedgerVerifier {
    package let paths: LedgerPaths
    package let catalogue: KindCatalogue
    package let keys: KeyRing
    package let surroundings: Surroundings
    /// Checkpoints kept elsewhere, with the names that problems give them.
    package let checkpoints: [(name: String, note: SignedNote)]
    /// The key that the ledger must have, as its keeper gave it; nil to take the ledger's word.
    package let verifierKey: VerifierKey?
    /// Whose cosignatures are enough; nil where nobody asks.
    package var policy: WitnessPolicy?
    /// What tokens of time-stamping authorities are verified by; nil where nobody asks.
    package var timeStamps: TimeStampVerifier?
    /// Whether only entries, chain, tree, checkpoints and guards are checked: no read model, no
    /// verdicts, no vault, no pages of the file beyond those that are read.
    package var isChainOnly = false

    package init(
        paths: LedgerPaths, catalogue: KindCatalogue, keys: KeyRing, surroundings: Surroundings,
        checkpoints: [(name: String, note: SignedNote)] = [], verifierKey: VerifierKey? = nil
    ) {
        self.paths = paths
        self.catalogue = catalogue
        self.keys = keys
        self.surroundings = surroundings
        self.checkpoints = checkpoints
        self.verifierKey = verifierKey
    }

    /// - Throws: `StoreError` where the ledger cannot be opened at all; what is wrong inside it
    ///   is a value.
    package func run(
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Verification {
        let findings = Findings()
        let queue: DatabaseQueue
        do { queue = try Connection.reader(paths.ledger, .ledger) } catch StoreError.damaged(
            _, let message)
        {
            findings.note(.format, "the database file is damaged: \(message)")
            return findings.verification
        }
        try queue.read(at: paths.ledger) { database in
            do {
                try verify(database, findings, progress)
            } catch let error as DatabaseError where LedgerVerifier.isDamage(error) {
                let message = error.message ?? "SQLite error \(error.resultCode.rawValue)"
                findings.note(.format, "the database file is damaged: \(message)")
            } catch let error as StoreError {
                findings.note(.format, error.description)
            }
        }
        return findings.verification
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode)
    }

    private func verify(
        _ database: Database, _ findings: Findings,
        _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws {
        let tables = try SchemaCheck(catalogue: catalogue, findings: findings).ledger(database)
        let identity = try identity(database, findings)
        var checkpoints = CheckpointCheck(
            given: self.checkpoints, policy: policy, findings: findings)
        if let identity {
            findings.update { $0.origin = identity.origin }
            try checkpoints.open(database, identity)
            try TimeStampCheck(verifier: timeStamps, findings: findings).run(database)
        }
        let head = try Row.fetchOne(
            database, sql: "SELECT size, rootHash FROM head WHERE ledger = 1")
        if head == nil { findings.note(.tree, "the head is missing") }
        let run = EntryRun(
            verifier: self, findings: findings, identity: identity,
            tables: isChainOnly ? [] : tables, headSize: head?["size"] ?? 0,
            headRoot: Array((head?["rootHash"] as Data?) ?? Data()), treesAt: checkpoints.sizes)
        let assembly = try run.check(database, progress)
        if !isChainOnly {
            try VerdictAudit(paths: paths, catalogue: catalogue, findings: findings).run(database)
        }
        findings.update { verification in
            verification.entries = assembly.entries
            verification.head = assembly.tree.head
            verification.headSize = head?["size"] ?? 0
            if isChainOnly {
                verification.notChecked[.readModel] = "only the chain was to be checked"
                verification.notChecked[.verdicts] = "only the chain was to be checked"
                verification.notChecked[.vault] = "only the chain was to be checked"
            }
        }
        if let identity, !isChainOnly, tables.isSuperset(of: ResolutionCheck.tables) {
            try ResolutionCheck(identity: identity, findings: findings).run(database)
        } else {
            findings.update {
                $0.notChecked[.resolutions] =
                    "the tables in which they are found were not to be checked, or could not be"
            }
        }
        checkpoints.compare(entries: assembly.entries, roots: assembly.roots)
        if verifierKey != nil, findings.verification.signedSize == nil {
            findings.note(
                .checkpoints,
                "no checkpoint holds: nothing shows that these entries are what the key given with "
                    + "--vkey has signed")
        }
    }

    /// Whose ledger it is: as entry 0 says or, where that cannot be read, the file beside it.
    private func identity(
        _ database: Database, _ findings: Findings
    ) throws -> LedgerIdentity? {
        let text = Result { try FileSystem.read(paths.verifierKey) }
        let beside = (try? text.get()).flatMap {
            try? VerifierKey(parsing: Normalisation.trimmed($0))
        }
        let identity: LedgerIdentity
        do {
            identity = try LedgerIdentity.examined(database, paths.ledger)
        } catch StoreError.emptyLedger(let path) {
            throw StoreError.emptyLedger(path)
        } catch {
            findings.note(.chain, seq: 0, "it names the ledger, and is missing or cannot be read")
            return beside.map { LedgerIdentity(origin: $0.name.text, foundingKey: $0) }
        }
        for (seq, error) in identity.faults {
            findings.note(.checkpoints, seq: seq, "the key's rotation: \(error)")
        }
        if let verifierKey { compare(verifierKey, "the key given with --vkey", identity, findings) }
        if try !FileSystem.exists(paths.verifierKey) {
            findings.update { $0.notices.append("\(paths.verifierKey) is not there") }
        } else if case .failure(let reason) = text {
            findings.update { $0.notices.append("\(reason); it was not compared") }
        } else {
            compare(beside, paths.verifierKey, identity, findings)
        }
        return identity
    }

    /// A key that somebody holds must be one that signed for the ledger.
    private func compare(
        _ key: VerifierKey?, _ name: String, _ identity: LedgerIdentity, _ findings: Findings
    ) {
        guard let key, identity.keys.keys.contains(key) else {
            return findings.note(
                .checkpoints,
                "\(name) is not the key that entry 0 names, nor one that replaced it")
        }
        guard let end = identity.keys.end(of: key) else { return }
        findings.update {
            $0.notices.append(
                "\(name) was replaced by entry \(end.value - 1): the key is now "
                    + identity.keys.current.formatted)
        }
    }
}
