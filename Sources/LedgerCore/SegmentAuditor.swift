package import AidRecords
package import TransparencyLog

/// What a store holds of one entry. The memory is the store's, and valid until it goes on.
package struct StoredEntry {
    package let seq: Int64
    /// Source and id, where the store keeps them beside the bytes.
    package let source: UnsafeBufferPointer<UInt8>?
    package let id: UnsafeBufferPointer<UInt8>?
    package let bytes: UnsafeBufferPointer<UInt8>
    package let leafHash: UnsafeBufferPointer<UInt8>
    /// Nil where the store keeps none.
    package let subtreeHashes: UnsafeBufferPointer<UInt8>?

    package init(
        seq: Int64, source: UnsafeBufferPointer<UInt8>?, id: UnsafeBufferPointer<UInt8>?,
        bytes: UnsafeBufferPointer<UInt8>, leafHash: UnsafeBufferPointer<UInt8>,
        subtreeHashes: UnsafeBufferPointer<UInt8>?
    ) {
        self.seq = seq
        self.source = source
        self.id = id
        self.bytes = bytes
        self.leafHash = leafHash
        self.subtreeHashes = subtreeHashes
    }
}

/// The part of a ledger that is checked in one go, by itself: entries from a multiple of
/// `length` on, so that what they make of the tree is a subtree of it.
package enum Segment {
    /// A power of two: each but the last segment is one perfect subtree.
    package static let length: Int64 = 8_192

    /// The segments of a ledger of `size` entries.
    package static func all(of size: Int64, length: Int64 = length) -> [Range<Int64>] {
        stride(from: 0, to: size, by: Int(length)).map { $0..<min($0 + length, size) }
    }

    /// The two leaf hashes that an entry may have, where bytes and stored hash do not agree.
    package struct Leaf: Sendable {
        /// As the bytes give it.
        package let computed: LeafHash
        /// As the store holds it; nil where that is no hash.
        package let stored: LeafHash?

        package init(of entry: StoredEntry) {
            computed = LeafHash(entry: UnsafeRawBufferPointer(entry.bytes))
            stored = try? LeafHash(entry.leafHash)
        }
    }

    /// What checking a segment has found beside problems, for `SegmentAssembly`.
    package struct Outcome: Sendable {
        package let range: Range<Int64>
        package fileprivate(set) var entries: Int64 = 0
        package fileprivate(set) var missing: [ClosedRange<Int64>] = []
        /// The tree of the segment alone.
        package fileprivate(set) var tree = TreeFrontier()
        /// The segment's tree as it was at some sizes of the ledger.
        package fileprivate(set) var treesAt: [Int64: TreeFrontier] = [:]
        /// Of what the store holds of the subtrees that the last leaf completes, those that are
        /// larger than the segment; nil where that is wrong already.
        package fileprivate(set) var upperHashes: [UInt8]?
        /// The last leaf, if it is the ledger's last and it must still be found out which of its
        /// hashes is true.
        package fileprivate(set) var openLeaf: Leaf?

        fileprivate init(range: Range<Int64>) { self.range = range }

        /// Of a range, however long, of which the store holds no entry at all.
        package init(missing range: Range<Int64>) {
            self.range = range
            missing = [range.lowerBound...(range.upperBound - 1)]
        }
    }
}

