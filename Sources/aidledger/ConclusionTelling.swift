internal import AidRecords
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

/// What the checkpoints show of a ledger, for people and for programs.
struct ConclusionTelling {
    let verification: Verification
    /// Whether the entries were compared with those of another copy that parts from the ledger:
    /// then that names what happened, and here only the checkpoints are told.
    let isCompared: Bool

    private var conclusion: CheckpointConclusion { verification.conclusion }

    /// Nothing where all checkpoints agree with the ledger and with each other.
    var lines: [String] {
        let conclusion = conclusion
        guard
            !conclusion.contradictions.isEmpty
                || verification.verdicts.contains(where: { $0.standing != .holds })
        else { return [] }
        var lines = conclusion.events.filter { $0 == .forked || !isCompared }
            .flatMap { sentences($0, conclusion) }
        if !isCompared { lines.append(PartingText.line("last head to trust", trusted(conclusion))) }
        for verdict in verification.verdicts where verdict.isKeptElsewhere {
            lines.append(PartingText.line(verdict.name, ConclusionTelling.standing(verdict)))
        }
        if conclusion.events.contains(.rehashed), !isCompared {
            lines.append("  which entries they are only another copy tells (--against COPY)")
        }
        return lines
    }

    private func trusted(_ conclusion: CheckpointConclusion) -> String {
        conclusion.trusted.map {
            "\(ConclusionTelling.words($0)): root hash \($0.head.rootHash.hex)"
        } ?? "none: no checkpoint of fewer entries than were altered is at hand"
    }

    private func sentences(
        _ event: LedgerEvent, _ conclusion: CheckpointConclusion
    ) -> [String] {
        let name = PartingText.name(event)
        let there = "\(grouped(verification.entries)) entries are there"
        switch event {
        case .forked:
            return forked(conclusion).map { "\(name): \($0)" }
        case .truncated:
            let counted = max(
                verification.headSize, conclusion.smallestBeyond?.size ?? 0, verification.entries)
            return ["\(name): \(grouped(counted)) entries were recorded, and \(there)"]
        case .rolledBack:
            return [
                "\(name): \(conclusion.smallestBeyond.map(ConclusionTelling.words) ?? "more") were "
                    + "signed; \(there), and chain, tree and head fit them"
            ]
        case .rehashed: return [rehashed(conclusion)]
        case .edited, .inserted, .deleted, .reordered, .recordedAt: return []
        }
    }

    private func forked(_ conclusion: CheckpointConclusion) -> [String] {
        if conclusion.contradictions.isEmpty, let one = conclusion.signedAnew,
            let other = conclusion.smallestThatDiffers
        {
            return [
                "\(ConclusionTelling.words(one)) agrees with the ledger, and "
                    + "\(ConclusionTelling.words(other)) does not: the ledger's key has signed two "
                    + "histories; keep both"
            ]
        }
        return conclusion.contradictions.map {
            "\($0.one) and \($0.other) are both signed with the ledger's key, for "
                + "\(grouped($0.size)) entries and with different root hashes; they are the "
                + "evidence: keep both"
        }
    }

    private func rehashed(_ conclusion: CheckpointConclusion) -> String {
        let size = conclusion.smallestThatDiffers?.size ?? verification.entries
        let first = conclusion.trusted.flatMap { $0.isKeptElsewhere ? $0.size : nil } ?? 0
        let range =
            first == size - 1
            ? "entry \(first)" : "entries \(first)–\(size - 1)"
        let signed =
            conclusion.signedAnew.map { "; \($0.name) was signed for what is there now" } ?? ""
        return "\(PartingText.name(.rehashed)): among \(range) something was edited, inserted, "
            + "deleted, reordered or entered anew, and everything after it was hashed anew, so "
            + "that the ledger fits itself\(signed)"
    }

    /// `1,057 entries (c1.txt, kept elsewhere)`
    static func words(_ verdict: CheckpointVerdict) -> String {
        let keeper = verdict.isKeptElsewhere ? "kept elsewhere" : "held by the ledger alone"
        return "\(grouped(verdict.size)) entries (\(verdict.name), \(keeper))"
    }

    private static func standing(_ verdict: CheckpointVerdict) -> String {
        switch verdict.standing {
        case .holds: "agrees (\(grouped(verdict.size)) entries)"
        case .differs: "DOES NOT AGREE (\(grouped(verdict.size)) entries)"
        case .beyond: "counts \(grouped(verdict.size)) entries, more than there are"
        }
    }

    // MARK: For programs

    static func json(_ verdict: CheckpointVerdict) -> [String: Any] {
        [
            "name": verdict.name, "keptElsewhere": verdict.isKeptElsewhere, "size": verdict.size,
            "rootHash": verdict.head.rootHash.hex, "standing": verdict.standing.rawValue,
        ]
    }

    var json: [String: Any] {
        let conclusion = conclusion
        var object: [String: Any] = [
            "events": conclusion.events.map(\.rawValue),
            "checkpoints": verification.verdicts.map(ConclusionTelling.json),
            "contradictions": conclusion.contradictions.map {
                ["size": $0.size, "names": [$0.one, $0.other]] as [String: Any]
            },
        ]
        object["lastTrusted"] = conclusion.trusted.map(ConclusionTelling.json)
        if let differing = conclusion.smallestThatDiffers {
            let first = conclusion.trusted.flatMap { $0.isKeptElsewhere ? $0.size : nil } ?? 0
            object["firstChange"] = ["from": first, "to": differing.size - 1]
        }
        return object
    }
}
