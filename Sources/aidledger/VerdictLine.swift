internal import AidRecords
internal import LedgerCore

/// One verdict as a line of JSON, its members in the order of their names.
///
/// Written directly: there may be millions, and Foundation's sorted keys take a millisecond a line.
struct VerdictLine {
    private let row: AnswerRow
    private var bytes: [UInt8] = []

    init(_ row: AnswerRow) { self.row = row }

    static func text(_ row: AnswerRow) -> [UInt8] {
        var line = VerdictLine(row)
        line.write()
        return line.bytes
    }

    private mutating func write() {
        open()
        members(["actualFen", "area", "breach", "breachRule"])
        object(
            "components",
            [
                "basicFen", "hospitalFen", "majorIllnessFen", "medicalAidFen", "secondAidFen",
                "targetedFundFen", "tiltAidFen",
            ])
        members(["expectedFen", "expectedMostFen", "id", "kind"])
        name("layers")
        open()
        member("basic", "basicVerdict")
        member("majorIllness", "majorIllnessVerdict")
        close()
        list("missing", separator: "\n")
        members(["reperformedFen"])
        list("rulebooks", separator: " ")
        list("rules", separator: " ")
        members(["seq", "source", "verdict", "year"])
        close()
        bytes.append(UInt8(ascii: "\n"))
    }

    // MARK: Parts

    private mutating func open() { bytes.append(UInt8(ascii: "{")) }

    private mutating func close() { bytes.append(UInt8(ascii: "}")) }

    private mutating func name(_ name: String) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        CanonicalJSON.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func member(_ name: String, _ column: String) {
        self.name(name)
        switch row.value(column) {
        case .integer(let number): CanonicalJSON.append(number, to: &bytes)
        case .text(let text): CanonicalJSON.append(text, to: &bytes)
        case .null: bytes.append(contentsOf: "null".utf8)
        }
    }

    private mutating func members(_ columns: [String]) {
        for column in columns { member(column, column) }
    }

    private mutating func object(_ name: String, _ columns: [String]) {
        self.name(name)
        open()
        members(columns)
        close()
    }

    private mutating func list(_ column: String, separator: Character) {
        name(column)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in row.list(column, by: separator).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