/// Checks the entries of one segment one after the other, in order of `seq`, and makes their part
/// of the tree anew.
///
/// After a gap, or an entry that does not fit, it goes on from what is there, so that one change
/// is told as one, and later ones are told too.
package struct SegmentAuditor {
    private var outcome: Segment.Outcome
    private let wantedSizes: Set<Int64>
    /// The entry before, where bytes and stored hash do not agree: its leaf is settled once its
    /// successor's `prev` is known.
    private var pending: Pending?
    /// The leaf hashes that the next entry may name.
    private var expectedPrev: Segment.Leaf?
    private var expectedSeq: Int64
    private var lastAt: Moment?

    private struct Pending {
        let seq: Int64
        let leaf: Segment.Leaf
        let subtreeHashes: [UInt8]?
    }

    /// - Parameters:
    ///   - sizes: the sizes of the ledger at which its tree is wanted, for checkpoints.
    package init(_ range: Range<Int64>, treesAt sizes: Set<Int64> = []) {
        outcome = Segment.Outcome(range: range)
        wantedSizes = sizes
        expectedSeq = range.lowerBound
    }

    /// Looks at the entry before the first one, which belongs to the segment before.
    /// - Parameter at: when it was recorded, where its bytes can be read.
    package mutating func follow(_ leaf: Segment.Leaf, at: Moment?) {
        expectedPrev = leaf
        lastAt = at
    }

    /// - Parameters:
    ///   - entry: what the bytes say.
    ///   - unreadable: why they cannot be read, where `entry` is therefore undefined.
    package mutating func check(
        _ stored: StoredEntry, entry: borrowing RecordedEntry, unreadable: String?,
        report: (LedgerProblem) -> Void
    ) {
        let prev =
            unreadable == nil ? try? LeafHash(hexDigits: entry.prev(in: stored.bytes)) : nil
        let follows = stored.seq == expectedSeq
        settle(follows ? prev : nil, report)
        if !follows { noteGap(before: stored.seq, report) }
        outcome.entries += 1
        if stored.bytes.count > Sequencer.longestEntry {
            report(.init(.entries, seq: stored.seq, "longer than \(Sequencer.longestEntry) bytes"))
        }
        if let unreadable {
            report(.init(.entries, seq: stored.seq, "bytes are not an entry: \(unreadable)"))
        } else {
            checkContent(entry, stored, report)
            if follows { checkLink(prev, stored.seq, report) }
        }
        let leaf = Segment.Leaf(of: stored)
        if leaf.isAmbiguous {
            pending = Pending(
                seq: stored.seq, leaf: leaf, subtreeHashes: stored.subtreeHashes.map(Array.init))
        } else {
            place(leaf.computed, stored.seq, stored.subtreeHashes, report)
        }
        expectedPrev = leaf
        expectedSeq = stored.seq + 1
    }

    private mutating func noteGap(before seq: Int64, _ report: (LedgerProblem) -> Void) {
        guard seq > expectedSeq else {
            return report(.init(.entries, seq: seq, "stands here twice"))
        }
        outcome.missing.append(expectedSeq...(seq - 1))
    }

    /// Puts the pending entry into the tree, and where its bytes and its stored leaf hash do not
    /// agree, says which of them was altered: its successor holds the true one.
    private mutating func settle(_ next: LeafHash?, _ report: (LedgerProblem) -> Void) {
        guard let entry = pending else { return }
        pending = nil
        let leaf = entry.leaf.settled(next, entry.seq, report)
        guard let hashes = entry.subtreeHashes else { return place(leaf, entry.seq, nil, report) }
        hashes.withUnsafeBufferPointer { place(leaf, entry.seq, $0, report) }
    }

    /// Puts a leaf into the tree, and compares the subtrees that it completes with the stored.
    private mutating func place(
        _ leaf: LeafHash, _ seq: Int64, _ stored: UnsafeBufferPointer<UInt8>?,
        _ report: (LedgerProblem) -> Void
    ) {
        var rest = UnsafeRawBufferPointer(stored ?? .init(start: nil, count: 0))
        var isEqual = true
        outcome.tree.append(leaf) { hash in
            isEqual = isEqual && hash.isPrefix(of: rest)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Digest32.byteCount))
        }
        let size = outcome.range.lowerBound + outcome.tree.size.value
        guard seq == size - 1 else { return }
        if wantedSizes.contains(size) { outcome.treesAt[size] = outcome.tree }
        guard stored != nil else { return }
        let isLast = seq == outcome.range.upperBound - 1
        if isEqual, isLast {
            outcome.upperHashes = Array(rest)
        } else if !isEqual || !rest.isEmpty {
            report(.init(.tree, seq: seq, "tree hashes altered"))
        }
    }

    private mutating func checkContent(
        _ entry: borrowing RecordedEntry, _ stored: StoredEntry, _ report: (LedgerProblem) -> Void
    ) {
        func note(_ area: LedgerProblem.Area, _ text: String) {
            report(.init(area, seq: stored.seq, text))
        }
        if entry.seq != stored.seq { note(.chain, "its bytes say that it is entry \(entry.seq)") }
        if let source = stored.source, let id = stored.id,
            !entry.hasKey(source, id, in: stored.bytes)
        {
            note(.entries, "the columns source and id are not what its bytes say")
        }
        if let lastAt, entry.at < lastAt { note(.chain, "recorded before the entry before it") }
        lastAt = entry.at
        if (stored.seq == 0) != entry.isFoundation {
            note(.chain, "ledger.created must be entry 0, and nothing else")
        }
    }

    /// Whether the entry names one of the two leaf hashes that its predecessor may have.
    private func checkLink(
        _ prev: LeafHash?, _ seq: Int64, _ report: (LedgerProblem) -> Void
    ) {
        let fits =
            if seq == 0 { prev == LeafHash.beforeFirst } else if let expectedPrev {
                prev == expectedPrev.computed || prev == expectedPrev.stored
            } else {
                // The entry before is missing, which is told where it should stand.
                true
            }
        if !fits { report(.init(.chain, seq: seq, "does not follow on the entry before it")) }
    }

    /// Ends the segment.
    /// - Parameters:
    ///   - next: `prev` of the entry after it, or nil where there is none or it cannot be read.
    ///   - isLast: whether the ledger ends with this segment.
    package mutating func finish(
        next: LeafHash?, isLast: Bool, report: (LedgerProblem) -> Void
    ) -> Segment.Outcome {
        if isLast, let entry = pending {
            outcome.openLeaf = entry.leaf
        } else {
            settle(expectedSeq == outcome.range.upperBound ? next : nil, report)
        }
        if expectedSeq < outcome.range.upperBound {
            outcome.missing.append(expectedSeq...(outcome.range.upperBound - 1))
        }
        return outcome
    }
}

extension Segment.Leaf {
    var isAmbiguous: Bool { stored != computed }

    /// The leaf hash that the tree is made of: the one that the successor names.
    func settled(
        _ next: LeafHash?, _ seq: Int64, _ report: (LedgerProblem) -> Void
    ) -> LeafHash {
        guard isAmbiguous else { return computed }
        if next == computed {
            report(.init(.entries, seq: seq, "stored leaf hash altered"))
            return computed
        }
        report(.init(.entries, seq: seq, "bytes altered"))
        return stored ?? computed
    }
}
