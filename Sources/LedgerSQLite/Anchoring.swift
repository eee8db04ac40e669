internal import AidRecords
internal import LedgerCore
package import TransparencyLog

/// Why another ledger's checkpoint is not kept.
package enum AnchorRefusal: Error, Hashable, Sendable {
    case ownCheckpoint
    case notSigned(CheckpointError)
    /// `entry` holds the checkpoint that was kept last.
    case refused(SuccessionRefusal, entry: Int64?)

    /// Whether it is an answer, and not a mistake of who asks.
    package var isAnswer: Bool {
        switch self {
        case .ownCheckpoint: false
        case .notSigned: true
        case .refused(let refusal, _): refusal.isConflict
        }
    }
}

extension AnchorRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ownCheckpoint: "this is the ledger's own checkpoint, which it holds already"
        case .notSigned(let error): "\(error)"
        case .refused(let refusal, let entry):
            entry.map { "\(refusal); entry \($0) holds the last one" } ?? "\(refusal)"
        }
    }
}

extension LedgerRegistrar {
    /// Keeps another ledger's checkpoint, if it goes on from the last one that was kept of it.
    /// - Parameters:
    ///   - key: the other ledger's, as its keeper gave it.
    /// - Returns: the entry `checkpoint.anchored`; nil where the same checkpoint was kept last.
    /// - Throws: `AnchorRefusal`, `StoreError`.
    package func anchor(
        _ note: SignedNote, _ proof: AddCheckpointRequest?,
        key: VerifierKey, operator: String
    ) throws -> Int64? {
        let new: VerifiedCheckpoint
        do { new = try note.openCheckpoint(logKey: key) } catch {
            throw AnchorRefusal.notSigned(error)
        }
        return try append("checkpoint.anchored", operator: `operator`) { view in
            guard new.origin.text != view.identity.origin else { throw AnchorRefusal.ownCheckpoint }
            let kept = try ProgramTables.entries(
                of: "checkpoint.anchored", as: KeptCheckpoint.self, in: view.database
            ).last { $0.body.origin == new.origin.text }
            let last = try kept?.body.parsed().checkpoint.head
            do throws(SuccessionRefusal) {
                try CheckpointSuccession.judge(new.head, proof, after: last)
            } catch {
                throw AnchorRefusal.refused(error, entry: kept?.seq)
            }
            return new.head == last ? nil : try KeptCheckpoint.body(of: note)
        }
    }
}
