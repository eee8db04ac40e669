internal import AidRecords
package import TransparencyLog

/// What files have shown by themselves, to somebody who believes a key.
package struct Demonstration: Sendable {
    package let sentence: String
    package let checkpoint: VerifiedCheckpoint
    package var old: VerifiedCheckpoint?
    /// The entries that were shown.
    package var entries: [Shown] = []
    /// Whether a pack was checked.
    package var isPack = false
    /// Sealed fields that the entries confirm.
    package var disclosures: [Disclosure] = []

    /// An entry of which it was shown that the ledger holds it.
    package struct Shown: Hashable, Sendable {
        package let seq: Int64
        package let bytes: [UInt8]
    }

    /// What nobody may take from it.
    package var notShown: [String] {
        var items = ["that what was recorded is true"]
        if isPack {
            items.append(
                "anything of the renderings (.txt), instructions and keys in the pack, which "
                    + "whoever made it could write: the .json files count")
        }
        if checkpoint.cosignatures.isEmpty {
            items.append(
                "that everybody is shown the same ledger: no witness that you named has cosigned "
                    + "(--policy FILE); compare the checkpoint with one that others keep")
        }
        return items
    }
}

/// Checks proofs on files alone. The names of files stand in errors.
package struct ProofCheck: Sendable {
    private let trust: Trust
    /// Of the file that is checked.
    private let name: String

    package init(_ trust: Trust, name: String) {
        self.trust = trust
        self.name = name
    }

    private typealias Kept = (name: String, note: SignedNote)

    /// - Parameters:
    ///   - entry: the bytes of the entry that a proof is to speak of.
    ///   - old: an older checkpoint that was kept.
    /// - Throws: `DoesNotHold`, `Unanswerable`.
    package func run(
        _ file: ProofFile, entry: (name: String, bytes: [UInt8])?,
        old: (name: String, note: SignedNote)?
    ) throws -> Demonstration {
        switch file {
        case .inclusion(let proof):
            if old != nil {
                throw Unanswerable(
                    "a .tlog-proof speaks of one checkpoint; --old says nothing of it")
            }
            return try inclusion(proof, entry)
        case .consistency(let request):
            try refuse(entry, of: "an add-checkpoint request")
            return try consistency(request, old)
        case .checkpoint(let note):
            try refuse(entry, of: "a checkpoint")
            return try checkpoint(note, old)
        }
    }

    /// Whoever asks after an entry must not be answered by what says nothing of any.
    private func refuse(_ entry: (name: String, bytes: [UInt8])?, of kind: String) throws {
        guard entry != nil else { return }
        throw Unanswerable(
            "\(name) is \(kind) and says nothing of any single entry: --entry needs a .tlog-proof")
    }

    private func inclusion(
        _ proof: TLogProof, _ entry: (name: String, bytes: [UInt8])?
    ) throws -> Demonstration {
        guard let (name, bytes) = entry else {
            throw Unanswerable(
                "a .tlog-proof speaks of an entry: give its bytes with --entry FILE "
                    + "(`aidledger show LEDGER SEQ --bytes > FILE`)")
        }
        let checkpoint = try trust.open(proof.note)
        do { try proof.inclusion.verify(LeafHash(entry: bytes), in: checkpoint.head) } catch {
            let hint =
                bytes.last == UInt8(ascii: "\n")
                ? "; \(name) ends with a line feed, and no entry does" : ""
            throw DoesNotHold("\(error)\(hint)")
        }
        let index = proof.inclusion.index
        return Demonstration(
            sentence: "entry \(index) of \(checkpoint.origin) is these "
                + "\(grouped(bytes.count)) bytes, as of \(size(checkpoint))",
            checkpoint: checkpoint, entries: [.init(seq: index.value, bytes: bytes)])
    }

    private func consistency(
        _ request: AddCheckpointRequest, _ old: Kept?
    ) throws -> Demonstration {
        guard let old else {
            throw Unanswerable(
                "a consistency proof needs the older checkpoint that it goes on from: --old FILE")
        }
        let checkpoint = try trust.open(request.note)
        let before = try trust.openOlder(old.note, old.name, of: checkpoint.origin)
        guard before.size == request.oldSize else {
            throw DoesNotHold(
                "the proof goes on from \(request.oldSize) entries, and \(old.name) is of "
                    + "\(before.size)")
        }
        do { try request.consistency.verify(from: before.head, to: checkpoint.head) } catch {
            throw DoesNotHold("\(error)")
        }
        return Demonstration(
            sentence: "\(checkpoint.origin) at \(size(checkpoint)) begins with all that it was at "
                + "\(size(before)): nothing of that was changed, removed or put in between",
            checkpoint: checkpoint, old: before)
    }

    private func checkpoint(_ note: SignedNote, _ old: Kept?) throws -> Demonstration {
        let checkpoint = try trust.open(note)
        let signed = "the key of \(checkpoint.origin) has signed a head of \(size(checkpoint))"
        guard let old else { return Demonstration(sentence: signed, checkpoint: checkpoint) }
        let before = try trust.openOlder(old.note, old.name, of: checkpoint.origin)
        guard before.size == checkpoint.size else {
            throw Unanswerable(
                "\(name) and \(old.name) are of different sizes: that one goes on from the other is "
                    + "shown by `aidledger prove LEDGER --since \(min(before.size, checkpoint.size))`"
            )
        }
        guard before.rootHash == checkpoint.rootHash else {
            throw DoesNotHold(
                "the ledger's key has signed two histories of \(size(checkpoint)): "
                    + "\(before.rootHash.hex) in \(old.name) and \(checkpoint.rootHash.hex) in \(name)"
            )
        }
        return Demonstration(
            sentence: signed + ", the same as in \(old.name)", checkpoint: checkpoint, old: before)
    }

    private func size(_ checkpoint: VerifiedCheckpoint) -> String {
        "\(grouped(checkpoint.size.value)) entries"
    }

    // MARK: Packs

    /// Checks every entry and every disclosed field of a pack.
    /// - Throws: `DoesNotHold`.
    package func run(_ pack: EvidencePack) throws -> Demonstration {
        let checkpoint = try trust.open(pack.checkpoint)
        for entry in pack.entries { try check(entry, checkpoint) }
        for disclosure in pack.disclosures {
            let holder = pack.entries.first { $0.seq == disclosure.seq }
            guard let holder, disclosure.isConfirmed(by: holder.bytes) else {
                throw DoesNotHold(
                    "entry \(disclosure.seq) does not confirm what is disclosed as its "
                        + disclosure.path)
            }
        }
        let count = pack.entries.count
        return Demonstration(
            sentence: "\(checkpoint.origin) holds "
                + "\(count == 1 ? "this entry" : "these \(grouped(count)) entries"), byte for byte, "
                + "as of \(size(checkpoint))",
            checkpoint: checkpoint,
            entries: pack.entries.map { .init(seq: $0.seq, bytes: $0.bytes) },
            isPack: true, disclosures: pack.disclosures)
    }

    private func check(_ entry: EvidencePack.Entry, _ checkpoint: VerifiedCheckpoint) throws {
        guard entry.proof.note == checkpoint.note, entry.proof.inclusion.index.value == entry.seq
        else {
            throw DoesNotHold(
                "the proof of entry \(entry.seq) is of another entry or another checkpoint")
        }
        do {
            try entry.proof.inclusion.verify(LeafHash(entry: entry.bytes), in: checkpoint.head)
        } catch { throw DoesNotHold("entry \(entry.seq): \(error)") }
    }
}
