/// A proof that can be verified offline: one entry's inclusion proof with the checkpoint that it
/// leads to. C2SP tlog-proof; files end in `.tlog-proof`.
package struct TLogProof: Hashable, Sendable {
    /// Bytes that nobody signed and that prove nothing; empty where there are none.
    package let extra: [UInt8]
    package let inclusion: InclusionProof
    package let note: SignedNote

    static let firstLine = "c2sp.org/tlog-proof@v1"

    /// - Precondition: the proof has no more hashes than any tree needs.
    package init(extra: [UInt8] = [], inclusion: InclusionProof, note: SignedNote) {
        precondition(inclusion.hashes.count <= ProofText.hashCountMax, "no tree is that high")
        self.extra = extra
        self.inclusion = inclusion
        self.note = note
    }

    /// Reads a proof. Accepts exactly what ``formatted`` emits.
    package init(parsing bytes: [UInt8]) throws(ProofTextError) {
        var lines = LineReader(bytes)
        guard let first = lines.next(), first.elementsEqual(Self.firstLine.utf8) else {
            throw .unknownFormat
        }
        extra = try Self.extra(from: &lines)
        guard let number = lines.next(after: "index "), let index = Decimal.decode(number) else {
            throw .badIndex
        }
        let (hashes, note) = try lines.hashesAndNote()
        inclusion = InclusionProof(index: LeafIndex(index), hashes: hashes)
        self.note = note
    }

    private static func extra(from lines: inout LineReader) throws(ProofTextError) -> [UInt8] {
        guard let text = lines.next(after: "extra ") else { return [] }
        guard let bytes = Base64.decode(text), !bytes.isEmpty else { throw .badExtra }
        return bytes
    }

    /// The file's bytes.
    package var formatted: [UInt8] {
        let extraLine = extra.isEmpty ? "" : "extra \(Base64.encode(extra))\n"
        let head = "\(Self.firstLine)\n\(extraLine)index \(inclusion.index)\n"
        return Array(head.utf8) + ProofText.format(hashes: inclusion.hashes, note: note)
    }

    /// Verifies that the log's checkpoint covers the leaf at the proof's index.
    ///
    /// - Returns: the checkpoint, with the cosignatures that hold.
    package func open(
        _ leaf: LeafHash, logKey: VerifierKey, cosignerKeys: [VerifierKey] = []
    ) throws(TLogProofError) -> VerifiedCheckpoint {
        let checkpoint: VerifiedCheckpoint
        do {
            checkpoint = try note.openCheckpoint(logKey: logKey, cosignerKeys: cosignerKeys)
        } catch {
            throw .checkpoint(error)
        }
        do {
            try inclusion.verify(leaf, in: checkpoint.head)
        } catch {
            throw .inclusion(error)
        }
        return checkpoint
    }
}
