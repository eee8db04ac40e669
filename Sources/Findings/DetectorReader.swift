package import AidRecords

extension Detector {
    /// Reads a detector's file: the YAML of the first block comment, and where the query begins.
    ///
    /// - Parameters:
    ///   - file: what errors call it.
    ///   - bytes: of the file.
    ///   - catalogue: its kinds and codes are those that the head may name.
    /// - Throws: `DeclarationError` with line, column and reason.
    package init(file: String, bytes: [UInt8], catalogue: KindCatalogue) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DeclarationError(file: file, line: nil, reason: "the file is not UTF-8")
        }
        let parts = try HeadText(file: file, text: text)
        let top = try YAMLPlace(file: file, text: parts.yaml)
        let names = Set(try top.members(allowed: Detector.members).map(\.name))
        let reader = HeadReader(catalogue: catalogue)
        func optional<Value>(
            _ name: String, _ read: (YAMLPlace) throws -> Value
        ) throws -> Value? {
            names.contains(name) ? try read(top.required(name)) : nil
        }
        self.file = file
        self.text = text
        queryLine = parts.queryLine
        id = try reader.id(top.required("id"))
        title = try reader.words(top.required("title"))
        grades = try reader.grades(top.required("grades"))
        method = try reader.one(of: Method.self, top.required("method"))
        why = try reader.words(top.required("why"))
        basis = try reader.distinct(top.required("basis")) { try reader.ruleID($0) }
        isContradiction = try optional("contradiction") { try $0.flag() } ?? false
        examines = try reader.distinct(top.required("examines")) { try reader.kind($0) }
        topics = try optional("topics") { try reader.distinct($0) { try $0.text() } } ?? []
        asks =
            try optional("asks") { place in
                try reader.distinct(place) { try reader.code($0, "parameter-name") }
            } ?? []
        parameters = try optional("parameters") { try reader.parameters($0) } ?? []
        exclusions = try reader.words(top.required("exclusions"))
        example = try reader.words(top.required("example"))
        next = try reader.words(top.required("next"))
        department = try reader.code(top.required("department"), "department")
        key = try reader.columns(top.required("key"))
        entries = try reader.columns(top.required("entries"))
        subjects = try optional("subjects") { try reader.subjects($0) } ?? []
        amount = try optional("amount") { try reader.column($0) }
        figures = try optional("figures") { try reader.figures($0) } ?? []
        let departments = figures.filter { $0.codes == "department" }.map(\.column.name)
        departmentBy = try optional("departmentBy") { place in
            let column = try reader.column(place)
            guard departments.contains(column.name) else {
                throw place.fail("`\(column.name)` is no figure with `codes: department`")
            }
            return column
        }
        step = try optional("step") { try reader.one(of: Step.self, $0) }
        if grades.contains(.breach), basis.isEmpty, asks.isEmpty, !isContradiction {
            throw try top.required("grades").fail(
                "grade F rests on a rule (`basis`), on a parameter (`asks`) or on a contradiction")
        }
    }

    private static let members: Set<String> = [
        "id", "title", "grades", "method", "why", "basis", "contradiction", "examines", "topics",
        "asks", "parameters", "exclusions", "example", "next", "department", "departmentBy", "key",
        "entries", "subjects", "amount", "figures", "step",
    ]
}

/// A detector's file taken apart.
private struct HeadText {
    /// As long as the file down to the head's end, all else blank: so places in it are the file's.
    let yaml: String
    let queryLine: Int

    init(file: String, text: String) throws {
        guard let start = text.firstRange(of: "/*"),
            text[..<start.lowerBound].allSatisfy({ $0.isWhitespace || $0 == "\u{FEFF}" })
        else {
            throw DeclarationError(
                file: file, line: 1,
                reason: "a detector begins with its head, a block comment /* … */ of YAML")
        }
        guard let end = text[start.upperBound...].firstRange(of: "*/") else {
            throw DeclarationError(
                file: file, line: HeadText.line(of: start.lowerBound, in: text),
                reason: "the comment with the head is not closed by */")
        }
        let before = text[..<start.upperBound].map { $0.isNewline ? "\n" : " " }.joined()
        yaml = before + text[start.upperBound..<end.lowerBound]
        guard let query = text[end.upperBound...].firstIndex(where: { !$0.isWhitespace }) else {
            throw DeclarationError(
                file: file, line: HeadText.line(of: end.lowerBound, in: text),
                reason: "there is no query after the head")
        }
        queryLine = HeadText.line(of: query, in: text)
    }

    private static func line(of index: String.Index, in text: String) -> Int {
        1 + text[..<index].utf8.count { $0 == UInt8(ascii: "\n") }
    }
}
