import AidRecords
import PolicyRules
import Testing

/// Where and when clauses bind, told by the area of their adoption.
@Suite struct BindingClausesTests {
    private static func rulebook(
        _ name: String, area: String, rules: [String], from: String, to: String? = nil,
        displaces: (rule: String, by: String)? = nil
    ) throws -> Rulebook {
        let first = rules[0]
        let listed = rules.map { "  \($0): {nature: exact, quote: 原文, zh: 条, en: Clause}" }
        let used = rules.map { "  - {topic: milestone, rule: \($0)}" }
        let displaced = displaces.map {
            "displaces: [{rules: [\($0.rule)], by: \($0.by), reason: {zh: 代, en: New}}]\n"
        }
        let end = to.map { ", to: \($0)" } ?? ""
        let text = """
            rulebook: \(name)
            version: "1"
            area: "\(area)"
            title: {zh: 办法, en: Plan}
            document: 文〔2020〕1号
            inForce: [{from: \(from)\(end), rule: \(first)}]
            \(displaced ?? "")rules:
            \(listed.joined(separator: "\n"))
            provisions:
            \(used.joined(separator: "\n"))
            """
        return try Rulebook(file: "\(name).yaml", text: text, codes: RulebookTests.codes())
    }

    private static func adoption(
        _ rulebook: String, _ area: String, _ sha256: String, _ from: String
    ) throws -> Adoption {
        Adoption(
            key: RecordKey(source: "test", id: "\(rulebook)-\(area)-\(from)"), area: area,
            rulebook: rulebook, sha256: sha256, effectiveFrom: try #require(CivilDate(from)))
    }

    private static func spans(
        _ rulebooks: [String: Rulebook], _ adoptions: [Adoption], _ areas: Set<String>
    ) -> [String] {
        let ruling = Ruling(
            rulebooks: rulebooks, adoptions: adoptions, parameters: [], institutions: [:])
        return BindingClauses(ruling, areas: areas).spans.map {
            "\($0.item.rule) \($0.area) \($0.from) \($0.to)"
        }
    }

    @Test func aClauseBindsInTheAreaOfItsAdoption() throws {
        let book = try Self.rulebook("city", area: "150500", rules: ["R1"], from: "2020-01-01")
        let spans = Self.spans(
            ["a": book], [try Self.adoption("city", "150500", "a", "2021-05-01")],
            ["150502", "150503", "440703"])
        #expect(spans == ["R1 150500 2021-05-01 2999-12-31"])
    }

    @Test func theDocumentsOwnPeriodEndsIt() throws {
        let book = try Self.rulebook(
            "city", area: "150500", rules: ["R1"], from: "2020-01-01", to: "2020-12-31")
        let spans = Self.spans(
            ["a": book], [try Self.adoption("city", "150500", "a", "2019-01-01")], ["150502"])
        #expect(spans == ["R1 150500 2020-01-01 2020-12-31"])
    }

    /// The city's document puts R1 of the province aside; the other city keeps it.
    @Test func aDisplacedClauseIsLeftOutWhereItIs() throws {
        let province = try Self.rulebook(
            "province", area: "440000", rules: ["R1", "R2"], from: "2020-01-01")
        let city = try Self.rulebook(
            "city", area: "440700", rules: ["S1"], from: "2022-01-01", displaces: ("R1", "S1"))
        let spans = Self.spans(
            ["a": province, "b": city],
            [
                try Self.adoption("province", "440000", "a", "2020-01-01"),
                try Self.adoption("city", "440700", "b", "2022-01-01"),
            ], ["440703", "440704", "440103"])
        #expect(
            spans == [
                "R1 440000 2020-01-01 2021-12-31", "R1 440100 2022-01-01 2999-12-31",
                "R2 440000 2020-01-01 2999-12-31", "S1 440700 2022-01-01 2999-12-31",
            ])
    }

    @Test func aLaterAdoptionEndsTheEarlier() throws {
        let first = try Self.rulebook("city", area: "150500", rules: ["R1"], from: "2020-01-01")
        let second = try Self.rulebook(
            "city", area: "150500", rules: ["R1", "R2"], from: "2020-01-01")
        let spans = Self.spans(
            ["a": first, "b": second],
            [
                try Self.adoption("city", "150500", "a", "2020-01-01"),
                try Self.adoption("city", "150500", "b", "2021-01-01"),
            ], ["150502"])
        #expect(
            spans == [
                "R1 150500 2020-01-01 2020-12-31", "R1 150500 2021-01-01 2999-12-31",
                "R2 150500 2021-01-01 2999-12-31",
            ])
    }

    @Test func aFileThatIsNotHereBindsNobody() throws {
        let spans = Self.spans(
            [:], [try Self.adoption("city", "150500", "a", "2021-05-01")], ["150502"])
        #expect(spans.isEmpty)
    }
}
