package import TransparencyLog

/// How a ledger stands to a checkpoint whose signature holds.
package struct CheckpointVerdict: Hashable, Sendable {
    package enum Standing: String, Hashable, Sendable {
        /// The first entries are those that were signed.
        case holds
        /// They are others.
        case differs
        /// The ledger has not so many entries.
        case beyond
    }

    package let name: String
    /// Whether it was kept elsewhere, where whoever can write the ledger could not reach it.
    package let isKeptElsewhere: Bool
    package let head: TreeHead
    package let standing: Standing

    package init(name: String, isKeptElsewhere: Bool, head: TreeHead, standing: Standing) {
        self.name = name
        self.isKeptElsewhere = isKeptElsewhere
        self.head = head
        self.standing = standing
    }

    package var size: Int64 { head.size.value }
}

/// What checkpoints show of a ledger, taken together.
package struct CheckpointConclusion: Sendable {
    /// Two checkpoints of one size with different roots, both signed with the ledger's key.
    package struct Contradiction: Hashable, Sendable {
        package let size: Int64
        package let one: String
        package let other: String

        package init(size: Int64, one: String, other: String) {
            self.size = size
            self.one = one
            self.other = other
        }
    }

    package let events: [LedgerEvent]
    /// The greatest checkpoint that agrees, of those that every signed history has in it; one kept
    /// elsewhere weighs more than one that only the ledger itself holds, whatever their sizes.
    package let trusted: CheckpointVerdict?
    /// The smallest that differs: the first change is of an entry below its size, and none below
    /// that of `trusted` if that was kept elsewhere.
    package let smallestThatDiffers: CheckpointVerdict?
    /// The smallest that counts more entries than there are.
    package let smallestBeyond: CheckpointVerdict?
    package let contradictions: [Contradiction]
    /// The greatest that agrees although one of no greater size differs: it was signed for the
    /// history that is there now.
    package let signedAnew: CheckpointVerdict?

    /// - Parameters:
    ///   - isWhole: whether chain and tree fit the entries; where they do not, verifying names
    ///     the entries, and the checkpoints are not asked.
    ///   - headSize: how many entries the ledger's own head counts.
    package init(_ verdicts: [CheckpointVerdict], isWhole: Bool, entries: Int64, headSize: Int64) {
        let smallest = { (standing: CheckpointVerdict.Standing) in
            verdicts.filter { $0.standing == standing }.min { $0.size < $1.size }
        }
        let (differing, beyond) = (smallest(.differs), smallest(.beyond))
        smallestThatDiffers = differing
        smallestBeyond = beyond
        contradictions = CheckpointConclusion.contradictions(verdicts)
        let holding = verdicts.filter { $0.standing == .holds }
        let end = differing?.size ?? .max
        trusted = CheckpointConclusion.greatest(holding.filter { $0.size < end })
        signedAnew = CheckpointConclusion.greatest(holding.filter { $0.size >= end })
        var events: [LedgerEvent] = []
        // What others keep agrees and differs: then not this file, but the log, has two histories.
        let isForkedElsewhere = signedAnew?.isKeptElsewhere == true
        if !contradictions.isEmpty || isForkedElsewhere { events.append(.forked) }
        if beyond != nil {
            let countsMore =
                headSize > entries
                || verdicts.contains { $0.standing == .beyond && !$0.isKeptElsewhere }
            events.append(countsMore || !isWhole ? .truncated : .rolledBack)
        }
        if differing != nil, isWhole, !isForkedElsewhere { events.append(.rehashed) }
        self.events = events
    }

    /// One kept elsewhere first.
    private static func greatest(_ verdicts: [CheckpointVerdict]) -> CheckpointVerdict? {
        verdicts.max {
            ($0.isKeptElsewhere ? 1 : 0, $0.size) < ($1.isKeptElsewhere ? 1 : 0, $1.size)
        }
    }

    /// Of each size, the first checkpoint and the first that says otherwise.
    private static func contradictions(_ verdicts: [CheckpointVerdict]) -> [Contradiction] {
        Dictionary(grouping: verdicts, by: \.size).sorted { $0.key < $1.key }.compactMap {
            size, group in
            guard let one = group.first,
                let other = group.first(where: { $0.head.rootHash != one.head.rootHash })
            else { return nil }
            return Contradiction(size: size, one: one.name, other: other.name)
        }
    }
}
