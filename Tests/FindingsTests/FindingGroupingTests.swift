import AidRecords
import Findings
import LedgerCore
import Testing

/// Rows with one key are one finding, whatever order they come in.
struct FindingGroupingTests {
    private static let columns = [
        "person", "year", "entry", "other", "institution", "gap", "area", "day", "grade", "rule",
        "missing",
    ]

    /// Day 19358 is 2023-01-01.
    private func row(
        _ person: Int64, entry: Int64?, other: Int64? = nil, institution: String? = nil,
        gap: Int64? = nil, grade: String = "W", rule: String? = nil, missing: String? = nil
    ) -> [QueryValue] {
        func text(_ text: String?) -> QueryValue { text.map { .text($0) } ?? .null }
        func number(_ number: Int64?) -> QueryValue { number.map { .integer($0) } ?? .null }
        return [
            .integer(person), .integer(2023), number(entry), number(other), text(institution),
            number(gap), .text("150502"), .integer(19358), .text(grade), text(rule),
            text(missing),
        ]
    }

    private func yield(_ rows: [[QueryValue]]) throws -> DetectorYield {
        try FindingGrouping(TestDetector.read(), columns: Self.columns).findings(of: rows)
    }

    @Test func rowsWithOneKeyAreOneFinding() throws {
        let rows = [
            row(7, entry: 30, other: 12, institution: "H2", gap: nil),
            row(7, entry: 12, institution: "H1", gap: 9, grade: "F", rule: "R2 R1"),
            row(8, entry: 5, gap: 3),
        ]
        let found = try yield(rows).findings
        #expect(found == (try yield(rows.reversed()).findings))
        try #require(found.count == 2)
        let finding = try #require(found.first { $0.entries.count == 2 })
        #expect(finding.entries == [12, 30])
        #expect(finding.grade == .breach)
        #expect(finding.rules == ["R1", "R2"])
        #expect(finding.figures.map(\.value) == [.integer(9)])
        #expect(finding.day == CivilDate(year: 2023, month: 1, day: 1))
        #expect(finding.area == "150502")
        #expect(
            finding.subjects == [
                .init(type: .person, value: .integer(7)),
                .init(type: .institution, value: .text("H1")),
                .init(type: .institution, value: .text("H2")),
            ])
    }

    @Test func whatItIsAboutStandsInTheKey() throws {
        let rows = [row(7, entry: 30, other: 12)]
        #expect(try yield(rows).findings.map(\.decisive) == [[12, 30]])
        let text = TestDetector.text.replacing("key: [person, year]", with: "key: [year, entry]")
        let found = try FindingGrouping(TestDetector.read(text), columns: Self.columns)
            .findings(of: rows)
        #expect(found.findings.map(\.decisive) == [[30]])
        #expect(found.findings.map(\.entries) == [[12, 30]])
    }

    @Test func aCodeSaysInWhatAFigureIsMeasured() throws {
        let text = TestDetector.text.replacing(
            "{id: gap, type: days,",
            with: "{id: institution, type: code, zh: 指标, en: Measure}, "
                + "{id: gap, by: institution, types: {cost: fen, share: basis-points},")
        let grouping = try FindingGrouping(TestDetector.read(text), columns: Self.columns)
        let found = try grouping.findings(of: [
            row(7, entry: 1, institution: "cost", gap: 900),
            row(8, entry: 2, institution: "share", gap: 900),
        ]).findings
        #expect(Set(found.map { $0.figures[1].type }) == [.fen, .basisPoints])
        for finding in found {
            let isCost = finding.figures[0].value == .text("cost")
            #expect(finding.figures[1].type == (isCost ? .fen : .basisPoints))
        }
        let failure = try #require(throws: DeclarationError.self) {
            try grouping.findings(of: [row(9, entry: 3, institution: "days", gap: 900)])
        }
        #expect(failure.description.contains("`types` has none for `institution` days"))
    }

    @Test func aFigureSaysWhoAnswers() throws {
        let text = TestDetector.text
            .replacing(
                "{id: gap, type: days,", with: "{id: institution, type: code, codes: department,"
            )
            .replacing("key: [person", with: "departmentBy: institution\nkey: [person")
        let detector = try TestDetector.read(text)
        #expect(
            detector.department([
                .init(id: "institution", type: .code, value: .text("civil-affairs"))
            ]) == "civil-affairs")
        #expect(
            detector.department([.init(id: "institution", type: .code, value: .null)])
                == "medical-security")
        #expect(try TestDetector.read().department([]) == "medical-security")
    }

    @Test func whatIsMissingIsNoFinding() throws {
        let found = try yield([
            row(7, entry: 1, missing: "parameter x"), row(8, entry: 2, missing: "parameter x"),
            row(9, entry: 3, missing: "parameter a"),
        ])
        #expect(found.findings.isEmpty)
        #expect(found.missing.map(\.code) == ["parameter a", "parameter x"])
        #expect(found.missing.map(\.count) == [1, 2])
    }

    @Test func columnsOfAnotherCaseAreTheSame() throws {
        let columns = Self.columns.map { $0.uppercased() }
        let found = try FindingGrouping(TestDetector.read(), columns: columns)
            .findings(of: [row(7, entry: 1)])
        #expect(found.findings.count == 1)
    }

    @Test(arguments: [
        ("gap", "T1.sql:18:16: the query gives no column `gap`"),
        ("area", "T1.sql:20: the query gives no column `area`"),
        ("grade", "T1.sql:20: the query gives no column `grade`"),
    ])
    func aColumnThatIsLackingIsTold(name: String, error: String) throws {
        let failure = try #require(throws: DeclarationError.self) {
            try FindingGrouping(
                TestDetector.read(), columns: Self.columns.filter { $0 != name })
        }
        #expect(failure.description == error)
    }

    @Test func aColumnThatNobodyNamesIsTold() throws {
        let failure = try #require(throws: DeclarationError.self) {
            try FindingGrouping(TestDetector.read(), columns: Self.columns + ["misssing"])
        }
        #expect(
            failure.description
                == "T1.sql:20: the head says nothing of the query's column `misssing`")
    }

    @Test func aGradeThatTheHeadDoesNotNameIsTold() throws {
        let failure = try #require(throws: DeclarationError.self) {
            try yield([row(7, entry: 1, grade: "S")])
        }
        #expect(
            failure.description == "T1.sql:20: a row has grade `S`, which the head does not name")
    }
}
