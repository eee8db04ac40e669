import AidRecords
import LedgerSQLite
import PolicyRules
import Testing

/// Records that bear on a person's without being the person's own.
@Suite struct CaseRecordTests {
    typealias Made = HistoryLedger

    private static func review(
        _ id: String, _ claims: [String], accepted: Int, on day: String
    ) -> String {
        let names = claims.map { #"{"source":"s","id":"\#($0)"}"# }.joined(separator: ",")
        return Made.record(
            "review.concluded", id,
            #""claims":[\#(names)],"organisers":["health"],"expertCount":3,"reviewedFen":1000,"#
                + #""acceptedFen":\#(accepted),"rejectedFen":0,"heldOn":"\#(day)""#)
    }

    private static func exception(_ id: String, _ rule: String, for subject: String) -> String {
        Made.record(
            "exception.granted", id,
            #""rule":"\#(rule)","subject":{"source":"s","id":"\#(subject)"},"by":"民政局","#
                + #""docNo":"1号","reason":"样例""#)
    }

    private func claim(_ ledger: HistoryLedger) throws -> Claim? {
        guard case .claim(let claim) = try ledger.histories().first?.records.first else {
            return nil
        }
        return claim
    }

    @Test func lastReviewOfAClaimCounts() throws {
        let ledger = try Made()
        try ledger.take([
            Self.review("late", ["1", "2"], accepted: 700, on: "2024-04-02"),
            Self.review("early", ["1"], accepted: 900, on: "2024-04-01"),
            Made.claim("1", of: Made.one),
        ])
        let review = try #require(try claim(ledger)?.review)
        #expect(review.key.id == "late" && review.accepted == 700 && review.reviewed == 1_000)
        #expect(review.claims.map(\.id) == ["1", "2"])
        try ledger.take([Made.reversal("r", of: "late")])
        #expect(try claim(ledger)?.review?.key.id == "early")
    }

    @Test func exceptionsAreTheRecords() throws {
        let ledger = try Made()
        try ledger.take([
            Made.claim("1", of: Made.one), Self.exception("a", "T41", for: "1"),
            Self.exception("b", "G09", for: "1"), Self.exception("c", "G10", for: "2"),
        ])
        #expect(try claim(ledger)?.head.exceptions == ["G09", "T41"])
        try ledger.take([Made.reversal("r", of: "b")])
        #expect(try claim(ledger)?.head.exceptions == ["T41"])
    }

    @Test func itemsOfAResolutionAreThePersons() throws {
        let ledger = try Made()
        func item(_ person: String, _ total: Int) -> String {
            #"{"person":\#(person),"year":2024,"capFen":100,"approvedYearTotalFen":\#(total),"#
                + #""reason":"样例"}"#
        }
        func signer(_ department: String) -> String {
            #"{"department":"\#(department)","signatory":"赵样签"}"#
        }
        try ledger.take([
            Made.claim("1", of: Made.one),
            Made.record(
                "resolution.adopted", "x",
                #""body":"协调机制","number":"1","heldOn":"2024-03-01","departments":["#
                    + [signer("finance"), signer("health"), signer("finance")]
                    .joined(separator: ",")
                    + #"],"items":[\#(item(Made.other, 9)),\#(item(Made.one, 7))]"#),
        ])
        let items = try #require(try ledger.histories().first?.resolutions)
        #expect(
            items == [
                ResolutionItem(
                    resolution: RecordKey(source: "s", id: "x"), body: "协调机制",
                    heldOn: try #require(CivilDate("2024-03-01")), year: 2024,
                    approvedYearTotal: 7, departmentCount: 2)
            ])
    }

    @Test(
        arguments: [
            (#""valueFen":5"#, .fen(5)), (#""valueCount":3"#, .count(3)),
            (#""basisPoints":7000"#, .basisPoints(7_000)),
            (#""valueDate":"1970-01-02""#, .date(CivilDate(dayNumber: 1))),
            (#""valueCode":"yes""#, .codes(["yes"])),
            (#""valueCode":["ownExpense","overLimit"]"#, .codes(["ownExpense", "overLimit"])),
            (
                #""tiers":[{"fromFen":0,"toFen":9,"basisPoints":1},{"fromFen":9,"basisPoints":2}]"#,
                .tiers([
                    .init(from: 0, to: 9, basisPoints: 1), .init(from: 9, to: nil, basisPoints: 2),
                ])
            ),
        ] as [(String, Parameter.Value)])
    func parameterIsReadAsRecorded(value: String, expected: Parameter.Value) throws {
        let ledger = try Made()
        try ledger.take([
            Made.record(
                "parameter.set", "1",
                #""name":"aid-ratio",\#(value),"year":2024,"category":"dibao","#
                    + #""institutionLevel":2,"validFrom":"2024-01-01","docNo":"1号""#),
            Made.record(
                "parameter.set", "2", #""name":"aid-ratio","basisPoints":1,"docNo":"1号""#),
            Made.reversal("r", of: "2"),
        ])
        let parameters = try ledger.read { try RulingReader($0).parameters() }
        let parameter = try #require(parameters.first)
        #expect(parameters.count == 1)
        #expect(parameter.value == expected)
        #expect(parameter.year == 2024 && parameter.category == "dibao")
        #expect(parameter.institutionLevel == 2 && parameter.scheme == nil)
        #expect(parameter.validFrom == CivilDate("2024-01-01") && parameter.validTo == nil)
    }
}
