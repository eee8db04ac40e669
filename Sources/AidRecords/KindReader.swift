/// Reads the files of `ledger/kinds/` and gives every field its column.
struct KindReader {
    private var codes: [String: CodeList] = [:]
    /// The table that fields are being given columns of, and the lists met on the way.
    private var columns: [ReadModelTable.Column] = []
    private(set) var listTables: [ReadModelTable] = []
    private var tableName = ""
    private var isInsideList = false
    /// How many of `columns` are the envelope's, whose names the body cannot have.
    private var envelopeCount: Int { isInsideList ? 0 : KindCatalogue.envelopeColumns.count }

    mutating func readCodes(_ files: [String: String]) throws -> [String: CodeList] {
        let file = "codes.yaml"
        for (name, list) in try place(file, files).members() {
            let codes = try list.members().map {
                CodeList.Code(code: $0.name, words: try $0.place.words())
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
            "kind", "group", "title", "about", "program", "exactlyOne", "indexes", "fields",
        ])
        let name = try place.required("kind").text()
        guard file == "\(name).yaml" else { throw place.fail("the file is not named \(name).yaml") }
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
        let recorded = recordedShape(body)
        if recorded !== body {
            table.columns.append(.init(name: "sealed", type: .text, mayBeNull: true))
        }
        return Kind(
            name: name, ordinal: ordinal, group: try place.required("group").text(),
            title: try place.required("title").words(), about: try place.required("about").words(),
            isProgram: try place.member("program")?.flag() ?? false, body: body,
            recordedBody: recorded, table: table, listTables: listTables)
    }

    private func place(_ file: String, _ files: [String: String]) throws -> YAMLPlace {
        guard let text = files[file] else {
            throw DeclarationError(file: file, line: nil, reason: "the file is missing")
        }
        return try YAMLPlace(file: file, text: text)
    }

    private static func tableName(of kind: String) -> String {
        String(kind.map { $0 == "." || $0 == "-" ? "_" : $0 })
    }

    /// A body with sealed texts has, once recorded, the hash of what the vault holds.
    private func recordedShape(_ body: ObjectShape) -> ObjectShape {
        guard body.fields.contains(where: \.holdsSealedText) else { return body }
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
            guard name.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "_") }) else {
                throw declared.fail("`\(name)`: names are ASCII without `_`")
            }
            let column = prefix + name
            let isTaken = columns.prefix(envelopeCount).contains { $0.name == column }
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
            note: try place.member("note")?.words(), column: first)
    }

    private static func options(of type: String) -> Set<String> {
        var options: Set = ["type", "optional", "zh", "en", "note"]
        switch type {
        case "fen": options.insert("negative")
        case "count": options.formUnion(["min", "max"])
        case "basisPoints": options.insert("max")
        case "code": options.insert("codes")
        case "text": options.formUnion(["max", "sealed"])
        case "object": options.formUnion(["fields", "exactlyOne"])
        case "list": options.formUnion(["items", "min", "orSingle"])
        default: break
        }
        return options
    }

    private mutating func type(
        _ name: String, _ place: YAMLPlace, column: String, isRequired: Bool
    ) throws -> FieldType {
        switch name {
        case "fen": return .fen(mayBeNegative: try place.member("negative")?.flag() ?? false)
        case "count":
            let least = try place.member("min")?.integer() ?? 0
            let most = try place.member("max")?.integer() ?? CanonicalJSON.maximumInteger
            guard least <= most else { throw place.fail("`min` is above `max`") }
            return .count(least...most)
        case "basisPoints":
            return .basisPoints(
                maximum: try place.member("max")?.integer() ?? FieldType.greatestBasisPoints)
        case "year": return .year
        case "flag": return .flag
        case "date": return .date
        case "time": return .time
        case "month": return .month
        case "period": return .period
        case "area": return .area
        case "code": return .code(try codeList(place))
        case "text": return .text(maximum: Int(try place.member("max")?.integer() ?? 256))
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
        return .list(
            item: item, minimum: Int(try place.member("min")?.integer() ?? 0),
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
