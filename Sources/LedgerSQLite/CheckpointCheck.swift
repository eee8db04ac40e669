internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// Checks checkpoints, those that the ledger keeps and those that were kept elsewhere: their
/// signatures first, and then whether the entries are those that were signed.
struct CheckpointCheck {
    /// Kept elsewhere, with the names that problems give them.
    let given: [(name: String, note: SignedNote)]
    /// Whose cosignatures are enough; nil where nobody asks.
    let policy: WitnessPolicy?
    let findings: Findings

    /// What somebody has signed of the tree.
    struct Claim {
        let name: String
        let place: Place
        let head: TreeHead
        /// The note, where it is a checkpoint.
        let note: SignedNote?
    }

    /// Where it was found.
    enum Place: Equatable {
        case stored, elsewhere
        case entry(Int64)

        var seq: Int64? { if case .entry(let seq) = self { seq } else { nil } }
    }

    /// Those whose signatures hold.
    private(set) var claims: [Claim] = []

    init(
        given: [(name: String, note: SignedNote)], policy: WitnessPolicy?, findings: Findings
    ) {
        self.given = given
        self.policy = policy
        self.findings = findings
    }

    /// The sizes at which the roots of the tree are wanted.
    var sizes: Set<Int64> { Set(claims.map(\.head.size.value)) }

    /// Opens all of them.
    mutating func open(_ database: Database, _ identity: LedgerIdentity) throws {
        for (seq, head) in identity.rotations {
            claims.append(
                Claim(name: "the key's rotation", place: .entry(seq), head: head, note: nil))
        }
        try openStored(database, identity)
        try openKept("checkpoint.cosigned", database, identity)
        try openKept("checkpoint.timestamped", database, identity)
        for (name, note) in given {
            open(note, name, .elsewhere, identity) { note in
                do { return try identity.keys.open(note) } catch CheckpointError.notSignedByLog {
                    throw UnknownKey()
                }
            }
        }
        findings.update {
            $0.checkpointsGiven = claims.count { $0.place == .elsewhere }
            $0.checkpoints = $0.checkpointsGiven + claims.count { $0.place == .stored }
        }
    }

    private mutating func openStored(_ database: Database, _ identity: LedgerIdentity) throws {
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
            open(note, name, .stored, identity) { [findings] note in
                let checkpoint = try identity.keys.open(note)
                if checkpoint.size.value != size {
                    findings.note(.checkpoints, "\(name): it says size \(checkpoint.size)")
                }
                return checkpoint
            }
        }
    }

    /// Opens checkpoints of the ledger that stand in its entries. Only keys that were registered
    /// before can have cosigned.
    private mutating func openKept(
        _ kind: String, _ database: Database, _ identity: LedgerIdentity
    ) throws {
        let registered = try RegisteredKey.all(in: database)
        for found in try ProgramTables.entries(of: kind, as: KeptCheckpoint.self, in: database) {
            let name = "the checkpoint in it"
            guard let parsed = try? found.body.parsed(), found.body.agrees(with: parsed.checkpoint)
            else {
                findings.note(.checkpoints, seq: found.seq, "\(name) is not what it says")
                continue
            }
            let keys = registered.filter { $0.seq < found.seq && $0.key.type == .cosignature }
            open(parsed.note, name, .entry(found.seq), identity) { note in
                let checkpoint = try identity.keys.open(note, cosignerKeys: keys.map(\.key))
                guard checkpoint.size.value <= found.seq else { throw ClaimsTheFuture() }
                return checkpoint
            }
        }
    }

    private struct UnknownKey: Error, CustomStringConvertible {
        let description =
            "it is not signed by the log's key that was in force at its size; if it is genuine, the "
            + "key was replaced in entries that this ledger has lost, or somebody signs with a key "
            + "that was replaced"
    }

    private struct ClaimsTheFuture: Error, CustomStringConvertible {
        let description = "it is of more entries than there were before it"
    }

    private mutating func open(
        _ note: SignedNote, _ name: String, _ place: Place, _ identity: LedgerIdentity,
        _ body: (SignedNote) throws -> VerifiedCheckpoint
    ) {
        do {
            let origin = try Checkpoint(parsing: note.text).origin
            guard origin.text == identity.origin else {
                return findings.note(
                    .checkpoints, seq: place.seq,
                    "\(name): it belongs to another ledger, \(origin)")
            }
            let checkpoint = try body(note)
            claims.append(Claim(name: name, place: place, head: checkpoint.head, note: note))
        } catch {
            findings.note(.checkpoints, seq: place.seq, "\(name): \(error)")
        }
    }

    /// Compares what was signed with what is there.
    func compare(entries: Int64, roots: [Int64: RootHash]) {
        var sound: [Claim] = []
        for claim in claims {
            let size = claim.head.size.value
            let standing: CheckpointVerdict.Standing =
                size > entries ? .beyond : roots[size] == claim.head.rootHash ? .holds : .differs
            keep(standing, of: claim)
            switch standing {
            case .holds: sound.append(claim)
            case .beyond:
                findings.note(
                    .checkpoints, seq: claim.place.seq,
                    "\(claim.name): \(grouped(size)) entries were signed and the ledger has "
                        + "\(grouped(entries)): its end was cut off or it was rolled back")
            case .differs:
                findings.note(
                    .checkpoints, seq: claim.place.seq,
                    "\(claim.name): the first \(size) entries are not those that were signed")
            }
        }
        if let policy { findings.report(policy, on: sound.compactMap(\.note)) }
    }

    private func keep(_ standing: CheckpointVerdict.Standing, of claim: Claim) {
        guard claim.note != nil else { return }
        let name = claim.place.seq.map { "\(claim.name), entry \($0)" } ?? claim.name
        findings.update {
            $0.verdicts.append(
                CheckpointVerdict(
                    name: name, isKeptElsewhere: claim.place == .elsewhere, head: claim.head,
                    standing: standing))
        }
    }
}
