internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// Checks checkpoints, those that the ledger keeps and those that were kept elsewhere: their
/// signatures first, and then whether the entries are those that were signed.
struct CheckpointCheck {
    /// Kept elsewhere, with the names that problems give them.
    let given: [(name: String, note: SignedNote)]
    let findings: Findings
    /// Those whose signatures hold.
    private(set) var signed: [(name: String, checkpoint: Checkpoint)] = []

    init(given: [(name: String, note: SignedNote)], findings: Findings) {
        self.given = given
        self.findings = findings
    }

    /// The sizes at which the roots of the tree are wanted.
    var sizes: Set<Int64> { Set(signed.map(\.checkpoint.size.value)) }

    /// Opens all of them.
    mutating func open(_ database: Database, _ identity: LedgerIdentity) throws {
        let rows = try Row.fetchAll(
            database, sql: "SELECT size, note, ledger FROM checkpoint ORDER BY size")
        for row in rows where row["ledger"] != 1 {
            findings.note(.checkpoints, "a stored checkpoint of another ledger")
        }
        for row in rows {
            let size: Int64 = row["size"]
            let name = "stored checkpoint of size \(size)"
            let text: String = row["note"]
            guard let note = try? SignedNote(parsing: Array(text.utf8)) else {
                findings.note(.checkpoints, "\(name): not a signed note")
                continue
            }
            guard let checkpoint = open(note, name, identity) else { continue }
            if checkpoint.size.value != size {
                findings.note(.checkpoints, "\(name): it says size \(checkpoint.size)")
            }
            signed.append((name, checkpoint))
        }
        let stored = signed.count
        for (name, note) in given {
            if let checkpoint = open(note, name, identity) { signed.append((name, checkpoint)) }
        }
        findings.update {
            $0.checkpoints = signed.count
            $0.checkpointsGiven = signed.count - stored
        }
    }

    private func open(
        _ note: SignedNote, _ name: String, _ identity: LedgerIdentity
    ) -> Checkpoint? {
        do {
            let verified = try note.verified(by: [identity.verifierKey])
            let checkpoint = try Checkpoint(parsing: verified.text)
            guard checkpoint.origin.text == identity.origin else {
                findings.note(
                    .checkpoints, "\(name): it belongs to another ledger, \(checkpoint.origin.text)"
                )
                return nil
            }
            return checkpoint
        } catch {
            findings.note(.checkpoints, "\(name): \(error)")
            return nil
        }
    }

    /// Compares what was signed with what is there.
    func compare(entries: Int64, roots: [Int64: RootHash]) {
        for (name, checkpoint) in signed {
            let size = checkpoint.size.value
            if size > entries {
                findings.note(
                    .checkpoints,
                    "\(name): \(grouped(size)) entries were signed and the ledger has "
                        + "\(grouped(entries)): its end was cut off or it was rolled back")
            } else if roots[size] != checkpoint.rootHash {
                findings.note(
                    .checkpoints,
                    "\(name): the first \(size) entries are not those that were signed")
            }
        }
    }
}
