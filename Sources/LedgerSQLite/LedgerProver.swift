package import Evidence
internal import GRDB
internal import LedgerCore
package import TransparencyLog

/// Makes proofs of what a ledger holds, against its newest checkpoint: whoever has the ledger's
/// verifier key checks them without the ledger and without this program.
///
/// Each is checked before it is given out, so that a damaged ledger proves nothing.
package struct LedgerProver {
    private let database: Database
    private let tree: TreeReader
    private let keys: KeySuccession
    private let path: String
    /// The newest checkpoint, with the cosignatures that the ledger has of it.
    package let newest: VerifiedCheckpoint
    /// The newest one that has cosignatures; nil where none has.
    package let cosigned: VerifiedCheckpoint?

    /// Why there is no such proof, in words that say what to do next.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case noCheckpoint(String)
        case notCovered(seq: Int64, size: Int64, ledger: String)
        case noEntry(seq: Int64, size: Int64)
        case badSize(Int64, newest: Int64)
        case nothingAsked

        package var description: String {
            switch self {
            case .noCheckpoint(let path):
                "\(path) has no checkpoint yet: `aidledger checkpoint \(path)` signs one"
            case .notCovered(let seq, let size, let path):
                "entry \(seq) came after the newest checkpoint, which covers \(size) entries: "
                    + "`aidledger checkpoint \(path)` signs a newer one"
            case .noEntry(let seq, let size):
                "there is no entry \(seq): the ledger has \(size), numbered from 0"
            case .nothingAsked: "say the entries' numbers"
            case .badSize(let size, let newest):
                "nothing can be proved since size \(size): the newest checkpoint covers \(newest) "
                    + "entries, and a size is from 1 to that"
            }
        }
    }

    /// Runs `body` on one state of a ledger.
    /// - Throws: `StoreError`, `Refusal`.
    package static func read<Result>(
        _ reader: LedgerReader, _ body: (LedgerProver) throws -> Result
    ) throws -> Result {
        try reader.read { try body(LedgerProver($0, reader)) }
    }

    private init(_ database: Database, _ reader: LedgerReader) throws {
        self.database = database
        tree = try TreeReader(database)
        path = reader.paths.ledger
        let keys = reader.identity.keys
        self.keys = keys
        guard let newest = try KeptCheckpoint.newest(in: database, path, keys) else {
            throw Refusal.noCheckpoint(path)
        }
        self.newest = newest
        let cosigned = try ProgramTables.entries(
            of: "checkpoint.cosigned", as: KeptCheckpoint.self, in: database
        ).max { ($0.body.size, $0.seq) < ($1.body.size, $1.seq) }
        do { self.cosigned = try cosigned.map { try keys.open($0.body.parsed().note) } } catch {
            throw StoreError.damaged(path: path, message: "its cosigned checkpoint: \(error)")
        }
    }

    /// The checkpoint to prove an entry against: one that others have cosigned, where there is one
    /// that covers it.
    package func checkpoint(covering seq: Int64) throws -> VerifiedCheckpoint {
        for checkpoint in [cosigned, newest] {
            if let checkpoint, (0..<checkpoint.size.value).contains(seq) { return checkpoint }
        }
        throw try refusal(of: seq)
    }

    /// Proves that the entry is in the ledger.
    package func inclusion(of seq: Int64) throws -> TLogProof {
        try proven(seq, in: checkpoint(covering: seq)).proof
    }

    /// An entry's bytes as they stand in the ledger, and the proof that they belong there.
    /// - Precondition: the checkpoint covers the entry.
    package func proven(
        _ seq: Int64, in checkpoint: VerifiedCheckpoint
    ) throws -> (bytes: [UInt8], proof: TLogProof) {
        guard let bytes = try tree.entry(seq) else { throw try refusal(of: seq) }
        let inclusion = try InclusionProof.prove(
            LeafIndex(seq), in: checkpoint.size, reading: tree.hash)
        try sound { try inclusion.verify(LeafHash(entry: bytes), in: checkpoint.head) }
        return (bytes, TLogProof(inclusion: inclusion, note: checkpoint.note))
    }

    /// Proves entries against an older checkpoint of the ledger.
    /// - Parameter note: the checkpoint as it was signed.
    /// - Returns: of each entry its leaf hash and its audit path; no path where the checkpoint does
    ///   not cover it.
    package func inclusions(
        of seqs: [Int64], in note: String
    ) throws -> [(seq: Int64, leaf: LeafHash, path: [NodeHash]?)] {
        let checkpoint: VerifiedCheckpoint
        do { checkpoint = try keys.open(SignedNote(parsing: Array(note.utf8))) } catch {
            throw StoreError.damaged(path: path, message: "its checkpoint: \(error)")
        }
        return try seqs.map { seq in
            guard seq < checkpoint.size.value else {
                guard let bytes = try tree.entry(seq) else { throw try refusal(of: seq) }
                return (seq, LeafHash(entry: bytes), nil)
            }
            let (bytes, proof) = try proven(seq, in: checkpoint)
            return (seq, LeafHash(entry: bytes), proof.inclusion.hashes)
        }
    }

    /// Puts entries together with all that is needed to check them elsewhere, in one pack.
    /// - Parameters:
    ///   - aids: files for people; the key that signed the checkpoint is added.
    ///   - rendering: writes an entry for people.
    package func evidence(
        of seqs: Set<Int64>, disclosures: [Disclosure], aids: [String: [UInt8]],
        rendering: ([UInt8]) -> String
    ) throws -> EvidencePack {
        let seqs = seqs.union(disclosures.map(\.seq)).sorted()
        guard let first = seqs.first, let last = seqs.last else { throw Refusal.nothingAsked }
        guard first >= 0 else { throw try refusal(of: first) }
        let checkpoint = try checkpoint(covering: last)
        var aids = aids
        aids["log.vkey"] = Array("\(keys.key(at: checkpoint.size))\n".utf8)
        return EvidencePack(
            checkpoint: checkpoint.note,
            entries: try seqs.map { seq in
                let (bytes, proof) = try proven(seq, in: checkpoint)
                return EvidencePack.Entry(
                    seq: seq, bytes: bytes, proof: proof, rendering: rendering(bytes))
            }, disclosures: disclosures, aids: aids)
    }

    private func refusal(of seq: Int64) throws -> Refusal {
        let size = try Int64.fetchOne(database, sql: "SELECT size FROM head WHERE ledger = 1") ?? 0
        return seq < 0 || seq >= size
            ? .noEntry(seq: seq, size: size)
            : .notCovered(seq: seq, size: newest.size.value, ledger: path)
    }

    /// Proves that the ledger begins with what it was at an older size.
    /// - Parameter size: 0 where the one who asks has seen none yet; that needs no proof.
    package func consistency(since size: Int64) throws -> AddCheckpointRequest {
        guard size >= 0, size <= newest.size.value else {
            throw Refusal.badSize(size, newest: newest.size.value)
        }
        let old = TreeSize(size)
        guard old > .zero else {
            return AddCheckpointRequest(
                oldSize: old, consistency: ConsistencyProof(hashes: []), note: newest.note)
        }
        let proof = try ConsistencyProof.prove(from: old, to: newest.size, reading: tree.hash)
        let frontier = try TreeFrontier(size: old, reading: tree.hash)
        try sound { try proof.verify(from: frontier.head, to: newest.head) }
        return AddCheckpointRequest(oldSize: old, consistency: proof, note: newest.note)
    }

    private func sound(_ check: () throws -> Void) throws {
        do { try check() } catch {
            throw StoreError.damaged(path: path, message: "\(error)")
        }
    }
}
