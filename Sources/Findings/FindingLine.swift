package import AidRecords
package import LedgerCore

/// Findings and what came of detectors as lines of JSON, members in the order of their names.
///
/// Written directly: there may be a hundred thousand.
package struct FindingLine {
    private var bytes: [UInt8] = []

    private init() {}

    /// One finding.
    /// - Parameters:
    ///   - pick: gives words in the language wanted.
    ///   - compared: what has become of it since another state, where two are compared.
    package static func text(
        _ finding: Finding, _ detector: Detector, _ parameters: [String: Int64],
        compared: FindingComparison.Compared? = nil, _ pick: (Words) -> String
    ) -> [UInt8] {
        var line = FindingLine()
        line.open("{")
        line.member("amountFen", finding.amount)
        line.member("area", finding.area)
        if let compared { line.member("change", compared.change.rawValue) }
        line.member("day", finding.day?.description)
        line.member("department", detector.department(finding.figures))
        line.list("entries", finding.entries) { $0.value(.integer($1)) }
        line.object("figures", finding.figures.map { ($0.id, $0.plainValue) })
        line.member("grade", finding.grade.rawValue)
        line.member("id", finding.id.description)
        line.member("next", pick(detector.next))
        line.list("notes", finding.notes) { line, note in
            line.open("{")
            line.list("entries", note.entries) { $0.value(.integer($1)) }
            line.member("note", note.code.rawValue)
            line.close("}")
        }
        line.object("parameters", parameters.map { ($0.key, .integer($0.value)) })
        line.list("provisions", finding.provisions) { line, provision in
            line.open("{")
            line.member("quote", provision.quote)
            line.member("rule", provision.rule)
            line.member("rulebook", provision.rulebook)
            line.close("}")
        }
        line.member("rule", finding.rule)
        line.member("state", finding.state.rawValue)
        line.list("subjects", finding.subjects) { line, subject in
            line.open("{")
            line.member("id", subject.text)
            line.member("type", subject.type.rawValue)
            line.close("}")
        }
        line.member("title", pick(detector.title))
        if let earlier = compared?.earlier { line.object("was", finding.was(earlier)) }
        line.close("}")
        return line.bytes + [UInt8(ascii: "\n")]
    }

    /// What came of one detector.
    /// - Parameter isVerified: whether the tables that it read were verified against the entries.
    package static func text(
        _ summary: FindingSummary, _ wording: FigureWording, isVerified: Bool,
        milliseconds: Int64?
    ) -> [UInt8] {
        var line = FindingLine()
        line.open("{")
        line.name("summary")
        line.open("{")
        line.member("amountFen", summary.amount)
        line.member("examined", summary.examined)
        line.member("failure", summary.failure?.description)
        line.object(
            "findings", summary.counts.map { ($0.key.rawValue, .integer(Int64($0.value))) })
        if let milliseconds { line.member("milliseconds", milliseconds) }
        line.list("missing", summary.missing) { line, missing in
            line.open("{")
            line.member("code", missing.code)
            line.member("count", Int64(missing.count))
            line.member("text", LackWording.text(missing.code, wording))
            line.close("}")
        }
        line.member("rule", summary.detector.id)
        line.member("tables", isVerified ? "verified" : "not-verified")
        line.member("title", wording.pick(summary.detector.title))
        line.close("}")
        line.close("}")
        return line.bytes + [UInt8(ascii: "\n")]
    }

    // MARK: Parts

    private mutating func open(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

    private mutating func close(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

    private mutating func name(_ name: String) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        CanonicalJSON.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func value(_ value: QueryValue) {
        switch value {
        case .integer(let number): CanonicalJSON.append(number, to: &bytes)
        case .text(let text): CanonicalJSON.append(text, to: &bytes)
        case .null: bytes.append(contentsOf: "null".utf8)
        }
    }

    private mutating func member(_ name: String, _ number: Int64?) {
        self.name(name)
        value(number.map { .integer($0) } ?? .null)
    }

    private mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        value(text.map { .text($0) } ?? .null)
    }

    private mutating func object(_ name: String, _ members: [(String, QueryValue)]) {
        self.name(name)
        open("{")
        for (name, value) in members.sorted(by: { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) })
        {
            self.name(name)
            self.value(value)
        }
        close("}")
    }

    private mutating func list<Item>(
        _ name: String, _ items: [Item], _ write: (inout FindingLine, Item) -> Void
    ) {
        self.name(name)
        open("[")
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, item)
        }
        close("]")
    }
}

extension Finding {
    /// What was told otherwise of it earlier, by the names of members.
    func was(_ earlier: Finding) -> [(String, QueryValue)] {
        var was: [(String, QueryValue)] = []
        if id != earlier.id { was.append(("id", .text(earlier.id.description))) }
        if grade != earlier.grade { was.append(("grade", .text(earlier.grade.rawValue))) }
        if state != earlier.state { was.append(("state", .text(earlier.state.rawValue))) }
        if amount != earlier.amount {
            was.append(("amountFen", earlier.amount.map { .integer($0) } ?? .null))
        }
        return was
    }
}

extension Finding.FigureValue {
    /// A day as a date, all else as it is.
    package var plainValue: QueryValue {
        guard type == .date, case .integer(let day) = value else { return value }
        return .text(CivilDate(dayNumber: Int(day)).description)
    }
}
