/// Reads the files of `ledger/kinds/` and gives every field its column.
struct KindReader {
    private var codes: [String: CodeList] = [:]
    /// The table that fields are being given columns of, and the lists met on the way.
    private(set) var columns: [ReadModelTable.Column] = []
    private(set) var listTables: [ReadModelTable] = []
    private var tableName = ""
    private var isInsideList = false
    private var isProgram = false

    mutating func readCodes(_ files: [String: String]) throws -> [String: CodeList] {
        let file = "codes.yaml"
        for (name, list) in try place(file, files).members() {
            let codes = try list.members().map { code, place in
                guard !code.isEmpty, code.utf8.allSatisfy(CharacterClass.isPlain) else {
                    throw place.fail("`\(code)`: codes are ASCII without quote and backslash")
                }
                return CodeList.Code(code: code, words: try place.words())
            }
            self.codes[name] = CodeList(name: name, codes: codes)
        }
        return codes
    }

    /// Reads a file that holds `fields` alone: those of the envelope, of a person.
    mutating func readShape(_ file: String, _ files: [String: String]) throws -> ObjectShape {
        columns = []
        listTables = []
        tableName = String(file.prefix { $0 != "." })
        let place = try place(file, files)
        _ = try place.members(allowed: ["about", "fields"])
        return try shape(place, prefix: "", isRequired: true)
    }

    mutating func readKind(_ file: String, _ text: String, ordinal: Int) throws -> Kind {
        let place = try YAMLPlace(file: file, text: text)
        _ = try place.members(allowed: [
            "kind", "group", "title", "about", "program", "exactlyOne", "indexes", "amount",
            "fields",
        ])
        let name = try place.required("kind").text()
        guard file == "\(name).yaml" else { throw place.fail("the file is not named \(name).yaml") }
        guard KindReader.isKindName(name) else {
            throw place.fail("`\(name)`: a kind is called like fund.balance-stated")
        }
        isProgram = try place.member("program")?.flag() ?? false
        columns = KindCatalogue.envelopeColumns
        listTables = []
        tableName = KindReader.tableName(of: name)
        let body = try shape(place, prefix: "", isRequired: true)
        var table = ReadModelTable(name: tableName, columns: columns, isList: false, indexes: [])
        table.indexes = try place.member("indexes")?.items().map { try $0.texts() } ?? []
        for column in table.indexes.joined()
        where !table.columns.contains(where: { $0.name == column }) {
            throw place.fail("`indexes` names no column: \(column)")
        }
        let recorded = try recordedShape(body, place)
        if recorded !== body {
            table.columns.append(.init(name: "sealed", type: .text, mayBeNull: true))
        }
        for table in [table] + listTables { try KindReader.checkColumns(of: table, place) }
        return Kind(
            name: name, ordinal: ordinal, group: try place.required("group").text(),
            title: try place.required("title").words(), about: try place.required("about").words(),
            isProgram: isProgram, body: body, recordedBody: recorded, table: table,
            listTables: listTables, amountColumn: try KindReader.amountColumn(of: table, place))
    }

    /// The column that `amount` names; without it `amountFen`, where there is one.
    private static func amountColumn(
        of table: ReadModelTable, _ place: YAMLPlace
    ) throws -> String? {
        let named = try place.member("amount")?.text()
        let column = table.columns.first { $0.name == named ?? "amountFen" }
        guard named == nil || column?.type == .integer else {
            throw place.fail("`amount` names no column with a number: \(named ?? "")")
        }
        return column?.name
    }

    private func place(_ file: String, _ files: [String: String]) throws -> YAMLPlace {
        guard let text = files[file] else {
            throw DeclarationError(file: file, line: nil, reason: "the file is missing")
        }
        return try YAMLPlace(file: file, text: text)
    }

