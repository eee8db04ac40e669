import AidRecords
import PolicyRules

/// `name[key=value,…]=value`, as the cases write a parameter.
enum CaseParameters {
    private static let keys: Set<String> = [
        "area", "year", "category", "scheme", "visitType", "institutionLevel", "fund", "validFrom",
        "validTo",
    ]

    /// Reads a list joined by `;` onto the parameters of the setting. A name after a minus takes
    /// those of that name away.
    static func read(
        _ text: String, onto given: [Parameter], area: String, names: Set<String>,
        at place: CasePlace
    ) throws -> [Parameter] {
        var result = given
        for part in text.split(separator: ";").map({ $0.trimmed }) {
            if part.hasPrefix("-") {
                let name = String(part.dropFirst())
                let count = result.count
                result.removeAll { $0.name == name }
                guard result.count < count else {
                    throw place.wrong("the setting lays down no \(name)")
                }
            } else {
                result.append(
                    try read(
                        part, number: greatest(result) + 1, area: area, names: names, at: place))
            }
        }
        return result
    }

    private static func greatest(_ parameters: [Parameter]) -> Int {
        parameters.compactMap { Int($0.key.id) }.max() ?? 1_000
    }

    private static func read(
        _ text: String, number: Int, area: String, names: Set<String>, at place: CasePlace
    ) throws -> Parameter {
        let (head, value) = try divided(text, at: place)
        let bracket = head.firstIndex(of: "[") ?? head.endIndex
        let name = String(head[..<bracket])
        guard names.contains(name) else { throw place.wrong("there is no parameter \(name)") }
        var phrase = try CasePhrase(
            head[bracket...].filter { $0 != "[" && $0 != "]" }.replacing(",", with: " "), at: place)
        // Later ones have greater names, so that a case's own go before those of its setting.
        var parameter = Parameter(
            key: RecordKey(source: "parameters", id: String(number)),
            area: phrase.value("area") ?? area,
            occurredOn: try phrase.date(of: "2016-01-01"), name: name,
            value: try self.value(value, at: place))
        parameter.year = try phrase.fen("year").map { Int($0) }
        parameter.category = phrase.value("category")
        parameter.scheme = phrase.value("scheme")
        parameter.visitType = phrase.value("visitType")
        parameter.institutionLevel = try phrase.fen("institutionLevel").map { Int($0) }
        parameter.fund = phrase.value("fund")
        parameter.validFrom = try phrase.date("validFrom")
        parameter.validTo = try phrase.date("validTo")
        try phrase.finish()
        return parameter
    }

    /// What stands on both sides of the `=` outside of brackets.
    private static func divided(
        _ text: String, at place: CasePlace
    ) throws -> (head: Substring, value: Substring) {
        let start = text.firstIndex(of: "]") ?? text.startIndex
        guard let equals = text[start...].firstIndex(of: "=") else {
            throw place.wrong("\(text) has no value")
        }
        return (text[..<equals], text[text.index(after: equals)...])
    }

    private static func value(
        _ text: Substring, at place: CasePlace
    ) throws -> Parameter.Value {
        if let fen = Int64(text) { return .fen(fen) }
        if let date = CivilDate(String(text)) { return .date(date) }
        if text.contains(":") {
            return .tiers(try text.split(separator: ",").map { try tier($0, at: place) })
        }
        if let points = number(text, unit: "bp") { return .basisPoints(points) }
        if let count = number(text, unit: "n") { return .count(count) }
        let codes = text.split(separator: "+").map(String.init)
        guard !codes.isEmpty, codes.allSatisfy({ $0.first?.isLetter == true }) else {
            throw place.wrong("\"\(text)\" is no value")
        }
        return .codes(codes)
    }

    /// `FROM..TO:NNNNbp`, where TO may be left out.
    private static func tier(_ text: Substring, at place: CasePlace) throws -> Parameter.Tier {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let points = number(parts[1], unit: "bp"),
            let dots = parts[0].firstRange(of: ".."), let from = Int64(parts[0][..<dots.lowerBound])
        else { throw place.wrong("\(text) is no tier") }
        let end = parts[0][dots.upperBound...]
        guard end.isEmpty || Int64(end) != nil else { throw place.wrong("\(text) is no tier") }
        return Parameter.Tier(from: from, to: Int64(end), basisPoints: points)
    }

    private static func number(_ text: Substring, unit: String) -> Int64? {
        text.hasSuffix(unit) ? Int64(text.dropLast(unit.count)) : nil
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
