package import LedgerCore
package import TransparencyLog

/// What happened to two copies of a ledger that part, and how it is known.
package struct PartingJudgement: Sendable {
    package enum Side: String, Sendable {
        case ledger, other
    }

    /// Which of the two was altered; nil where nothing tells.
    package let altered: Side?
    /// Seen from the altered copy; from the ledger where that is not known.
    package let tally: ChangeTally
    package let events: [LedgerEvent]
    /// The beginning that both copies have.
    package let common: TreeHead
    /// The greatest checkpoint of that beginning; one kept elsewhere before one that is stored.
    package let trusted: CheckpointVerdict?
    /// Checkpoints kept elsewhere, of more than the beginning, that agree with one copy alone.
    package let forLedger: [CheckpointVerdict]
    package let forOther: [CheckpointVerdict]
    /// The greatest checkpoints that either copy holds of its own history after the beginning.
    package let storedHere: CheckpointVerdict?
    package let storedThere: Checkpoint?

    package init(_ parting: LedgerComparison.Parting, common: Int64, _ verification: Verification) {
        let later = verification.verdicts.filter { $0.size > common }
        let given = later.filter(\.isKeptElsewhere)
        let agreesThere = { (verdict: CheckpointVerdict) in
            parting.other.roots[verdict.size] == verdict.head.rootHash
        }
        forLedger = given.filter { $0.standing == .holds && !agreesThere($0) }
        forOther = given.filter { $0.standing != .holds && agreesThere($0) }
        let isOtherWhole = parting.other.isWhole
        altered = PartingJudgement.altered(
            byCheckpoint: (!forOther.isEmpty, !forLedger.isEmpty),
            byBreak: (!verification.isWhole, !isOtherWhole))
        let isOther = altered == .other
        tally = isOther ? parting.changes.tally.mirrored : parting.changes.tally
        events = tally.events(
            isWhole: isOther ? isOtherWhole : verification.isWhole,
            countsMore: !isOther && verification.countsMore)
        self.common = TreeHead(
            size: TreeSize(common), rootHash: parting.other.roots[common] ?? .ofEmptyTree)
        trusted =
            CheckpointConclusion(
                verification.verdicts.filter { $0.size <= common && $0.standing == .holds },
                isWhole: true, entries: common, headSize: common
            ).trusted
        storedHere = later.filter { !$0.isKeptElsewhere && $0.standing == .holds }
            .max { $0.size < $1.size }
        storedThere = parting.other.signed.flatMap { $0.size.value > common ? $0 : nil }
    }

    /// What somebody else keeps tells first; then which of the two does not fit itself.
    private static func altered(
        byCheckpoint: (ledger: Bool, other: Bool), byBreak: (ledger: Bool, other: Bool)
    ) -> Side? {
        for evidence in [byCheckpoint, byBreak] where evidence.ledger != evidence.other {
            return evidence.ledger ? .ledger : .other
        }
        return nil
    }

    /// Whether the ledger's key has signed both histories: then whoever holds it, not somebody
    /// with the file alone, made one of them.
    package var areBothSigned: Bool {
        (storedHere != nil || !forLedger.isEmpty) && (storedThere != nil || !forOther.isEmpty)
    }
}

extension Verification {
    /// Whether the ledger's own head or checkpoints count more entries than it has.
    package var countsMore: Bool {
        headSize > entries
            || verdicts.contains { !$0.isKeptElsewhere && $0.standing == .beyond }
    }
}