    /// Names in lower case with `.` between, so that no table is called like one of the chain.
    private static func isKindName(_ text: String) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return words.count > 1 && text == text.lowercased()
            && words.allSatisfy { word in
                word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
                    .allSatisfy(Patterns.isName)
            }
    }

    /// SQLite takes names for equal that differ in case only.
    private static func checkColumns(of table: ReadModelTable, _ place: YAMLPlace) throws {
        var names: Set = table.isList ? ["ledger", "seq", "position"] : ["ledger", "seq"]
        for column in table.columns where !names.insert(column.name.lowercased()).inserted {
            throw place.fail("the table \(table.name) would have two columns `\(column.name)`")
        }
    }

    private static func tableName(of kind: String) -> String {
        String(kind.map { $0 == "." || $0 == "-" ? "_" : $0 })
    }

    /// A body with sealed texts has, once recorded, the hash of what the vault holds.
    private func recordedShape(_ body: ObjectShape, _ place: YAMLPlace) throws -> ObjectShape {
        guard body.fields.contains(where: \.holdsSealedText) else { return body }
        guard body.position("sealed") == nil else {
            throw place.fail("beside sealed texts, `sealed` is the program's own member")
        }
        let sealed = Field(
            name: "sealed", type: .digest, isOptional: true, isSealed: false,
            words: Words(zh: "密封文本的摘要", en: "SHA-256 of the sealed texts in the vault"), note: nil,
            column: columns.count)
        return ObjectShape(fields: body.fields + [sealed], exactlyOne: body.exactlyOne)
    }

    // MARK: Fields

    private mutating func shape(
        _ place: YAMLPlace, prefix: String, isRequired: Bool
    ) throws -> ObjectShape {
        var fields: [Field] = []
        for (name, declared) in try place.required("fields").members() {
            guard Patterns.isName(name.utf8) else {
                throw declared.fail("`\(name)`: names are ASCII letters and digits")
            }
            let column = prefix + name
            let isTaken =
                !isInsideList
                && (["ledger", "seq"].contains(column)
                    || columns.prefix(KindCatalogue.envelopeColumns.count)
                        .contains { $0.name == column })
            fields.append(
                try field(
                    name, declared, column: isTaken ? "body_\(column)" : column,
                    isRequired: isRequired))
        }
        let groups = try place.member("exactlyOne")?.items().map { try $0.texts() } ?? []
        guard groups.count <= ObjectShape.mostGroups else {
            throw place.fail("`exactlyOne` has more than \(ObjectShape.mostGroups) groups")
        }
        for name in groups.joined() {
            guard fields.contains(where: { $0.name == name && $0.isOptional }) else {
                throw place.fail("`exactlyOne` needs `\(name)` as an optional field")
            }
        }
        return ObjectShape(fields: fields, exactlyOne: groups)
    }

    private mutating func field(
        _ name: String, _ place: YAMLPlace, column: String, isRequired: Bool
    ) throws -> Field {
        let type = try place.required("type").text()
        _ = try place.members(allowed: KindReader.options(of: type))
        let isOptional = try place.member("optional")?.flag() ?? false
        let first = columns.count
        let mayBeNull = isOptional || !isRequired
        let fieldType = try self.type(type, place, column: column, isRequired: !mayBeNull)
        addColumns(for: fieldType, named: column, mayBeNull: mayBeNull)
        return Field(
            name: name, type: fieldType, isOptional: isOptional,
            isSealed: try place.member("sealed")?.flag() ?? false, words: try place.words(),
            note: try place.member("note")?.words(), column: first,
            names: try KindReader.subject(place))
    }

    /// What a text is the code of: `names`.
    private static func subject(_ place: YAMLPlace) throws -> TextSubject? {
        guard let member = place.member("names") else { return nil }
        guard let subject = TextSubject(rawValue: try member.text()) else {
            throw member.fail("`names` is institution or operator")
        }
        return subject
    }

    private static func options(of type: String) -> Set<String> {
        var options: Set = ["type", "optional", "zh", "en", "note"]
        switch type {
        case "fen": options.insert("negative")
        case "count": options.formUnion(["min", "max"])
        case "basisPoints": options.insert("max")
        case "code": options.insert("codes")
        case "text": options.formUnion(["max", "sealed", "names"])
        case "object": options.formUnion(["fields", "exactlyOne"])
        case "list": options.formUnion(["items", "min", "orSingle"])
        default: break
        }
        return options
    }

    private mutating func type(
        _ name: String, _ place: YAMLPlace, column: String, isRequired: Bool
    ) throws -> FieldType {
        let isForProgram = ["phone", "address", "household", "commitments"].contains(name)
        guard isProgram || !isForProgram else {
            throw place.fail("`\(name)` stands in kinds of the program only")
        }
        switch name {
        case "fen": return .fen(mayBeNegative: try place.member("negative")?.flag() ?? false)
        case "count":
            let exact = -CanonicalJSON.maximumInteger...CanonicalJSON.maximumInteger
            let least = try number("min", of: place, in: exact) ?? 0
            let most = try number("max", of: place, in: exact) ?? exact.upperBound
            guard least <= most else { throw place.fail("`min` is above `max`") }
            return .count(least...most)
        case "basisPoints":
            let greatest = FieldType.greatestBasisPoints
            return .basisPoints(
                maximum: try number("max", of: place, in: 0...greatest) ?? greatest)
        case "year": return .year
        case "flag": return .flag
        case "date": return .date
        case "time": return .time
        case "month": return .month
        case "period": return .period
        case "area": return .area
        case "code": return .code(try codeList(place))
        case "text":
            let maximum =
                try number("max", of: place, in: 1...FieldType.longestText) ?? FieldType.longestLine
            return .text(maximum: Int(maximum))
        case "digest": return .digest
        case "reference": return .reference
        case "person": return .person
        case "account": return .subject(.account)
        case "phone": return .subject(.phone)
        case "address": return .subject(.address)
        case "household": return .subject(.household)
        case "commitments": return .commitments
        case "object":
            return .object(try shape(place, prefix: column + "_", isRequired: isRequired))
        case "list": return try list(place, column: column)
        default: throw place.fail("unknown type `\(name)`")
        }
    }

    private func number(
        _ option: String, of place: YAMLPlace, in range: ClosedRange<Int64>
    ) throws -> Int64? {
        guard let member = place.member(option) else { return nil }
        let value = try member.integer()
        guard range.contains(value) else {
            throw member.fail(
                "`\(option)` is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private func codeList(_ place: YAMLPlace) throws -> CodeList {
        let name = try place.required("codes").text()
        guard let list = codes[name] else { throw place.fail("codes.yaml has no list `\(name)`") }
        return list
    }

    /// A list has a table of its own; the columns of its items are counted anew from 0.
    private mutating func list(_ place: YAMLPlace, column: String) throws -> FieldType {
        guard !isInsideList else { throw place.fail("a list cannot hold lists") }
        isInsideList = true
        defer { isInsideList = false }
        let outer = columns
        columns = []
        let items = try place.required("items")
        let item = try listItem(items)
        listTables.append(
            ReadModelTable(
                name: "\(tableName)__\(column)", columns: columns, isList: true, indexes: []))
        columns = outer
        let longest = Int64(FieldType.longestList)
        return .list(
            item: item, minimum: Int(try number("min", of: place, in: 0...longest) ?? 0),
            mayStandAlone: try place.member("orSingle")?.flag() ?? false)
    }

    private mutating func listItem(_ place: YAMLPlace) throws -> Field {
        let typeName = try place.required("type").text()
        _ = try place.members(allowed: KindReader.options(of: typeName).subtracting(["optional"]))
        let type: FieldType
        if typeName == "object" {
            type = .object(try shape(place, prefix: "", isRequired: true))
        } else {
            type = try self.type(typeName, place, column: "value", isRequired: true)
            let name = if case .reference = type { "" } else { "value" }
            addColumns(for: type, named: name, mayBeNull: false)
        }
        return Field(
            name: "value", type: type, isOptional: false,
            isSealed: try place.member("sealed")?.flag() ?? false,
            words: try place.member("zh") == nil ? Words(zh: "", en: "") : place.words(),
            note: nil, column: 0, listTable: listTables.count)
    }

    private mutating func addColumns(for type: FieldType, named name: String, mayBeNull: Bool) {
        func add(_ suffix: String, _ type: ReadModelTable.ColumnType) {
            columns.append(.init(name: name + suffix, type: type, mayBeNull: mayBeNull))
        }
        switch type {
        case .fen, .count, .basisPoints, .year, .flag, .person, .subject: add("", .integer)
        case .month, .period, .area, .code, .text, .digest: add("", .text)
        case .date:
            add("", .text)
            add("Day", .integer)
        case .time:
            add("", .text)
            add("Seconds", .integer)
        case .reference:
            add(name.isEmpty ? "source" : "_source", .text)
            add(name.isEmpty ? "id" : "_id", .text)
        case .object, .list, .commitments: break
        }
    }
}

extension Field {
    /// Whether a sealed text stands here or anywhere below.
    var holdsSealedText: Bool {
        if isSealed { return true }
        switch type {
        case .object(let shape): return shape.fields.contains(where: \.holdsSealedText)
        case .list(let item, _, _): return item.holdsSealedText
        default: return false
        }
    }
}
