import AidRecords
import Foundation
import PolicyRules

/// The code lists of `ledger/kinds/codes.yaml`: a typing error in a table shall not pass.
struct CaseCodes: Sendable {
    private var lists: [String: Set<String>] = [:]

    init() throws {
        var list = ""
        for line in try CaseFiles.lines("ledger/kinds/codes.yaml") {
            guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#") else { continue }
            let name = line[..<colon].trimmed.replacing("\"", with: "")
            if line.hasPrefix("  ") { lists[list, default: []].insert(name) } else { list = name }
        }
    }

    func check(_ code: String, _ list: String, at place: CasePlace) throws -> String {
        guard lists[list]?.contains(code) == true else {
            throw place.wrong("\(code) is no \(list)")
        }
        return code
    }

    var parameterNames: Set<String> { lists["parameter-name"] ?? [] }
}

/// What the tables are read from.
enum CaseFiles {
    static let cases = "Tests/PolicyRulesTests/cases"
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func lines(_ path: String) throws -> [Substring] {
        try text(path).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The names of the tables.
    static func tables() throws -> [String] {
        let folder = root.appending(path: cases).path
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".tsv") }.sorted()
    }
}

/// A block of `settings.txt`: what several cases share.
struct CaseSetting: Sendable {
    let name: String
    var rulebooks: [(name: String, area: String, from: CivilDate)] = []
    var area = ""
    var category = ""
    var person = "none"
    var institutions: [String: Institution] = [:]
    var firstInstitution = ""
    var parameters: [Parameter] = []

    /// The city of the setting's area: whose parameters those are that name no area.
    var city: String { area.prefix(4) + "00" }

    static func all(codes: CaseCodes) throws -> [String: CaseSetting] {
        var settings: [String: CaseSetting] = [:]
        var current: CaseSetting?
        for (index, line) in try CaseFiles.lines("\(CaseFiles.cases)/settings.txt").enumerated() {
            let place = CasePlace(file: "settings.txt", line: index + 1)
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                if let current { settings[current.name] = current }
                let name = String(line.dropFirst().dropLast())
                guard settings[name] == nil else { throw place.wrong("\(name) is there twice") }
                current = CaseSetting(name: name)
            } else {
                try current?.read(line, codes: codes, at: place)
            }
        }
        if let current { settings[current.name] = current }
        return settings
    }

    private mutating func read(_ line: String, codes: CaseCodes, at place: CasePlace) throws {
        guard let equals = line.firstRange(of: " = ") else {
            throw place.wrong("\"\(line)\" is no `name = value`")
        }
        let value = String(line[equals.upperBound...])
        switch line[..<equals.lowerBound] {
        case "area": area = value
        case "category": category = try codes.check(value, "category", at: place)
        case "person": person = value
        case "rulebook": try readRulebook(value, at: place)
        case "institution": try readInstitution(value, at: place)
        case "parameter":
            parameters = try CaseParameters.read(
                value, onto: parameters, area: city, names: codes.parameterNames, at: place)
        case let other: throw place.wrong("\(other) is not known")
        }
    }

    private mutating func readRulebook(_ text: String, at place: CasePlace) throws {
        var phrase = try CasePhrase(text, at: place)
        rulebooks.append(
            (
                try phrase.word(), try phrase.needed("area"),
                try phrase.date(of: phrase.needed("from"))
            ))
        try phrase.finish()
    }

    private mutating func readInstitution(_ text: String, at place: CasePlace) throws {
        var phrase = try CasePhrase(text, at: place)
        let code = try phrase.word()
        if institutions.isEmpty { firstInstitution = code }
        institutions[code] = Institution(
            level: Int(try phrase.fen(of: phrase.needed("level"))),
            area: try phrase.needed("area"))
        try phrase.finish()
    }
}
