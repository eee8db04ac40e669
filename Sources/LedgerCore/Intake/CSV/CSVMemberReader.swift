internal import AidRecords

/// Reads what a mapping says of one member.
enum CSVMemberReader {
    private static let conversions = ["unit", "date", "time", "codes", "flag", "reference"]

    /// - Parameter column: gives the column that is named here its number.
    static func value(
        _ place: YAMLPlace, column: (YAMLPlace) throws -> Int
    ) throws -> CSVMember.Value {
        if let constant = place.member("constant") {
            _ = try place.members(allowed: ["constant"])
            return .constant(try constant.json())
        }
        _ = try place.members(
            allowed: Set(conversions + ["column", "default", "split", "absolute", "year"]))
        guard let name = place.member("column") else {
            throw place.fail("`column` or `constant` is missing")
        }
        return .cell(
            CSVCellRule(
                column: try column(name), conversion: try conversion(place),
                separator: try place.member("split").map { Array(try $0.nonEmptyText().utf8) },
                defaultValue: try place.member("default")?.json()))
    }

    private static func conversion(_ place: YAMLPlace) throws -> CSVConversion {
        let named = conversions.filter { place.member($0) != nil }
        guard named.count <= 1 else {
            let list = named.map { "`\($0)`" }.joined(separator: " and ")
            throw place.fail("a member has one conversion at most, not \(list)")
        }
        let isAbsolute = try modifier("absolute", of: "unit", place)
        let isYear = try modifier("year", of: "date", place)
        guard let name = named.first, let value = place.member(name) else { return .text }
        switch name {
        case "unit": return try unit(value, absolute: isAbsolute)
        case "date":
            let forms = try dateForms(value)
            return isYear ? .yearOfDay(forms) : .day(forms)
        case "time": return .time(offset: try offset(value))
        case "codes": return .words(try codes(value))
        case "flag": return .words(try flag(value))
        default: return .reference(source: try value.stringJSON())
        }
    }

    /// A modifier that makes sense beside one conversion only.
    private static func modifier(
        _ name: String, of conversion: String, _ place: YAMLPlace
    ) throws -> Bool {
        guard let modifier = place.member(name) else { return false }
        guard place.member(conversion) != nil else {
            throw modifier.fail("`\(name)` stands beside `\(conversion)` only")
        }
        return try modifier.flag()
    }

    private static func unit(_ place: YAMLPlace, absolute: Bool) throws -> CSVConversion {
        switch try place.text() {
        case "yuan": return .yuan(absolute: absolute)
        case "fen", "count", "year": return .whole(absolute: absolute)
        case "percent": return .percent(absolute: absolute)
        case let unit:
            throw place.fail(
                "unknown unit `\(unit)` (known are: yuan, fen, count, year, percent)")
        }
    }

    private static func dateForms(_ place: YAMLPlace) throws -> [DateForm] {
        let forms = try place.items().map { item in
            guard let form = DateForm(rawValue: try item.text()) else {
                let known = DateForm.allCases.map(\.rawValue).joined(separator: ", ")
                throw item.fail("unknown form of a date (known are: \(known))")
            }
            return form
        }
        guard !forms.isEmpty else { throw place.fail("`date` has no form") }
        return forms
    }

    private static func offset(_ place: YAMLPlace) throws -> String {
        let offset = try place.text()
        let sample = Array("2000-01-01T00:00:00\(offset)".utf8)
        guard sample.withUnsafeBufferPointer({ Moment($0) }) != nil else {
            throw place.fail(#"`time` is an offset from UTC such as "+08:00", in quotes"#)
        }
        return offset
    }

    private static func codes(_ place: YAMLPlace) throws -> [String: [UInt8]] {
        let members = try place.members()
        guard !members.isEmpty else { throw place.fail("`codes` has no code") }
        var codes: [String: [UInt8]] = [:]
        for (word, code) in members { codes[word] = try code.scalarJSON() }
        return codes
    }

    private static func flag(_ place: YAMLPlace) throws -> [String: [UInt8]] {
        _ = try place.members(allowed: ["yes", "no"])
        var words: [String: [UInt8]] = [:]
        for (name, json) in [("yes", "true"), ("no", "false")] {
            let list = try place.required(name)
            for word in try list.texts() {
                guard words.updateValue(Array(json.utf8), forKey: word) == nil else {
                    throw list.fail("the word `\(word)` stands here twice")
                }
            }
        }
        return words
    }
}
