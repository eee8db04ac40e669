package import AidRecords
internal import Synchronization
package import TransparencyLog

/// Audits a published ledger from its folder alone: signature, root hash, every tile, every entry
/// and how entries are linked. Nothing is written, and no database is needed.
package struct PublishedLogAudit: Sendable {
    package let folder: PublishedFolder
    package let catalogue: KindCatalogue
    /// The key that the checkpoint must be signed with, as the keeper gave it.
    package let verifierKey: VerifierKey
    /// Checkpoints kept elsewhere, with the names that problems give them.
    package let checkpoints: [KeptCheckpoint]
    /// Whose cosignatures are enough; nil where nobody asks.
    package var policy: WitnessPolicy?
    /// Whether the entries' bodies are passed over.
    package var isChainOnly = false

    package struct KeptCheckpoint: Sendable {
        package let name: String
        package let note: SignedNote

        package init(name: String, note: SignedNote) {
            self.name = name
            self.note = note
        }
    }

    package init(
        folder: PublishedFolder, catalogue: KindCatalogue, verifierKey: VerifierKey,
        checkpoints: [KeptCheckpoint] = []
    ) {
        self.folder = folder
        self.catalogue = catalogue
        self.verifierKey = verifierKey
        self.checkpoints = checkpoints
    }

    /// - Throws: `PublicationError` where there is no publication to be read; what is wrong with
    ///   it is a value.
    package func run(
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Verification {
        guard let bytes = try folder.checkpointBytes() else {
            throw PublicationError.noCheckpoint(folder.path)
        }
        let findings = Findings()
        findings.update { verification in
            verification.notChecked[.readModel] = "it is not published"
            verification.notChecked[.vault] = "it is not published"
            verification.notChecked[.resolutions] = "signatures are looked at in a ledger only"
        }
        try audit(bytes, findings, progress)
        // Whoever publishes removes what the new checkpoint no longer needs.
        let now = try folder.checkpointBytes()
        if !findings.verification.isSound, now != bytes {
            throw PublicationError.changed(folder.path)
        }
        return findings.verification
    }

    private func audit(
        _ bytes: [UInt8], _ findings: Findings,
        _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws {
        do {
            let note = try SignedNote(parsing: bytes)
            let size = try Checkpoint(parsing: note.text).size
            let inventory = try PublishedInventory(folder, size: size)
            let succession = try PublishedSuccession(
                folder, inventory, note, trusted: verifierKey)
            let checkpoint = try opened(note, succession)
            findings.update { verification in
                verification.origin = checkpoint.origin.text
                verification.checkpoints = 1
                verification.notices += replaced(succession)
                if isChainOnly {
                    verification.notices.append(
                        "bodies were passed over: whether an entry replaced the ledger's key after "
                            + "the one that signed was not looked at")
                }
            }
            try audit(checkpoint, inventory, succession, findings, progress)
        } catch let error as PublicationError {
            throw error
        } catch {
            findings.note(.checkpoints, "the checkpoint: \(error); nothing more was looked at")
        }
    }

    /// The checkpoint must be signed by the key in force at its size, and that by the trusted one.
    private func opened(
        _ note: SignedNote, _ succession: PublishedSuccession
    ) throws(CheckpointError) -> VerifiedCheckpoint {
        guard succession.keys.keys.contains(verifierKey) else {
            return try note.openCheckpoint(logKey: verifierKey)
        }
        return try succession.keys.open(note)
    }

    private func replaced(_ succession: PublishedSuccession) -> [String] {
        guard let end = succession.keys.end(of: verifierKey) else { return [] }
        return [
            "the key given with --vkey was replaced by entry \(end.value - 1): the key is now "
                + succession.keys.current.formatted
        ]
    }

    private func audit(
        _ checkpoint: VerifiedCheckpoint, _ inventory: PublishedInventory,
        _ succession: PublishedSuccession, _ findings: Findings,
        _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws {
        findings.update { $0.notices += inventory.notices }
        for content in inventory.contents {
            for range in inventory.missing(content) {
                findings.note(.format, missing(content, range, checkpoint.size))
            }
        }
        if checkpoint.size == .zero {
            findings.note(.entries, "the checkpoint is of no entries; a ledger has at least one")
        }
        let kept = KeptCheckpoints(checkpoints, succession.keys, findings)
        let run = PublishedEntryRun(
            folder: folder, inventory: inventory, catalogue: catalogue, isChainOnly: isChainOnly,
            treesAt: kept.sizes, findings: findings)
        let assembly = try run.check(checkpoint, succession, progress)
        findings.update { verification in
            verification.entries = assembly.entries
            verification.head = assembly.tree.head
        }
        let sound = kept.compare(size: checkpoint.size, roots: assembly.roots, findings)
        if let policy { findings.report(policy, on: sound + [checkpoint.note]) }
    }

    private func missing(
        _ content: Tile.Content, _ range: ClosedRange<Int64>, _ size: TreeSize
    ) -> String {
        func name(_ index: Int64) -> String {
            Tile(content, index: index, in: size)?.path ?? "tile"
        }
        return range.count == 1
            ? "\(name(range.lowerBound)) is not there"
            : "\(name(range.lowerBound)) to \(name(range.upperBound)) are not there "
                + "(\(grouped(range.count)) files)"
    }
}

/// Checkpoints that were kept elsewhere: the folder must begin with what they signed.
private struct KeptCheckpoints {
    private var signed: [(name: String, checkpoint: VerifiedCheckpoint)] = []

    init(
        _ given: [PublishedLogAudit.KeptCheckpoint], _ keys: KeySuccession, _ findings: Findings
    ) {
        for each in given {
            do {
                signed.append((each.name, try keys.open(each.note)))
            } catch {
                findings.note(.checkpoints, "\(each.name): \(error)")
            }
        }
        let count = signed.count
        findings.update { verification in
            verification.checkpoints += count
            verification.checkpointsGiven = count
        }
    }

    var sizes: Set<Int64> { Set(signed.map(\.checkpoint.size.value)) }

    /// - Returns: those that hold.
    func compare(
        size: TreeSize, roots: [Int64: RootHash], _ findings: Findings
    ) -> [SignedNote] {
        var sound: [SignedNote] = []
        for (name, checkpoint) in signed {
            let head = checkpoint.head
            if head.size > size {
                findings.note(
                    .checkpoints,
                    "\(name): \(grouped(head.size.value)) entries were signed and the folder has "
                        + "\(grouped(size.value)): it was not published anew since, its end was "
                        + "cut off, or it was rolled back")
            } else if roots[head.size.value] != head.rootHash {
                findings.note(
                    .checkpoints,
                    "\(name): the first \(head.size) entries are not those that were signed")
            } else {
                sound.append(checkpoint.note)
            }
        }
        return sound
    }
}
