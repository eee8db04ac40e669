import AidRecords
import PolicyRules
import Testing

/// What of a ledger's records counts as a person's history.
@Suite struct HistoryTests {
    typealias Made = HistoryLedger

    @Test func claimIsReadAsRecorded() throws {
        let ledger = try Made()
        try ledger.take([Made.claim("1", of: Made.one)])
        let history = try #require(try ledger.histories().first)
        #expect(history.hukouArea == "150502")
        guard case .claim(let claim) = try #require(history.records.first) else {
            Issue.record("it is a claim")
            return
        }
        #expect(claim.head.key == RecordKey(source: "s", id: "1"))
        // 2024-03-05 at half past midnight in China is 16:30 of the day before in UTC.
        #expect(claim.head.orderSeconds == 1_709_569_800)
        #expect(claim.settledOn == CivilDate("2024-03-05"))
        #expect(claim.admittedOn == CivilDate("2024-03-05"))
        #expect(claim.institution == "H1" && claim.visitType == "inpatient")
        var amounts = ClaimAmounts()
        amounts.total = 2_100
        amounts.compliant = 1_900
        amounts.ownExpense = 100
        amounts.overLimit = 60
        amounts.advanceSelfPay = 40
        amounts.basicPaid = 1_001
        amounts.majorIllnessPaid = 202
        amounts.medicalAidPaid = 303
        amounts.tiltAidPaid = 4
        amounts.cashPaid = 590
        #expect(claim.amounts == amounts)
        #expect(claim.review == nil && claim.head.exceptions.isEmpty)
    }

    @Test func subsidyIsOrderedByTheStartOfItsDayInChina() throws {
        let ledger = try Made()
        try ledger.take([
            Made.record(
                "enrolment.subsidised", "1",
                #""person":\#(Made.one),"year":2024,"scheme":"resident","category":"dibao","#
                    + #""form":"full","premiumFen":38000,"subsidyFen":17100,"personPaidFen":20900,"#
                    + #""fund":"medical-aid","approvedOn":"2024-03-04","#
                    + #""topUpOf":{"source":"s","id":"0"}"#)
        ])
        guard case .subsidy(let subsidy) = try #require(ledger.histories().first?.records.first)
        else {
            Issue.record("it is a subsidy")
            return
        }
        #expect(subsidy.head.orderSeconds == 1_709_568_000)
        #expect(subsidy.premium == 38_000 && subsidy.subsidy == 17_100)
        #expect(subsidy.approvedOn == CivilDate("2024-03-04"))
        #expect(subsidy.topUpOf == RecordKey(source: "s", id: "0"))
    }

    // MARK: Reversals

    /// The last reversal of a chain stands, so every second one before it counts for nothing.
    @Test(arguments: [(1, []), (2, ["1"]), (3, []), (4, ["1"])])
    func reversedReversalCountsForNothing(length: Int, left: [String]) throws {
        let ledger = try Made()
        let chain = (1...length).map {
            Made.reversal("r\($0)", of: $0 == 1 ? "1" : "r\($0 - 1)")
        }
        try ledger.take([Made.claim("1", of: Made.one)] + chain)
        #expect(try ledger.histories().flatMap(\.ids) == left)
    }

    @Test func reversalMayComeBeforeTheRecord() throws {
        let ledger = try Made()
        try ledger.take([Made.reversal("r", of: "1")])
        try ledger.take([Made.claim("1", of: Made.one), Made.claim("2", of: Made.one)])
        #expect(try ledger.histories().map(\.ids) == [["2"]])
    }

    @Test func reversalsOfEachOtherComeToAnEnd() throws {
        let ledger = try Made()
        try ledger.take([
            Made.claim("1", of: Made.one), Made.reversal("a", of: "b"),
            Made.reversal("b", of: "a"),
        ])
        #expect(try ledger.histories().flatMap(\.ids) == ["1"])
    }

    // MARK: Merged persons

    @Test func mergedPersonsAreOne() throws {
        let ledger = try Made()
        try ledger.take([
            Made.claim("1", of: Made.one), Made.claim("2", of: Made.other),
            Made.merger("m", Made.one, into: Made.other),
        ])
        let histories = try ledger.histories()
        #expect(histories.map(\.ids) == [["1", "2"]])
        #expect(histories.first?.hukouArea == "440103")
    }

    @Test func mergersGoThroughOthers() throws {
        let third = Made.person("110101199001010053", hukou: "520203")
        let ledger = try Made()
        try ledger.take([
            Made.claim("1", of: Made.one), Made.claim("3", of: third),
            Made.merger("m2", Made.other, into: third),
            Made.merger("m1", Made.one, into: Made.other),
        ])
        let histories = try ledger.histories()
        #expect(histories.map(\.ids) == [["1", "3"]])
        #expect(histories.first?.hukouArea == "520203")
    }

    @Test func reversedMergerPartsThem() throws {
        let ledger = try Made()
        try ledger.take([
            Made.claim("1", of: Made.one), Made.claim("2", of: Made.other),
            Made.merger("m", Made.one, into: Made.other), Made.reversal("r", of: "m"),
        ])
        #expect(try ledger.histories().map(\.ids) == [["1"], ["2"]])
    }

    // MARK: Certifications

    @Test(
        arguments: [
            ([], nil, nil),
            ([], "2024-12-31", "2024-12-31"),
            ([("dibao", "2024-06-30")], "2024-12-31", "2024-06-30"),
            ([("dibao", "2025-06-30")], "2024-12-31", "2024-12-31"),
            ([("dibao", "2024-09-30"), ("dibao", "2024-06-30")], nil, "2024-06-30"),
            // An end before the beginning is that of an earlier certification.
            ([("dibao", "2023-12-31")], nil, nil),
            ([("dibao", "2024-01-01")], nil, "2024-01-01"),
            ([("tekun", "2024-06-30")], nil, nil),
        ] as [([(String, String)], String?, String?)])
    func endingsEndCertifications(
        endings: [(String, String)], validTo: String?, last: String?
    ) throws {
        let ledger = try Made()
        try ledger.take(
            [
                Made.claim("1", of: Made.one),
                Made.certification("c", from: "2024-01-01", to: validTo),
            ]
                + endings.enumerated().map {
                    Made.ending("e\($0.offset)", $0.element.0, on: $0.element.1)
                })
        let certification = try #require(ledger.histories().first?.certifications.first)
        #expect(certification.validFrom == CivilDate("2024-01-01"))
        #expect(certification.validTo == last.flatMap { CivilDate($0) })
        #expect(certification.department == "civil-affairs")
    }

    @Test func reversedEndingEndsNothing() throws {
        let ledger = try Made()
        try ledger.take([
            Made.claim("1", of: Made.one), Made.certification("c", from: "2024-01-01"),
            Made.ending("e", "dibao", on: "2024-06-30"), Made.reversal("r", of: "e"),
        ])
        let certification = try #require(ledger.histories().first?.certifications.first)
        #expect(certification.validTo == nil)
    }
}
