import AidRecords
import Drawings
import Findings
import Foundation
import Testing

@Suite struct DocumentTests {
    private static let hostile = "<b a=\"1\">&'\u{202E}\u{1B}[31m\"\u{301}\\"

    @Test func htmlEscapesWhatItReadsOtherwise() {
        #expect(
            HTMLWriter.escaped(DocumentTests.hostile)
                == "&lt;b a=&quot;1&quot;&gt;&amp;&#39;\u{FFFD}\u{FFFD}[31m&quot;\u{301}\\")
    }

    /// A quotation mark with an accent is one character to Swift, and two to Graphviz.
    @Test func dotEscapesQuotesUnderAccents() {
        #expect(TraceDOT.escaped("a\"\u{301}b\\") == "a\\\"\u{301}b\\\\")
    }

    @Test func columnsLineUpAcrossScripts() {
        let lines = TraceText.table([["甲乙", "1"], ["ab", "22"]], alignedRight: [1])
        #expect(lines == ["甲乙   1", "ab    22"])
    }

    @Test func boxesHoldWhatFits() {
        #expect("short".cut(toWidth: 26) == "short")
        let cut = String(repeating: "长", count: 40).cut(toWidth: 26)
        #expect(terminalWidth(of: cut) <= 26 && cut.hasSuffix("…"))
    }
}

@Suite struct KindTotalTests {
    private func entry(
        _ seq: Int64, _ fen: Int64, isOwn: Bool = true, isReversed: Bool = false
    ) throws -> TraceEntry {
        var entry = TraceEntry(
            seq: seq, kind: "claim.settled", source: "s", id: "\(seq)", area: "150502",
            day: try #require(CivilDate("2024-03-05")), enteredBy: "u1")
        (entry.amountFen, entry.isOwn, entry.isReversed) = (fen, isOwn, isReversed)
        return entry
    }

    /// A settlement elsewhere after one's referral is another's money.
    @Test func amountsOfOthersAreNotAdded() throws {
        var trace = SubjectTrace(
            origin: .init(name: "o", size: 9, rootHash: ""),
            start: .subject(TraceSubject(.institution, "H1")))
        trace.entries = [
            try entry(1, 100), try entry(2, 30), try entry(3, 5_000, isOwn: false),
            try entry(4, 700, isReversed: true), try entry(5, 900, isOwn: false, isReversed: true),
        ]
        let total = try #require(trace.totals.first)
        #expect(trace.totals.count == 1)
        #expect((total.count, total.ofOthers, total.reversed) == (2, 1, 2))
        #expect(total.amountFen == 130)
    }
}

@Suite struct MoneyLegTests {
    private func leg(_ due: Int64) -> MoneyLeg {
        MoneyLeg(
            role: .fund, fund: "medical-aid",
            components: [(words: Words(zh: "", en: ""), fen: due)])
    }

    /// Due of this record, paid for all, due of all; what arrived at least and at most.
    @Test(
        arguments: [
            (280, 400, 400, 280, 280), (280, 500, 400, 280, 280), (280, 350, 400, 230, 280),
            (280, 100, 400, 0, 100), (280, 0, 400, 0, 0),
        ] as [(Int64, Int64, Int64, Int64, Int64)])
    func whatArrivedForSeveral(
        due: Int64, paid: Int64, listed: Int64, least: Int64, most: Int64
    ) {
        var leg = leg(due)
        leg.arrive(paid, forAllOf: listed)
        #expect(leg.arrivedLeastFen == least)
        #expect(leg.arrivedMostFen == most)
    }

    /// Due of this record, paid for all, due of all, excess; what arrived at least and at most.
    @Test(
        arguments: [
            // The only record bears all of the excess; of several any may.
            (280, 560, 280, 280, 560, 560), (280, 800, 400, 400, 280, 680),
        ] as [(Int64, Int64, Int64, Int64, Int64, Int64)])
    func whatArrivedBeyondWhatWasAskedFor(
        due: Int64, paid: Int64, listed: Int64, excess: Int64, least: Int64, most: Int64
    ) {
        var leg = leg(due)
        leg.arrive(paid, forAllOf: listed, above: excess)
        #expect(leg.arrivedLeastFen == least)
        #expect(leg.arrivedMostFen == most)
    }

    /// 120 were asked for with others and cut, and asked for again: that is no second payment. Of
    /// 100 short, at least 20 of them had been paid.
    @Test(arguments: [(120, 120, 120), (100, 140, 140)] as [(Int64, Int64, Int64)])
    func whatWasCutAndAskedForAgain(short: Int64, least: Int64, most: Int64) {
        var leg = leg(120)
        leg.arrive(120, forAllOf: 120)
        leg.arrive(400 - short, forAllOf: 400)
        #expect(leg.arrivedLeastFen == least)
        #expect(leg.arrivedMostFen == most)
    }

    @Test func whatIsNotFollowedIsNotMissing() {
        var followed = leg(100)
        followed.arrive(60)
        followed.arrive(-10)
        let entry = TraceEntry(
            seq: 1, kind: "claim.settled", source: "a", id: "b", area: "150502",
            day: CivilDate(dayNumber: 19_000), enteredBy: "u1")
        var trace = MoneyTrace(
            origin: .init(name: "o", size: 2, rootHash: ""), entry: entry, totalFen: 150)
        trace.legs = [followed, leg(50)]
        #expect(trace.missingLeastFen == 50 && trace.missingMostFen == 50)
        #expect(trace.payersFen == 150)
    }
}
