internal import AidRecords
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

/// What the comparison of a ledger with another copy came to, for people and for programs.
struct ComparisonTelling {
    let comparison: LedgerComparison
    let verification: Verification
    let ledger: String
    let other: OtherCopy

    private static let mostTold = 20

    private var judgement: PartingJudgement? {
        guard case .part(let parting) = comparison.outcome else { return nil }
        return PartingJudgement(parting, common: comparison.common, verification)
    }

    /// The sentence first.
    var lines: [String] {
        let common = grouped(comparison.common)
        switch comparison.outcome {
        case .same:
            return ["same: \(ledger) and \(other.path) have the same \(common) entries"]
        case .prefix: return prefixLines
        case .extends:
            let more = grouped(comparison.entries - comparison.common)
            return [
                "extension: \(ledger) begins with the \(common) entries of \(other.path) "
                    + "and has \(more) more"
            ]
        case .part(let parting):
            return lines(
                parting, PartingJudgement(parting, common: comparison.common, verification))
        case .otherLedger(let origin):
            return ["ANOTHER LEDGER: \(other.path) is of \(origin)"]
        }
    }

    // MARK: One the beginning of the other

    private var prefixLines: [String] {
        let more = grouped(comparison.otherEntries - comparison.common)
        let are =
            "the \(grouped(comparison.common)) entries of \(ledger) are the first of "
            + "\(other.path), which has \(more) more"
        var lines: [String]
        if verification.countsMore {
            lines = ["TRUNCATED: \(are); its own head or checkpoints count more than it has"]
        } else if verification.isWhole {
            lines = ["ROLLED BACK, unless it is meant to be an older copy: \(are)"]
        } else {
            lines = ["prefix: \(are)"]
        }
        if let head = verification.head, verification.isWhole || verification.countsMore {
            lines.append(
                PartingText.line(
                    "last head to trust",
                    "\(grouped(head.size.value)) entries, root hash \(head.rootHash.hex)"))
        }
        return lines
    }

    private var prefixEvents: [LedgerEvent] {
        verification.countsMore ? [.truncated] : verification.isWhole ? [.rolledBack] : []
    }

    // MARK: Two that part

    private func lines(
        _ parting: LedgerComparison.Parting, _ judgement: PartingJudgement
    ) -> [String] {
        let text = PartingText(
            comparison: comparison, parting: parting, judgement: judgement, ledger: ledger,
            other: other.path)
        let isMirrored = judgement.altered == .other
        let table = SideBySide(here: ledger, there: other.path, isMirrored: isMirrored)
        let told = parting.changes.listed.prefix(ComparisonTelling.mostTold)
        let more = parting.changes.tally.changes - Int64(told.count)
        return text.lines + table.lines(Array(told))
            + (more > 0 ? ["  … and \(grouped(more)) more (--json lists a thousand)"] : [])
    }

    // MARK: For programs

    var json: [String: Any] {
        var object: [String: Any] = [
            "other": other.path, "otherOrigin": other.origin, "outcome": outcome,
            "commonEntries": comparison.common, "otherEntries": comparison.otherEntries,
        ]
        if case .prefix = comparison.outcome {
            object["events"] = prefixEvents.map(\.rawValue)
        }
        if case .part(let parting) = comparison.outcome, let judgement {
            object.merge(json(parting, judgement)) { first, _ in first }
        }
        return object
    }

    private var outcome: String {
        switch comparison.outcome {
        case .same: "same"
        case .prefix: "prefix"
        case .extends: "extension"
        case .part: "part"
        case .otherLedger: "other-ledger"
        }
    }

    private func json(
        _ parting: LedgerComparison.Parting, _ judgement: PartingJudgement
    ) -> [String: Any] {
        let tally = judgement.tally
        var object: [String: Any] = [
            "seq": parting.seq,
            "events": judgement.events.map(\.rawValue),
            "lastTrusted": [
                "size": judgement.common.size.value,
                "rootHash": judgement.common.rootHash.hex,
            ],
            "counts": [
                "edited": tally.edited, "inserted": tally.inserted, "deleted": tally.deleted,
                "reordered": tally.reordered, "recorded-at": tally.recordedAt,
                "only-here": tally.onlyHere, "only-there": tally.onlyThere,
                "re-hashed": tally.rehashed,
            ],
            "changes": parting.changes.listed.map {
                json($0, isMirrored: judgement.altered == .other)
            },
            "agreeWithLedgerOnly": judgement.forLedger.map(\.name),
            "agreeWithOtherOnly": judgement.forOther.map(\.name),
            "bothSigned": judgement.areBothSigned,
            "otherIsWhole": parting.other.isWhole,
        ]
        object["here"] = parting.here.map(json)
        object["there"] = parting.there.map(json)
        object["altered"] = judgement.altered?.rawValue
        object["trustedCheckpoint"] = judgement.trusted.map(ConclusionTelling.json)
        object["rehashed"] = parting.changes.rehashed.map {
            ["first": $0.lowerBound, "last": $0.upperBound]
        }
        return object
    }

    private func json(_ change: LedgerChange, isMirrored: Bool) -> [String: Any] {
        var object: [String: Any] = [
            "changes": change.kinds.map { (isMirrored ? $0.mirrored : $0).rawValue }
        ]
        object["here"] = change.here.map(json)
        object["there"] = change.there.map(json)
        object["differences"] = change.members?.map { member in
            var object: [String: Any] = ["path": String(member.path.dropFirst())]
            object["here"] = member.here
            object["there"] = member.there
            return object
        }
        return object
    }

    private func json(_ version: LedgerChange.Version) -> [String: Any] {
        var object: [String: Any] = [
            "seq": version.seq, "leafHash": version.leafHash.hex,
            "fitsStoredHash": version.fitsStoredHash,
        ]
        object["kind"] = version.content?.kind
        object["source"] = version.content?.source
        object["id"] = version.content?.id
        return object
    }
}
