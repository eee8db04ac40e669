package import AidRecords
internal import LedgerCore

/// Findings as CSV (RFC 4180, UTF-8 with a byte order mark, without which spreadsheets take it for
/// GBK). A text that a spreadsheet would run as a formula has an apostrophe before it.
package struct FindingTable {
    private let pick: (Words) -> String
    private let isComparing: Bool

    package init(isComparing: Bool, _ pick: @escaping (Words) -> String) {
        self.isComparing = isComparing
        self.pick = pick
    }

    package var head: [UInt8] {
        let names =
            (isComparing ? ["change", "was"] : []) + [
                "id", "rule", "grade", "state", "title", "area", "day", "amountFen", "subjects",
                "entries", "figures", "parameters", "provisions", "department", "next", "notes",
            ]
        return [0xEF, 0xBB, 0xBF] + FindingTable.line(names)
    }

    package func row(
        _ finding: Finding, _ detector: Detector, _ parameters: [String: Int64],
        _ compared: FindingComparison.Compared
    ) -> [UInt8] {
        let figures = finding.figures.filter { $0.value != .null }
            .map { "\($0.id)=\(FindingTable.text($0.plainValue))" }
        let cells =
            (isComparing ? [compared.change.rawValue, was(compared)] : []) + [
                finding.id.description, finding.rule, finding.grade.rawValue,
                finding.state.rawValue, pick(detector.title), finding.area,
                finding.day?.description ?? "",
            ]
        let more = [
            finding.subjects.map { "\($0.type.rawValue)=\($0.text)" }.joined(separator: "; "),
            finding.entries.map(String.init).joined(separator: " "),
            figures.joined(separator: "; "),
            parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: "; "),
            finding.provisions.map { "\($0.rulebook) \($0.rule): \($0.quote)" }
                .joined(separator: "; "),
            detector.department(finding.figures), pick(detector.next),
            FindingTable.text(finding.notes),
        ]
        // The amount is a number and stays one.
        return FindingTable.line(
            cells.map(FindingTable.harmless) + [finding.amount.map(String.init) ?? ""]
                + more.map(FindingTable.harmless))
    }

    private func was(_ compared: FindingComparison.Compared) -> String {
        (compared.earlier.map(compared.finding.was) ?? [])
            .map { "\($0)=\(FindingTable.text($1))" }.joined(separator: "; ")
    }

    private static func text(_ notes: [FindingNote]) -> String {
        notes.map { note in
            let entries = note.entries.map(String.init).joined(separator: " ")
            return "\(note.code.rawValue)=\(entries)"
        }.joined(separator: "; ")
    }

    private static func text(_ value: QueryValue) -> String {
        switch value {
        case .integer(let number): String(number)
        case .text(let text): text
        case .null: ""
        }
    }

    /// Spreadsheets take what begins so for a formula, some also in full width.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    ]

    private static func harmless(_ text: String) -> String {
        let clean = printable(text)
        guard let first = text.unicodeScalars.first else { return clean }
        return formulaStarts.contains(first) ? "'" + clean : clean
    }

    private static func line(_ cells: [String]) -> [UInt8] {
        let quoted = cells.map { cell in
            cell.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
                ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }
        return Array((quoted.joined(separator: ",") + "\r\n").utf8)
    }
}
