internal import AidRecords
package import TransparencyLog

/// The text that departments sign: `ledger/FORMAT.md`, Resolutions.
extension Resolution {
    /// The text of the note.
    /// - Throws: `NoteFormatError` where it would be longer than a note may be.
    package func text() throws(NoteFormatError) -> NoteText {
        try NoteText(lines.map { $0 + "\n" }.joined())
    }

    private var lines: [String] {
        var lines = [Resolution.firstLine]
        func add(_ label: Label, _ value: String) {
            lines.append(label.rawValue + ResolutionValue.escaped(value))
        }
        add(.ledger, origin)
        add(.area, area)
        add(.body, body)
        add(.number, number)
        if let docNo { add(.document, docNo) }
        add(.heldOn, heldOn.description)
        for department in departments { add(.department, department) }
        for attachment in attachments { add(.attachment, attachment) }
        lines.append(Resolution.heading)
        for item in items { lines.append(item.line) }
        return lines
    }

    /// No origin of a ledger has a space, so this never passes for a checkpoint.
    private static let firstLine = "aidledger/1 resolution"
    private static let heading =
        "事项 items: 人员 person, 年度 year, 年度封顶线（元） annual cap (yuan), "
        + "批准的年度总额（元） approved total of the year (yuan)"

    private enum Label: String {
        case ledger = "账本 ledger: "
        case area = "地区 area: "
        case body = "机构 body: "
        case number = "编号 number: "
        case document = "文号 document: "
        case heldOn = "会议日期 held on: "
        case department = "部门 department: "
        case attachment = "附件 attachment: "
    }

    /// Why a text is no resolution's.
    package struct NotAResolution: Error, Hashable, Sendable, CustomStringConvertible {
        /// From 1; nil where no single line is to blame.
        let line: Int?

        package var description: String {
            "it is not the text of a resolution as `aidledger resolution draft` writes it"
                + (line.map { " (line \($0))" } ?? "")
        }
    }

    /// Reads a text. Accepts exactly what `text()` gives.
    package init(parsing text: NoteText) throws(NotAResolution) {
        var rest = text.string.split(separator: "\n", omittingEmptySubsequences: false)[...]
        _ = rest.popLast()
        func fault() -> NotAResolution { NotAResolution(line: rest.startIndex + 1) }
        func take(_ label: Label) -> String? {
            guard let line = rest.first, line.utf8.starts(with: label.rawValue.utf8) else {
                return nil
            }
            rest = rest.dropFirst()
            return ResolutionValue.unescaped(line.utf8.dropFirst(label.rawValue.utf8.count))
        }
        func need(_ label: Label) throws(NotAResolution) -> String {
            guard let value = take(label) else { throw fault() }
            return value
        }
        func takeAll(_ label: Label) -> [String] {
            var values: [String] = []
            while let value = take(label) { values.append(value) }
            return values
        }
        guard rest.popFirst() == Resolution.firstLine[...] else { throw NotAResolution(line: 1) }
        origin = try need(.ledger)
        area = try need(.area)
        body = try need(.body)
        number = try need(.number)
        docNo = take(.document)
        guard let day = CivilDate(try need(.heldOn)) else { throw fault() }
        heldOn = day
        departments = takeAll(.department)
        attachments = takeAll(.attachment)
        guard rest.popFirst() == Resolution.heading[...] else { throw fault() }
        var items: [Item] = []
        while let line = rest.first {
            guard let item = Item(line: line) else { throw fault() }
            items.append(item)
            rest = rest.dropFirst()
        }
        self.items = items
        // One text for each resolution: nothing that is spelt otherwise is taken for it.
        guard (try? self.text()) == text else { throw NotAResolution(line: nil) }
    }
}

extension Resolution.Item {
    /// `<person> <year> <cap> <approved total>`, amounts in yuan.
    fileprivate var line: String {
        let person = ResolutionValue.escaped(person)
        let cap = ResolutionValue.yuan(capFen)
        return "\(person) \(year) \(cap) \(ResolutionValue.yuan(approvedYearTotalFen))"
    }

    fileprivate init?(line: Substring) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 4, let person = ResolutionValue.unescaped(parts[0].utf8),
            let year = Int(parts[1]), let cap = ResolutionValue.fen(parts[2]),
            let total = ResolutionValue.fen(parts[3])
        else { return nil }
        self.init(person: person, year: year, capFen: cap, approvedYearTotalFen: total)
    }
}
