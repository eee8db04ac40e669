internal import AidRecords
internal import LedgerSQLite
internal import TransparencyLog

/// What the comparison of a ledger with another copy came to, for people and for programs.
struct ComparisonTelling {
    let comparison: LedgerComparison
    let ledger: String
    let other: OtherCopy

    /// The sentence first.
    var lines: [String] {
        let common = grouped(comparison.common)
        switch comparison.outcome {
        case .same:
            return ["same: \(ledger) and \(other.path) have the same \(common) entries"]
        case .prefix:
            let more = grouped(comparison.otherEntries - comparison.common)
            return [
                "prefix: the \(common) entries of \(ledger) are the first of \(other.path), "
                    + "which has \(more) more"
            ]
        case .extends:
            let more = grouped(comparison.entries - comparison.common)
            return [
                "extension: \(ledger) begins with the \(common) entries of \(other.path) "
                    + "and has \(more) more"
            ]
        case .part(let parting): return lines(parting)
        case .otherLedger(let origin):
            return ["ANOTHER LEDGER: \(other.path) is of \(origin)"]
        }
    }

    private func lines(_ parting: LedgerComparison.Parting) -> [String] {
        let before =
            parting.seq == 0 ? "they have no entry in common" : "all before it are the same"
        return ["PART AT ENTRY \(parting.seq): \(before)"]
            + lines(parting.here, of: ledger) + lines(parting.there, of: other.path)
    }

    private func lines(_ version: LedgerComparison.Version?, of path: String) -> [String] {
        guard let version else { return ["  \(path): has no such entry, but later ones"] }
        let content = version.content.map { "\($0.kind)  \($0.source) / \($0.id)" }
        return [
            "  \(path): \(content ?? "its bytes cannot be read")",
            "    leaf hash  \(version.leafHash.hex)",
        ]
    }

    var json: [String: Any] {
        var object: [String: Any] = [
            "other": other.path, "otherOrigin": other.origin, "outcome": outcome,
            "commonEntries": comparison.common, "otherEntries": comparison.otherEntries,
        ]
        if case .part(let parting) = comparison.outcome {
            object["seq"] = parting.seq
            object["here"] = parting.here.map(json)
            object["there"] = parting.there.map(json)
        }
        return object
    }

    private var outcome: String {
        switch comparison.outcome {
        case .same: "same"
        case .prefix: "prefix"
        case .extends: "extension"
        case .part: "fork"
        case .otherLedger: "other-ledger"
        }
    }

    private func json(_ version: LedgerComparison.Version) -> [String: Any] {
        var object: [String: Any] = ["leafHash": version.leafHash.hex]
        object["kind"] = version.content?.kind
        object["source"] = version.content?.source
        object["id"] = version.content?.id
        return object
    }
}
