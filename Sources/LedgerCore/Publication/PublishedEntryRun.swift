internal import AidRecords
internal import Synchronization
internal import TransparencyLog

/// Checks all tiles and entries of a publication, on a thread for each core, four at most.
struct PublishedEntryRun: Sendable {
    let folder: PublishedFolder
    let inventory: PublishedInventory
    let catalogue: KindCatalogue
    let isChainOnly: Bool
    /// Sizes of the ledger at which its tree is wanted.
    let treesAt: Set<Int64>
    let findings: Findings

    func check(
        _ checkpoint: VerifiedCheckpoint, _ succession: PublishedSuccession,
        _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws -> SegmentAssembly {
        let tiles = PublishedTileCheck(folder: folder, inventory: inventory, findings: findings)
        let groups = tiles.groups
        let segments = segments
        let keys = EntryKeySet(inventory)
        let results = Mutex((outcomes: [Int64: Segment.Outcome](), entries: Int64(0)))
        // Safe: used only where `isCaller` is true, which is on this thread.
        nonisolated(unsafe) let progress = progress
        try Workers.share(groups.count + segments.count) { isCaller, next in
            let check = PublishedSegmentCheck(self, checkpoint, succession, keys)
            while let number = next() {
                guard number >= groups.count else {
                    tiles.check(groups[number])
                    continue
                }
                let outcome = check.run(segments[number - groups.count])
                let done = results.withLock { results in
                    results.outcomes[outcome.range.lowerBound] = outcome
                    results.entries += outcome.entries
                    return results.entries
                }
                if isCaller { progress(done, checkpoint.size.value) }
            }
        }
        tiles.checkRoot(checkpoint)
        EntryKeyCheck(
            folder: folder, inventory: inventory, catalogue: catalogue, findings: findings
        ).check(keys)
        return assemble(results.withLock(\.outcomes), checkpoint)
    }

    /// Those of which any bundle is there.
    private var segments: [Range<Int64>] {
        var segments: [Range<Int64>] = []
        for bundle in inventory.places(of: .entries) {
            let start = bundle * Int64(Tile.fullWidth) / Segment.length * Segment.length
            guard segments.last?.lowerBound != start else { continue }
            // Without overflow, where a tree is as large as trees can be.
            segments.append(start..<start + min(Segment.length, inventory.size.value - start))
        }
        return segments
    }

    /// Puts the segments together; where none was, entries are missing.
    private func assemble(
        _ outcomes: [Int64: Segment.Outcome], _ checkpoint: VerifiedCheckpoint
    ) -> SegmentAssembly {
        var assembly = SegmentAssembly(rootsAt: treesAt)
        let size = checkpoint.size.value
        var next: Int64 = 0
        for start in outcomes.keys.sorted() {
            if start > next { assembly.append(.init(missing: next..<start), report: findings.note) }
            guard let outcome = outcomes[start] else { continue }
            assembly.append(outcome, report: findings.note)
            next = outcome.range.upperBound
        }
        if next < size { assembly.append(.init(missing: next..<size), report: findings.note) }
        assembly.finish(
            end: size, headSize: size, headRoot: checkpoint.rootHash.bytes, head: "checkpoint",
            report: findings.note)
        return assembly
    }
}

extension PublishedFolder {
    /// A bundle's bytes, and where in them the entries stand that a tree has.
    func entries(
        at index: Int64, _ inventory: PublishedInventory
    ) throws -> (bytes: [UInt8], ranges: ArraySlice<Range<Int>>) {
        guard let file = inventory.file(.entries, index),
            let tile = Tile(.entries, index: index, in: inventory.size)
        else { throw Fault.missing }
        let bytes = try read(file.path, max: EntryBundle.byteCountMax)
        let ranges = try EntryBundle.entryRanges(in: bytes)
        guard ranges.count == file.width else {
            throw WrongCount(found: ranges.count, expected: file.width)
        }
        return (bytes, ranges.prefix(tile.width))
    }

    private struct WrongCount: Error, CustomStringConvertible {
        let found: Int
        let expected: Int

        var description: String { "it has \(found) entries, not \(expected)" }
    }

    /// The hashes of a tile that a tree has; nil where they cannot be had.
    func hashes(
        _ content: Tile.Content, _ index: Int64, _ inventory: PublishedInventory
    ) throws(Fault) -> ArraySlice<NodeHash> {
        guard let file = inventory.file(content, index),
            let tile = Tile(content, index: index, in: inventory.size)
        else { throw .missing }
        return try hashes(of: file).prefix(tile.width)
    }
}
