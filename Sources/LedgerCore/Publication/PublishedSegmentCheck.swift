internal import AidRecords
internal import Foundation
internal import TransparencyLog

/// Checks segments of a publication, on one thread: the entries in their bundles against the
/// leaves in their tiles, and how they are linked.
final class PublishedSegmentCheck {
    private let run: PublishedEntryRun
    private let checkpoint: VerifiedCheckpoint
    private let succession: PublishedSuccession
    private let keys: EntryKeySet
    private let report: (LedgerProblem) -> Void
    private var reader: EntryReader

    init(
        _ run: PublishedEntryRun, _ checkpoint: VerifiedCheckpoint,
        _ succession: PublishedSuccession, _ keys: EntryKeySet
    ) {
        self.run = run
        self.checkpoint = checkpoint
        self.succession = succession
        self.keys = keys
        report = run.findings.note
        reader = EntryReader(catalogue: run.catalogue)
    }

    /// Checks one segment. The entries before and after it are looked at for their links.
    func run(_ segment: Range<Int64>) -> Segment.Outcome {
        var auditor = SegmentAuditor(segment, treesAt: run.treesAt)
        let width = Int64(Tile.fullWidth)
        let first = segment.lowerBound / width
        if first > 0 {
            forEachEntry(ofBundle: first - 1, .last) { stored in
                let isReadable = fault(in: stored) == nil
                auditor.follow(
                    Segment.Leaf(of: stored), at: isReadable ? reader.entry.at : nil)
            }
        }
        for bundle in first...((segment.upperBound - 1) / width) {
            forEachEntry(ofBundle: bundle, .all) { check($0, &auditor) }
        }
        var next: LeafHash?
        let isLast = segment.upperBound == run.inventory.size.value
        if !isLast {
            forEachEntry(ofBundle: segment.upperBound / width, .first) {
                if fault(in: $0) == nil {
                    next = try? LeafHash(hexDigits: reader.entry.prev(in: $0.bytes))
                }
            }
        }
        return auditor.finish(next: next, isLast: isLast, report: report)
    }

    private func check(_ stored: StoredEntry, _ auditor: inout SegmentAuditor) {
        let unreadable = fault(in: stored)
        if unreadable == nil {
            keys.add(reader.entry, stored)
            if stored.seq == 0 { checkFoundation(stored.bytes) }
            checkRotation(stored.seq)
        }
        auditor.check(stored, entry: reader.entry, unreadable: unreadable, report: report)
    }

    private func fault(in stored: StoredEntry) -> String? {
        reader.fault(in: stored.bytes, isEnvelopeOnly: run.isChainOnly)
    }

    /// Entry 0 names the ledger and its key.
    private func checkFoundation(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let entry = FoundingEntry(Data(bytes)) else {
            return report(.init(.chain, seq: 0, "it does not name the ledger and its key"))
        }
        if entry.origin != checkpoint.origin.text {
            report(
                .init(
                    .checkpoints, seq: 0,
                    "it is of the ledger \(entry.origin), and the checkpoint of \(checkpoint.origin)"
                ))
        }
        if entry.vkey != succession.keys.reigns[0].key.formatted {
            report(
                .init(
                    .checkpoints,
                    "the key that entry 0 names is not the one given with --vkey, nor did that replace it"
                ))
        }
    }

    /// An entry that replaces the key, where the checkpoint is signed as if there were none.
    private func checkRotation(_ seq: Int64) {
        guard !run.isChainOnly, reader.entry.kind?.name == "key.rotated",
            !succession.rotations.contains(seq)
        else { return }
        report(
            .init(
                .checkpoints, seq: seq,
                "it replaces the ledger's key, and the checkpoint is not signed by the new one"))
    }

    /// Which entries of a bundle are wanted.
    private enum Part {
        case all, first, last

        func of(_ places: Range<Int>) -> Range<Int> {
            switch self {
            case .all: places
            case .first: places.prefix(1)
            case .last: places.suffix(1)
            }
        }
    }

    /// Hands over entries of a bundle, each with its leaf of the tile. A bundle that cannot be read
    /// is told where all of it is wanted.
    private func forEachEntry(
        ofBundle index: Int64, _ part: Part, _ body: (StoredEntry) -> Void
    ) {
        let inventory = run.inventory
        guard inventory.isThere(.entries, index) else { return }
        do {
            let (bytes, ranges) = try run.folder.entries(at: index, inventory)
            // A tile that cannot be read is told where tiles are checked.
            let leaves = try? run.folder.hashes(.hashes(level: 0), index, inventory)
            bytes.withUnsafeBufferPointer { bytes in
                for place in part.of(ranges.indices) {
                    let entry = UnsafeBufferPointer(rebasing: bytes[ranges[place]])
                    let leaf =
                        leaves?[place] ?? NodeHash(LeafHash(entry: UnsafeRawBufferPointer(entry)))
                    hand(entry, index * Int64(Tile.fullWidth) + Int64(place), leaf, to: body)
                }
            }
        } catch {
            if part == .all, let file = inventory.file(.entries, index) {
                report(.init(.format, "\(file.path): \(error)"))
            }
        }
    }

    private func hand(
        _ bytes: UnsafeBufferPointer<UInt8>, _ seq: Int64, _ leaf: NodeHash,
        to body: (StoredEntry) -> Void
    ) {
        leaf.withUnsafeBytes { leaf in
            body(
                StoredEntry(
                    seq: seq, source: nil, id: nil, bytes: bytes,
                    leafHash: leaf.bindMemory(to: UInt8.self), subtreeHashes: nil))
        }
    }
}
