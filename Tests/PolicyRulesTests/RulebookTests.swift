import AidRecords
import Foundation
import PolicyRules
import Testing

@Suite struct RulebookTests {
    static let home = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let names = [
        "guangdong-2017", "guangdong-2022", "jiangmen-2019", "liupanshui-2017", "tongliao-2022",
    ]

    static func codes() throws -> [String: CodeList] {
        let folder = home.appending(path: "ledger/kinds")
        var files: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where file.hasSuffix(".yaml") {
            files[file] = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        }
        return try KindCatalogue(files: files).codes
    }

    static func text(_ name: String) throws -> String {
        let url = home.appending(path: "ledger/policies/\(name).yaml")
        return try String(contentsOf: url, encoding: .utf8)
    }

    @Test(arguments: names) func committedRulebookIsRead(name: String) throws {
        let rulebook = try Rulebook(
            file: "\(name).yaml", text: Self.text(name), codes: Self.codes())
        #expect(rulebook.name == name)
        #expect(!rulebook.rules.isEmpty)
    }

    /// What is altered, and what the refusal says.
    static let faults: [(String, String, String)] = [
        ("basisPoints: 10000, rule: T22", "basisPoints: 12000, rule: T22", "not at 12000"),
        (
            "categories: [tekun], visits: [inpatient], basis",
            "categories: [tekum], visits: [inpatient], basis", "`tekum` is not a code of `category`"
        ),
        ("rule: T22}", "rule: T99}", "rule `T99` does not stand under `rules`"),
        (
            "{from: 2023-01-01, rule: T01}", "{from: 2023-02-30, rule: T01}",
            "`2023-02-30` is not a day"
        ),
        (
            "{from: 2023-01-01, rule: T01}", "{from: 2023-01-01, to: 2022-01-01, rule: T01}",
            "ends on 2022-01-01, before it begins"
        ),
        (
            "  - {from: 2023-01-01, rule: T01}",
            "  - {from: 2023-01-01, to: 2023-12-31, rule: T01}\n  - {from: 2023-12-31, rule: T01}",
            "overlaps the one before it"
        ),
        ("fen: 13000000", "fen: -1", "money is not negative"),
        ("none: true, rule: T18", "none: true, fen: 5, rule: T18", "only one of"),
        (
            "parameter: tilt-deductible", "parameter: tilt-deductable",
            "is not a code of `parameter-name`"
        ),
        ("nature: exact", "nature: precise", "`precise` is not known here"),
        ("version: \"1\"\n", "version: \"1\"\nverison: \"1\"\n", "unknown member `verison`"),
        ("rule: T46}", "rule: T16}", "rule T46 is not used"),
        ("document: 通政办字〔2022〕143号\n", "", "`document` is missing"),
        ("rulebook: tongliao-2022", "rulebook: ../../tongliao", "is not a name of lower-case"),
        ("area: \"150500\"", "area: \"999999\"", "`999999` is not an area code"),
        ("area: \"150500\"", "area: \"1505\"", "`1505` is not an area code"),
    ]

    @Test(arguments: faults) func faultyRulebookIsRefused(
        part: String, altered: String, reason: String
    ) throws {
        let sound = try Self.text("tongliao-2022")
        #expect(sound.contains(part))
        let range = try #require(sound.range(of: part))
        let text = sound.replacingCharacters(in: range, with: altered)
        let codes = try Self.codes()
        let error = #expect(throws: DeclarationError.self) {
            try Rulebook(file: "tongliao-2022.yaml", text: text, codes: codes)
        }
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.line != nil)
        #expect(error?.column != nil)
    }

    private func read(_ name: String, _ edit: (String) -> String = { $0 }) throws -> Rulebook {
        try Rulebook(file: "\(name).yaml", text: edit(Self.text(name)), codes: Self.codes())
    }

    @Test func committedRulebooksStandTogether() throws {
        let rulebooks = try Self.names.map { try read($0) }
        let shelf = RulebookShelf(rulebooks)
        for rulebook in rulebooks { try shelf.check(rulebook, file: "\(rulebook.name).yaml") }
    }

    @Test func circleOfDisplacementIsRefused() throws {
        let newer = try read("guangdong-2022")
        let older = try read("guangdong-2017") {
            $0.replacing(
                "\nrules:\n",
                with:
                    "\ndisplaces:\n  - {rules: [P08], by: G10, reason: {zh: 试, en: trial}}\n\nrules:\n",
                maxReplacements: 1)
        }
        let shelf = RulebookShelf([older, newer])
        let error = #expect(throws: DeclarationError.self) {
            try shelf.check(older, file: "guangdong-2017.yaml")
        }
        let reason = try #require(error?.reason)
        #expect(
            reason
                == "displacements go round in a circle: guangdong-2017, guangdong-2022, guangdong-2017"
        )
        #expect(error?.line != nil)
    }

    @Test func displacingAnUnknownClauseIsRefused() throws {
        let rulebook = try read("guangdong-2022") {
            $0.replacing("rules: [G08]", with: "rules: [G88]")
        }
        let shelf = RulebookShelf([try read("guangdong-2017"), rulebook])
        #expect(throws: DeclarationError.self) {
            try shelf.check(rulebook, file: "guangdong-2022.yaml")
        }
    }
}
