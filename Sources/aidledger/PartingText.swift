internal import AidRecords
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

/// Says what happened to two copies of a ledger that part: one sentence that names it, then what
/// can be trusted, then how it is known.
struct PartingText {
    let comparison: LedgerComparison
    let parting: LedgerComparison.Parting
    let judgement: PartingJudgement
    let ledger: String
    let other: String

    private var isMirrored: Bool { judgement.altered == .other }
    /// The copy that is told of, and the one that it is held against.
    private var subject: String { isMirrored ? other : ledger }
    private var original: String { isMirrored ? ledger : other }

    static func line(_ name: String, _ text: String) -> String {
        "  \(name)\(String(repeating: " ", count: max(20 - name.count, 1)))\(text)"
    }

    var lines: [String] {
        var lines = [sentence, PartingText.line("last head to trust", trusted)]
        if let checkpoint = judgement.trusted {
            lines.append(
                PartingText.line("", "the first \(ConclusionTelling.words(checkpoint)) were signed")
            )
        }
        lines.append(PartingText.line("which was altered", whichWasAltered))
        if judgement.areBothSigned {
            lines.append(
                PartingText.line("signed twice", "the ledger's key has signed both histories"))
        }
        if let range = parting.changes.rehashed {
            let last =
                range.count == 1
                ? "entry \(range.lowerBound)"
                : "entries \(range.lowerBound)–\(range.upperBound)"
            lines.append(
                PartingText.line(
                    "hashed anew", "\(last) of \(ledger): the same content under other hashes"))
        }
        lines.append(PartingText.line("entries", counts))
        return lines
    }

    // MARK: The sentence

    private var sentence: String {
        let names = judgement.events.map(PartingText.name)
        let title = PartingText.list(names)
        if judgement.tally.isFork {
            return "\(title): from entry \(parting.seq) on, \(ledger) and \(other) go on "
                + "differently, each with entries of its own"
        }
        let clauses = judgement.events.map(clause)
        return "\(title.isEmpty ? "DIFFERENT" : title): in \(subject), "
            + (clauses.isEmpty
                ? "the bytes differ from entry \(parting.seq) on"
                : PartingText.list(clauses))
    }

    private static func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        let and = last.first?.isUppercase == true ? " AND " : ", and "
        return parts.dropLast().joined(separator: ", ") + and + last
    }

    static func name(_ event: LedgerEvent) -> String {
        switch event {
        case .edited: "EDITED"
        case .inserted: "INSERTED"
        case .deleted: "DELETED"
        case .reordered: "REORDERED"
        case .recordedAt: "RECORDED AT ANOTHER TIME"
        case .truncated: "TRUNCATED"
        case .rolledBack: "ROLLED BACK"
        case .forked: "FORKED"
        case .rehashed: "RE-HASHED"
        }
    }

    private func clause(_ event: LedgerEvent) -> String {
        let tally = judgement.tally
        switch event {
        case .edited: return "\(entries(tally.edited, .edited)) changed"
        case .inserted: return "\(entries(tally.inserted, .inserted)) put in"
        case .deleted:
            let (count, kind) = (tally.deleted, LedgerChange.Kind.deleted)
            return "\(entries(count, kind, of: " of \(original)")) taken out"
        case .reordered: return "\(entries(tally.reordered, .reordered)) moved"
        case .recordedAt: return "\(entries(tally.recordedAt, .recordedAt)) recorded anew"
        case .truncated:
            return
                "the last \(grouped(tally.onlyThere)) of \(original) are missing, though its own "
                + "head or checkpoints count them"
        case .rolledBack:
            return "the last \(grouped(tally.onlyThere)) of \(original) are missing"
        case .forked: return "after what both have each goes on with entries of its own"
        case .rehashed:
            return "everything from entry \(parting.seq) on was hashed anew"
        }
    }

    /// `entry 120 was`, or how many were.
    private func entries(_ count: Int64, _ kind: LedgerChange.Kind, of owner: String = "") -> String
    {
        let kind = isMirrored ? kind.mirrored : kind
        let change = parting.changes.listed.first { $0.kinds.contains(kind) }
        let (one, two) = (change?.here?.seq, change?.there?.seq)
        guard count == 1, let seq = isMirrored ? two ?? one : one ?? two else {
            return "\(grouped(count)) entries\(owner) were"
        }
        return "entry \(seq)\(owner) was"
    }

    // MARK: How it is known

    private var trusted: String {
        let head = judgement.common
        guard head.size > .zero else { return "none: the two have no entry in common" }
        return "\(grouped(head.size.value)) entries, root hash \(head.rootHash.hex): "
            + "the beginning that both have"
    }

    private var whichWasAltered: String {
        if let one = judgement.forOther.last, let two = judgement.forLedger.last {
            return "\(one.name) agrees with \(other) alone, \(two.name) with \(ledger) alone: "
                + "the ledger's key signed both"
        }
        if let checkpoint = judgement.forOther.last {
            return "\(ledger): \(checkpoint.name) agrees with \(other) and not with it"
        }
        if let checkpoint = judgement.forLedger.last {
            return "\(other): \(checkpoint.name) agrees with \(ledger) and not with it"
        }
        switch judgement.altered {
        case .ledger: return "\(ledger): its own hashes do not fit, while those of \(other) do"
        case .other:
            let place = parting.other.fault.map { " (from entry \($0) on)" } ?? ""
            return "\(other): its own hashes do not fit\(place), while those of \(ledger) do"
        case nil:
            return "not known: a checkpoint of more than \(grouped(comparison.common)) entries, "
                + "kept elsewhere, would tell (--checkpoint FILE)"
        }
    }

    private var counts: String {
        let tally = judgement.tally
        let parts = [
            (tally.edited, "changed"), (tally.inserted, "put in"), (tally.deleted, "taken out"),
            (tally.reordered, "moved"), (tally.recordedAt, "recorded at another time"),
            (tally.onlyHere, "at the end of \(subject) alone"),
            (tally.onlyThere, "at the end of \(original) alone"),
        ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
        return parts.isEmpty ? "none that says something else" : parts.joined(separator: ", ")
    }
}
