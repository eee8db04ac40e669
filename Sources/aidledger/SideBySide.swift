internal import AidRecords
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite

/// Entries in which two copies of a ledger differ, both versions beside each other.
struct SideBySide {
    /// What the two copies are called.
    let here: String
    let there: String
    /// Whether "put in" and "taken out" are said of the other copy.
    let isMirrored: Bool

    private static let valueWidth = 36

    func lines(_ changes: [LedgerChange]) -> [String] {
        changes.flatMap { [head($0)] + details($0).map { "    \($0)" } }
    }

    private func head(_ change: LedgerChange) -> String {
        let kinds = change.kinds.map { words(isMirrored ? $0.mirrored : $0) }
        let content = change.here?.content ?? change.there?.content
        let name = content.map { "\($0.kind)  \($0.source) / \($0.id)" } ?? "unreadable bytes"
        let number: String
        switch (change.here?.seq, change.there?.seq) {
        case (let one?, let other?) where one != other:
            number = "entry \(one) in \(here), \(other) in \(there)"
        case (let one?, nil): number = "entry \(one) in \(here) only"
        case (nil, let other?): number = "entry \(other) in \(there) only"
        case (let one, _): number = "entry \(one ?? 0)"
        }
        return "  \(number): \(kinds.joined(separator: ", ")): \(printable(name))"
    }

    private func words(_ kind: LedgerChange.Kind) -> String {
        switch kind {
        case .edited: "changed"
        case .inserted: "put in"
        case .deleted: "taken out"
        case .reordered: "moved"
        case .recordedAt: "recorded at another time"
        case .onlyHere, .onlyThere: "after what both have"
        }
    }

    private func details(_ change: LedgerChange) -> [String] {
        var lines: [String] = []
        for (version, path) in [(change.here, here), (change.there, there)] {
            if let version, !version.fitsStoredHash {
                lines.append("the bytes in \(path) do not have the leaf hash stored with them")
            }
        }
        guard change.here != nil, change.there != nil else { return lines }
        guard let members = change.members else {
            return lines + ["the bytes in one of the copies are no JSON object"]
        }
        if members.isEmpty {
            return change.kinds.contains(.edited)
                ? lines + ["the same members and values, written in another form"] : lines
        }
        return lines + table(members)
    }

    private func table(_ members: [RecordDifference.Member]) -> [String] {
        let rows = members.prefix(20).map { member in
            let name = SideBySide.shortened(String(member.path.dropFirst()))
            return [
                name, SideBySide.value(member.here, member.path),
                SideBySide.value(member.there, member.path),
            ]
        }
        let head = ["", SideBySide.shortened(here), SideBySide.shortened(there)]
        let widths = (0...1).map { column in
            ([head] + rows).map { terminalWidth(of: $0[column]) }.max() ?? 0
        }
        let lines = ([head] + rows).map { row in
            (0...1).map { column in
                let gap = max(widths[column] - terminalWidth(of: row[column]), 0)
                return row[column] + String(repeating: " ", count: gap)
            }.joined(separator: "  ") + "  " + row[2]
        }
        let more = members.count - rows.count
        return lines + (more > 0 ? ["… and \(grouped(more)) more members"] : [])
    }

    /// Amounts also in yuan.
    private static func value(_ text: String?, _ path: String) -> String {
        guard let text else { return "–" }
        if path.hasSuffix("Fen"), let fen = Int64(text) { return "\(fen) (\(Fen(fen)) 元)" }
        return shortened(text)
    }

    /// Long texts without their middle.
    static func shortened(_ text: String) -> String {
        let text = Array(printable(text))
        guard text.count > valueWidth else { return String(text) }
        let half = (valueWidth - 1) / 2
        return String(text.prefix(half)) + "…" + String(text.suffix(half))
    }
}
