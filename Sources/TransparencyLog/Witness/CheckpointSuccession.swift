/// What whoever keeps a log's last checkpoint makes of a newer one: a witness, or a ledger that
/// anchors another's. C2SP tlog-witness, "add-checkpoint".
package enum CheckpointSuccession {
    /// Judges a checkpoint whose signature holds.
    /// - Parameters:
    ///   - proof: that the tree has only grown since a size; nil where none was sent.
    ///   - last: the head that was seen last; nil where none was.
    /// - Throws: ``SuccessionRefusal`` where the checkpoint must not be taken.
    package static func judge(
        _ new: TreeHead, _ proof: AddCheckpointRequest?, after last: TreeHead?
    ) throws(SuccessionRefusal) {
        if let proof, proof.oldSize > new.size { throw .oldSizeAboveNew(proof.oldSize, new.size) }
        guard let last else {
            guard proof.map({ $0.oldSize == .zero }) ?? true else { throw .nothingSeen(new.size) }
            return
        }
        guard new.size >= last.size else { throw .rolledBack(from: last.size, to: new.size) }
        guard new.size > last.size else {
            guard new.rootHash == last.rootHash else { throw .forked(last.size) }
            return
        }
        guard let proof else { throw .noProof(since: last.size) }
        guard proof.oldSize == last.size else {
            throw .otherOldSize(proof.oldSize, last: last.size)
        }
        // Every tree goes on from the empty one.
        guard last.size > .zero else { return }
        do { try proof.consistency.verify(from: last, to: new) } catch {
            throw .inconsistent(error, last: last.size)
        }
    }
}

/// Why a newer checkpoint is not taken.
package enum SuccessionRefusal: Error, Hashable, Sendable {
    /// The proof begins after the checkpoint (the protocol's answer 400).
    case oldSizeAboveNew(TreeSize, TreeSize)
    /// The proof goes on from something that was never seen here (409).
    case nothingSeen(TreeSize)
    /// The proof does not begin where this one stands (409).
    case otherOldSize(TreeSize, last: TreeSize)
    case noProof(since: TreeSize)
    /// The checkpoint is of fewer entries than were signed before.
    case rolledBack(from: TreeSize, to: TreeSize)
    /// Two heads of one size were signed (409).
    case forked(TreeSize)
    /// The proof does not show that the one goes on from the other (422).
    case inconsistent(ProofError, last: TreeSize)

    /// Whether the two checkpoints speak against the log, and both must be kept.
    package var isConflict: Bool {
        switch self {
        case .rolledBack, .forked, .inconsistent: true
        case .oldSizeAboveNew, .nothingSeen, .otherOldSize, .noProof: false
        }
    }
}

extension SuccessionRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .oldSizeAboveNew(let old, let new):
            "the proof goes on from \(old) entries, and the checkpoint is of \(new)"
        case .nothingSeen(let size):
            "no checkpoint of this ledger was seen before: begin with the checkpoint alone, or with "
                + "`aidledger prove LEDGER --since 0` (it is of \(size) entries)"
        case .otherOldSize(let old, let last):
            "the proof goes on from \(old) entries, and the last checkpoint seen is of \(last): "
                + "ask for `aidledger prove LEDGER --since \(last)`"
        case .noProof(let last):
            "it must be shown that the ledger has only grown since \(last) entries: "
                + "ask for `aidledger prove LEDGER --since \(last)`"
        case .rolledBack(let last, let new):
            "ROLLED BACK: \(last) entries were signed before, and now only \(new); the ledger lost "
                + "its end, or an old checkpoint was sent"
        case .forked(let size):
            "FORKED: the ledger's key has signed two different histories of \(size) entries"
        case .inconsistent(let error, let last):
            "NOT SHOWN TO GO ON from the \(last) entries that were signed before (\(error)): the "
                + "proof is damaged, or the ledger's past was changed"
        }
    }
}
