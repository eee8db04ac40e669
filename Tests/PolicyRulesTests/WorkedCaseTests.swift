import AidRecords
import PolicyRules
import Testing

/// The adjudicator against cases that were reckoned by hand from the documents.
@Suite struct WorkedCaseTests {
    @Test func tablesCanBeRead() throws {
        let cases = try CaseTable.all.get()
        #expect(cases.count >= 150)
        let names = Dictionary(grouping: cases, by: \.name).filter { $0.value.count > 1 }
        #expect(names.isEmpty, "names given twice: \(names.keys.sorted())")
    }

    /// A token that is not known would else be a case that says less than its reader thinks.
    @Test(arguments: [
        "claim inpatient 2023-03-01..2023-03-09 compliant=100 medicine=5",
        "claim inpatient 2023-03-01..2023-03-09 urgent", "claim hospice 2023-03-01..2023-03-09",
        "claim inpatient 2023-02-30..2023-03-09", "claim inpatient 2023-03-01..2023-03-09 aid=1.5",
        "claim inpatient 2023-03-01..2023-03-09 at=H77", "approval second 2023 amount=5",
        "claim inpatient 2023-03-01..2023-03-09 aid=1 aid=2", "grant 2023",
    ]) func unknownTokensAreErrors(record: String) throws {
        let codes = try CaseCodes()
        let setting = try #require(try CaseSetting.all(codes: codes)["tongliao"])
        let place = CasePlace(file: "table.tsv", line: 7)
        let error = #expect(throws: CaseError.self) {
            try CaseHistory(
                person: setting.person, records: [try CasePhrase(record, at: place)], in: setting,
                codes: codes, at: place)
        }
        #expect(error.map { "\($0)".hasPrefix("table.tsv:7: ") } == true)
    }

    @Test(arguments: [
        "aid-ration=7000bp", "aid-ratio[kategory=dibao]=7000bp", "aid-ratio", "-tilt-cap",
        "second-aid-tiers=0..100", "rounding=7%",
    ]) func unknownParametersAreErrors(text: String) throws {
        let names = try CaseCodes().parameterNames
        let place = CasePlace(file: "table.tsv", line: 7)
        #expect(throws: CaseError.self) {
            try CaseParameters.read(text, onto: [], area: "150500", names: names, at: place)
        }
    }

    @Test(arguments: (try? CaseTable.all.get()) ?? [])
    func isJudgedAsReckoned(_ worked: WorkedCase) throws {
        let adjudicator = Adjudicator(try CaseRuling.ruling(worked))
        let seq = Int64(worked.history.records.count)
        let explained = adjudicator.explain(worked.history, seq: seq)
        let judgement = try #require(
            adjudicator.judge(worked.history).last { $0.seq == seq },
            "\(story(worked)): no judgement")
        let wrong = differences(judgement, worked.expectation)
        #expect(
            wrong.isEmpty,
            """
            \(wrong.joined(separator: "; "))
            \(story(worked))
            missing: \(judgement.missing), rules: \(judgement.rules)
            \(explained.map { lines($0.asRecorded) } ?? "no trace")
            """)
    }

    private func story(_ worked: WorkedCase) -> String {
        "\(worked.name): \(worked.situation)\nreckoned: \(worked.reckoning)"
    }

    private func differences(_ found: Judgement, _ expectation: CaseExpectation) -> [String] {
        var wrong: [String] = []
        func compare<Value: Equatable>(_ name: String, _ found: Value?, _ expected: Value?) {
            guard found != expected else { return }
            wrong.append("\(name) is \(text(found)), not \(text(expected))")
        }
        compare("verdict", found.verdict.rawValue, expectation.verdict.rawValue)
        compare("expected", found.expected, expectation.expected)
        for (name, amount) in expectation.amounts.sorted(by: { $0.key < $1.key }) {
            // A component that does not arise is nothing.
            let canBeAbsent = amount == 0 && !["most", "reperformed"].contains(name)
            compare(name, self.amount(name, of: found) ?? (canBeAbsent ? 0 : nil), amount)
        }
        for (name, verdict) in expectation.layers.sorted(by: { $0.key < $1.key }) {
            let layers = found.layers
            let layer = name == "basic" ? layers.basic : layers.majorIllness
            compare("layer.\(name)", layer?.rawValue, verdict.rawValue)
        }
        for name in expectation.missing where !found.missing.contains(where: { says($0, name) }) {
            wrong.append("\(name) is not said to be missing")
        }
        for rule in expectation.rules where !found.rules.contains(rule) {
            wrong.append("\(rule) is not among the rules")
        }
        return wrong
    }

    private func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "none" }

    private func says(_ missing: String, _ name: String) -> Bool {
        missing.split { !$0.isLetter && $0 != "-" }.contains { $0 == name }
    }

    private func amount(_ name: String, of found: Judgement) -> Int64? {
        switch name {
        case "most": found.expectedMost
        case "reperformed": found.reperformed
        case "medicalAid": found.components.medicalAid
        case "secondAid": found.components.secondAid
        case "tiltAid": found.components.tiltAid
        case "targetedFund": found.components.targetedFund
        case "hospital": found.components.hospital
        case "basic": found.components.basic
        default: found.components.majorIllness
        }
    }

    private func lines(_ trace: Trace) -> String {
        trace.steps.map { step in
            let result = step.result.map { " = \($0)" } ?? ""
            let rule = step.rule.map { " (\($0))" } ?? ""
            return "  \(step.name): \(step.formula)\(result)\(rule) \(step.details)"
        }.joined(separator: "\n")
    }
}

/// Puts a case's rulebooks in force.
enum CaseRuling {
    /// Read once: there are hundreds of cases.
    private static let committed = Result {
        let codes = try RulebookTests.codes()
        return try Dictionary(
            uniqueKeysWithValues: RulebookTests.names.map { name in
                let file = "ledger/policies/\(name).yaml"
                return (
                    name, try Rulebook(file: file, text: CaseFiles.text(file), codes: codes)
                )
            })
    }

    static func ruling(_ worked: WorkedCase) throws -> Ruling {
        try ruling(worked.setting, parameters: worked.parameters)
    }

    static func ruling(_ setting: CaseSetting, parameters: [Parameter]) throws -> Ruling {
        var rulebooks: [String: Rulebook] = [:]
        var adoptions: [Adoption] = []
        for (number, adopted) in setting.rulebooks.enumerated() {
            rulebooks[adopted.name] = try committed.get()[adopted.name]
            adoptions.append(
                Adoption(
                    key: RecordKey(source: "adoptions", id: "\(number)"), area: adopted.area,
                    rulebook: adopted.name, sha256: adopted.name, effectiveFrom: adopted.from))
        }
        return Ruling(
            rulebooks: rulebooks, adoptions: adoptions, parameters: parameters,
            institutions: setting.institutions)
    }
}
