internal import AidRecords

/// Reads the members of a detector's head.
struct HeadReader {
    let catalogue: KindCatalogue

    func one<Code: RawRepresentable & CaseIterable>(
        of type: Code.Type, _ place: YAMLPlace
    ) throws -> Code where Code.RawValue == String {
        let text = try place.text()
        guard let code = Code(rawValue: text) else {
            let known = Code.allCases.map(\.rawValue).joined(separator: ", ")
            throw place.fail("`\(text)` is not known here (known are: \(known))")
        }
        return code
    }

    func id(_ place: YAMLPlace) throws -> String {
        let id = try place.text()
        let isName = id.utf8.allSatisfy { HeadReader.isLetter($0) || HeadReader.isDigit($0) }
        guard isName, (1...16).contains(id.utf8.count),
            id.utf8.first.map(HeadReader.isLetter) == true
        else {
            throw place.fail("`\(id)` is no id: a letter, then letters and digits, 16 at most")
        }
        return id
    }

    func words(_ place: YAMLPlace) throws -> Words {
        _ = try place.members(allowed: ["zh", "en"])
        return try place.words()
    }

    func grades(_ place: YAMLPlace) throws -> [Detector.Grade] {
        let grades = try distinct(place) { try one(of: Detector.Grade.self, $0) }
        guard !grades.isEmpty else { throw place.fail("at least one grade is needed") }
        guard grades == grades.sorted() else { throw place.fail("the worst grade comes first") }
        return grades
    }

    func distinct<Item: Hashable>(
        _ place: YAMLPlace, _ read: (YAMLPlace) throws -> Item
    ) throws -> [Item] {
        var seen: Set<Item> = []
        return try place.items().map { item in
            let value = try read(item)
            guard seen.insert(value).inserted else {
                throw item.fail("`\(try item.text())` stands here twice")
            }
            return value
        }
    }

    func ruleID(_ place: YAMLPlace) throws -> String {
        let id = try place.text()
        guard !id.isEmpty, !id.contains(where: \.isWhitespace) else {
            throw place.fail("`\(id)` is no rule's id")
        }
        return id
    }

    func kind(_ place: YAMLPlace) throws -> String {
        let name = try place.text()
        guard catalogue.kind(name) != nil else {
            throw place.fail("there is no kind `\(name)` in ledger/kinds")
        }
        return name
    }

    func code(_ place: YAMLPlace, _ list: String) throws -> String {
        let text = try place.text()
        guard let codes = catalogue.codes[list] else { return text }
        guard codes.contains(text) else {
            throw place.fail("`\(text)` is not a code of `\(list)` in ledger/kinds/codes.yaml")
        }
        return text
    }

    // MARK: Parameters

    func parameters(_ place: YAMLPlace) throws -> [Detector.Parameter] {
        try place.members().map { name, item in
            guard HeadReader.isName(name), name != "ledger" else {
                throw item.fail("`\(name)` cannot be a parameter's name")
            }
            _ = try item.members(allowed: ["default", "unit", "source", "zh", "en"])
            let source = try item.required("source").text()
            return Detector.Parameter(
                name: name, value: try item.required("default").integer(),
                unit: try one(of: Detector.Parameter.Unit.self, item.required("unit")),
                rule: source == "auditors-default" ? nil : source, words: try item.words())
        }
    }

    // MARK: Columns

    func column(_ place: YAMLPlace) throws -> Detector.Column {
        let name = try place.text()
        guard HeadReader.isName(name) else { throw place.fail("`\(name)` is no column's name") }
        return Detector.Column(name: name, line: place.line, column: place.column)
    }

    func columns(_ place: YAMLPlace) throws -> [Detector.Column] {
        let columns = try place.items().map { try column($0) }
        guard !columns.isEmpty else { throw place.fail("at least one column is needed") }
        for (index, column) in columns.enumerated()
        where columns[..<index].contains(where: { $0.name == column.name }) {
            throw DeclarationError(
                file: place.file, line: column.line, column: column.column,
                reason: "`\(column.name)` stands here twice")
        }
        return columns
    }

    func subjects(_ place: YAMLPlace) throws -> [Detector.Subject] {
        let allowed = Set(Detector.SubjectType.allCases.map(\.rawValue))
        return try place.members(allowed: allowed).flatMap { name, item -> [Detector.Subject] in
            guard let type = Detector.SubjectType(rawValue: name) else { return [] }
            let columns = item.isScalar ? [try column(item)] : try columns(item)
            return columns.map { Detector.Subject(type: type, column: $0) }
        }
    }

    func figures(_ place: YAMLPlace) throws -> [Detector.Figure] {
        var seen: Set<String> = []
        let figures = try place.items().map { item in
            _ = try item.members(
                allowed: ["id", "type", "by", "types", "codes", "values", "zh", "en"])
            let column = try column(item.required("id"))
            guard seen.insert(column.name).inserted else {
                throw item.fail("`\(column.name)` stands here twice")
            }
            let type = try typing(item)
            try checkCodes(item, type)
            return Detector.Figure(
                column: column, type: type,
                codes: try item.member("codes").map { try codeList($0) },
                values: try item.member("values").map { try codeWords($0) } ?? [:],
                words: try item.words())
        }
        let codes = Set(figures.filter { $0.type == .one(.code) }.map(\.column.name))
        for case .byCode(let by, _) in figures.map(\.type) where !codes.contains(by.name) {
            throw DeclarationError(
                file: place.file, line: by.line, column: by.column,
                reason: "`\(by.name)` is no figure of type `code` of this head")
        }
        return figures
    }

    /// `type`, or `by` and `types`.
    private func typing(_ figure: YAMLPlace) throws -> Detector.Figure.Typing {
        guard let by = figure.member("by") else {
            if let place = figure.member("types") {
                throw place.fail("`types` goes with `by`, which names the column of their codes")
            }
            return .one(try one(of: Detector.FigureType.self, figure.required("type")))
        }
        if let place = figure.member("type") {
            throw place.fail("a figure has `type`, or `by` and `types`, not both")
        }
        let types = try figure.required("types").members().map { name, place in
            (name, try one(of: Detector.FigureType.self, place))
        }
        return .byCode(of: try column(by), Dictionary(uniqueKeysWithValues: types))
    }

    /// Codes have their words from a list or from the head.
    private func checkCodes(_ figure: YAMLPlace, _ type: Detector.Figure.Typing) throws {
        if let place = figure.member("codes") ?? figure.member("values"), type != .one(.code) {
            throw place.fail("only a figure of type `code` has words for its values")
        }
        if figure.member("codes") != nil, let place = figure.member("values") {
            throw place.fail("a figure has `codes` or `values`, not both")
        }
    }

    private func codeList(_ place: YAMLPlace) throws -> String {
        let name = try place.text()
        guard catalogue.codes[name] != nil else {
            throw place.fail("there is no list `\(name)` in ledger/kinds/codes.yaml")
        }
        return name
    }

    private func codeWords(_ place: YAMLPlace) throws -> [String: Words] {
        let values = try place.members()
        guard !values.isEmpty else { throw place.fail("at least one code is needed") }
        return try Dictionary(uniqueKeysWithValues: values.map { ($0.name, try words($0.place)) })
    }

    // MARK: Names

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.first.map(isLetter) == true
            && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }
}
