/// What can have been done to a ledger. The names are those of `verify --json`.
package enum LedgerEvent: String, Sendable, CaseIterable {
    /// An entry says something else.
    case edited
    /// An entry was put in between others.
    case inserted
    /// An entry was taken out from between others.
    case deleted
    /// Entries stand in another order.
    case reordered
    /// Entries say the same and bear another time of recording.
    case recordedAt = "recorded-at"
    /// The end is missing, and the ledger itself still counts it.
    case truncated
    /// The end is missing, and only what was kept elsewhere shows it.
    case rolledBack = "rolled-back"
    /// Two histories that share a beginning went on by themselves.
    case forked
    /// Chain and tree were made anew, so that the ledger is whole in itself.
    case rehashed = "re-hashed"
}

/// How many entries of two copies of a ledger differ in which way, after the beginning that they
/// share. All is seen from one copy, "here".
package struct ChangeTally: Hashable, Sendable {
    package var edited: Int64 = 0
    package var inserted: Int64 = 0
    package var deleted: Int64 = 0
    package var reordered: Int64 = 0
    package var recordedAt: Int64 = 0
    /// Those after the last that both have.
    package var onlyHere: Int64 = 0
    package var onlyThere: Int64 = 0
    /// Those that are the same to the last byte.
    package var unchanged: Int64 = 0
    /// Those of the others that both have and that bear the same time of recording.
    package var keptTime: Int64 = 0
    /// Those that both have and whose link or number differs.
    package var rehashed: Int64 = 0

    package init() {}

    /// All that is told one by one.
    package var changes: Int64 {
        edited + inserted + deleted + reordered + recordedAt + onlyHere + onlyThere
    }

    /// Seen from the other copy.
    package var mirrored: ChangeTally {
        var result = self
        (result.inserted, result.deleted) = (deleted, inserted)
        (result.onlyHere, result.onlyThere) = (onlyThere, onlyHere)
        return result
    }

    /// Whether each went on by itself after what they share: both have entries of their own, and
    /// what else they have in common was recorded by each at its own time.
    package var isFork: Bool {
        unchanged == 0 && keptTime == 0 && inserted + onlyHere > 0 && deleted + onlyThere > 0
    }

    /// What was done to the copy that all is seen from, the other being the original.
    /// - Parameters:
    ///   - isWhole: whether chain and tree of the copy fit its entries.
    ///   - countsMore: whether its own head or checkpoints count more entries than it has.
    package func events(isWhole: Bool, countsMore: Bool) -> [LedgerEvent] {
        if isFork { return [.forked] }
        var events: [LedgerEvent] = []
        for (count, event) in [
            (edited, LedgerEvent.edited), (inserted, .inserted), (deleted, .deleted),
            (reordered, .reordered), (recordedAt, .recordedAt),
        ] where count > 0 { events.append(event) }
        if onlyThere > 0 {
            events.append(onlyHere > 0 ? .forked : countsMore ? .truncated : .rolledBack)
        }
        if isRehashed(isWhole: isWhole) { events.append(.rehashed) }
        return events
    }

    /// Where nothing follows a change that could have been hashed anew, the head was.
    private func isRehashed(isWhole: Bool) -> Bool {
        rehashed > 0
            || isWhole && unchanged == 0
                && edited + inserted + deleted + reordered + recordedAt > 0
    }
}
