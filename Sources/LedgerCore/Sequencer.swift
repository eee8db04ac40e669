package import AidRecords
package import TransparencyLog

/// An entry in its place, ready to be stored.
package struct SequencedEntry: Sendable {
    package let index: LeafIndex
    /// Its key, with `id`.
    package let source: String
    package let id: String
    package let bytes: [UInt8]
    package let leafHash: LeafHash
    /// Of the perfect subtrees that this leaf completes, smallest first.
    package let subtreeHashes: [NodeHash]
}

/// Gives records their place: the end of the chain and the frontier of the tree.
///
/// It is a value: who appends works on a copy and keeps it once the store has committed.
package struct Sequencer: Sendable {
    package private(set) var frontier: TreeFrontier
    /// Of the last entry; nil before the first.
    private var prev: LeafHash?
    /// When the last entry was recorded.
    private var lastAt: Moment
    /// The same as entries write it: of most entries it is that of the entry before.
    private var lastAtText: [UInt8]

    /// The greatest length of an entry: what a u16 can say (C2SP tlog-tiles, entry bundles).
    package static let longestEntry = 65_535

    package init() {
        frontier = TreeFrontier()
        prev = nil
        lastAt = Moment(unixSeconds: 0)
        lastAtText = Array(lastAt.description.utf8)
    }

    /// - Precondition: `last` is the last leaf of `frontier`.
    package init(frontier: TreeFrontier, last: LeafHash, at: Moment) {
        self.frontier = frontier
        self.prev = last
        self.lastAt = at
        lastAtText = Array(at.description.utf8)
    }

    package var size: TreeSize { frontier.size }

    package struct TooLong: Error, Hashable, Sendable {
        package let byteCount: Int
    }

    /// Gives the record the next place. A clock that was set back does not go back here.
    package mutating func append(
        _ record: PreparedRecord, at now: Moment
    ) throws(TooLong) -> SequencedEntry {
        if now > lastAt {
            lastAt = now
            lastAtText = Array(now.description.utf8)
        }
        let index = size.nextIndex
        let bytes = (prev ?? .beforeFirst).withUnsafeBytes { prev in
            record.entryBytes(at: lastAtText, prev: prev, seq: index.value)
        }
        guard bytes.count <= Sequencer.longestEntry else {
            throw TooLong(byteCount: bytes.count)
        }
        let leafHash = LeafHash(entry: bytes)
        let completed = frontier.append(leafHash)
        prev = leafHash
        return SequencedEntry(
            index: index, source: record.source, id: record.id, bytes: bytes, leafHash: leafHash,
            subtreeHashes: completed)
    }
}
