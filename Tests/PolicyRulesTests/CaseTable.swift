import AidRecords
import PolicyRules
import Testing

/// A row of `cases/*.tsv`, ready to be judged. cases/README.md lays down the columns.
struct WorkedCase: Sendable, CustomTestStringConvertible {
    let name: String
    let situation: String
    let setting: CaseSetting
    let parameters: [Parameter]
    let history: PersonHistory
    let expectation: CaseExpectation
    let reckoning: String

    var testDescription: String { name }
}

/// What the columns `expected`, `verdict`, `also` and `rules` say.
struct CaseExpectation: Sendable {
    var verdict: Verdict
    /// nil: nothing can be said to be due.
    var expected: Int64?
    /// By the names of the column `also`.
    var amounts: [String: Int64] = [:]
    var layers: [String: Verdict] = [:]
    var missing: [String] = []
    var rules: [String] = []

    static let amountNames = [
        "most", "reperformed", "medicalAid", "secondAid", "tiltAid", "targetedFund", "hospital",
        "basic", "majorIllness",
    ]
}

/// Reads the tables strictly: what is not known is an error with file and line.
enum CaseTable {
    static let columns = [
        "case", "situation", "setting", "parameters", "person", "history", "record", "expected",
        "verdict", "also", "rules", "reckoning",
    ]

    /// All worked cases, or what is wrong with the tables.
    static let all = Result { try read() }

    private static func read() throws -> [WorkedCase] {
        let codes = try CaseCodes()
        let settings = try CaseSetting.all(codes: codes)
        return try CaseFiles.tables().flatMap { file in
            let lines = try CaseFiles.lines("\(CaseFiles.cases)/\(file)").enumerated()
                .filter { !$0.element.isEmpty && !$0.element.hasPrefix("#") }
            guard let head = lines.first, cells(head.element) == columns else {
                throw CasePlace(file: file, line: 1).wrong("the columns are not \(columns)")
            }
            return try lines.dropFirst().map { index, line in
                let place = CasePlace(file: file, line: index + 1)
                return try row(cells(line), settings: settings, codes: codes, at: place)
            }
        }
    }

    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.trimmed }
    }

    private static func row(
        _ cells: [String], settings: [String: CaseSetting], codes: CaseCodes, at place: CasePlace
    ) throws -> WorkedCase {
        guard cells.count == columns.count else {
            throw place.wrong("\(cells.count) cells instead of \(columns.count)")
        }
        for (cell, column) in zip(cells, columns)
        where cell.isEmpty
            && !["parameters", "person", "history", "also", "rules"].contains(column)
        {
            throw place.wrong("\(column) is empty")
        }
        guard let setting = settings[cells[2]] else {
            throw place.wrong("there is no setting \(cells[2])")
        }
        let parameters = try CaseParameters.read(
            cells[3], onto: setting.parameters, area: setting.city, names: codes.parameterNames,
            at: place)
        let records = try CasePhrase.list(cells[5], at: place) + [CasePhrase(cells[6], at: place)]
        let history = try CaseHistory(
            person: cells[4].isEmpty ? setting.person : cells[4], records: records, in: setting,
            codes: codes, at: place
        ).history
        return WorkedCase(
            name: cells[0], situation: cells[1], setting: setting, parameters: parameters,
            history: history,
            expectation: try expectation(
                cells[7], verdict: cells[8], also: cells[9], rules: cells[10], at: place),
            reckoning: cells[11])
    }

    private static func expectation(
        _ expected: String, verdict: String, also: String, rules: String, at place: CasePlace
    ) throws -> CaseExpectation {
        guard let known = Verdict(rawValue: verdict) else {
            throw place.wrong("\(verdict) is no verdict")
        }
        var phrase = try CasePhrase(also, at: place)
        var result = CaseExpectation(
            verdict: known, expected: expected == "-" ? nil : try phrase.fen(of: expected))
        for name in CaseExpectation.amountNames { result.amounts[name] = try phrase.fen(name) }
        for name in ["basic", "majorIllness"] {
            guard let word = phrase.value("layer.\(name)") else { continue }
            guard let verdict = Verdict(rawValue: word) else {
                throw place.wrong("\(word) is no verdict")
            }
            result.layers[name] = verdict
        }
        result.missing = phrase.value("missing")?.split(separator: "+").map(String.init) ?? []
        try phrase.finish()
        result.rules = rules.split(separator: " ").map(String.init)
        return result
    }
}
