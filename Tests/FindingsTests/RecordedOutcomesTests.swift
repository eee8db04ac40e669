import Findings
import LedgerCore
import Testing

/// What has become of findings, and of the matter when its evidence grows.
struct RecordedOutcomesTests {
    private func finding(_ entries: [Int64] = [4, 9], key: Int64 = 1) -> Finding {
        var finding = Finding(
            id: FindingID(rule: "T1", key: [.integer(key)], entries: entries), rule: "T1",
            grade: .breach, area: "150502", day: nil, subjects: [], entries: entries, figures: [],
            amount: nil, rules: [])
        finding.provisions = [.init(rulebook: "b", rule: "R1", quote: "q")]
        return finding
    }

    @Test func withoutAnyRecordItIsOpen() {
        #expect(RecordedOutcomes().state(of: finding()) == .open)
    }

    @Test(arguments: [("T1", 4), ("R1", 9), ("R1", 5), ("R2", 4)])
    func anExceptionNamesDetectorOrRuleAndAnEntry(rule: String, entry: Int64) {
        var outcomes = RecordedOutcomes()
        outcomes.except(rule: rule, entry: entry)
        let isMeant = rule != "R2" && entry != 5
        #expect(outcomes.state(of: finding()) == (isMeant ? .excused : .open))
    }

    @Test func aCaseIsAboutTheMatter() {
        var outcomes = RecordedOutcomes()
        outcomes.open(case: finding().id, isDismissed: false)
        #expect(outcomes.state(of: finding()) == .inCase)
        #expect(outcomes.state(of: finding([4, 9, 11])) == .inCase)
        #expect(outcomes.state(of: finding(key: 2)) == .open)
    }

    @Test func dismissalEndsWithItsEvidence() {
        var outcomes = RecordedOutcomes()
        outcomes.open(case: finding().id, isDismissed: true)
        #expect(outcomes.state(of: finding()) == .dismissed)
        #expect(outcomes.state(of: finding([4, 9, 11])) == .open)
    }

    @Test func rectificationEndsWithItsEvidence() {
        var outcomes = RecordedOutcomes()
        outcomes.answer(finding().id)
        #expect(outcomes.state(of: finding()) == .answered)
        outcomes.rectify(finding().id)
        #expect(outcomes.state(of: finding()) == .rectified)
        #expect(outcomes.state(of: finding([4, 9, 11])) == .answered)
    }
}
