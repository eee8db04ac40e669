/// What a log sends to a witness: the size that the witness saw last, the proof that the tree has
/// only grown since, and the new checkpoint. C2SP tlog-witness, "add-checkpoint".
package struct AddCheckpointRequest: Hashable, Sendable {
    /// The size of the last checkpoint that the witness cosigned; 0 at the first.
    package let oldSize: TreeSize
    /// Without hashes where ``oldSize`` is 0.
    package let consistency: ConsistencyProof
    package let note: SignedNote

    /// - Precondition: the proof has no more hashes than any tree needs.
    package init(oldSize: TreeSize, consistency: ConsistencyProof, note: SignedNote) {
        precondition(consistency.hashes.count <= ProofText.hashCountMax, "no tree is that high")
        self.oldSize = oldSize
        self.consistency = consistency
        self.note = note
    }

    /// Reads a request's body. Accepts exactly what ``formatted`` emits.
    package init(parsing bytes: [UInt8]) throws(ProofTextError) {
        var lines = LineReader(bytes)
        guard let number = lines.next(after: "old "), let size = Decimal.decode(number) else {
            throw .badOldSize
        }
        let (hashes, note) = try lines.hashesAndNote()
        oldSize = TreeSize(size)
        consistency = ConsistencyProof(hashes: hashes)
        self.note = note
    }

    /// The request's body.
    package var formatted: [UInt8] {
        Array("old \(oldSize)\n".utf8) + ProofText.format(hashes: consistency.hashes, note: note)
    }
}
