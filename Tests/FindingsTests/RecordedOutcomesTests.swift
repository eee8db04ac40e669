import AidRecords
import Findings
import LedgerCore
import Testing

/// What has become of findings, and of the matter when its evidence grows.
struct RecordedOutcomesTests {
    private func finding(
        _ entries: [Int64] = [4, 9], about decisive: [Int64] = [], key: Int64 = 1,
        day: String? = "2024-03-05", clauses: [(rule: String, isLoose: Bool)] = [("R1", true)]
    ) -> Finding {
        var finding = Finding(
            id: FindingID(rule: "T1", key: [.integer(key)], entries: entries), rule: "T1",
            grade: .breach, area: "150502", day: day.flatMap { CivilDate($0) }, subjects: [],
            entries: entries, decisive: decisive, figures: [], amount: nil, rules: [])
        finding.provisions = clauses.map {
            RestingProvision(rulebook: "b", rule: $0.rule, quote: "q", admitsExceptions: $0.isLoose)
        }
        return finding
    }

    private func settled(_ outcomes: RecordedOutcomes, _ finding: Finding) -> Finding {
        var finding = finding
        outcomes.settle(&finding)
        return finding
    }

    private func state(_ outcomes: RecordedOutcomes, of finding: Finding) -> FindingState {
        settled(outcomes, finding).state
    }

    /// Exceptions by the entries that grant them, from 100 on.
    private func excepting(
        _ granted: [(rule: String, entry: Int64, day: String)]
    ) throws -> RecordedOutcomes {
        var outcomes = RecordedOutcomes()
        for (index, one) in granted.enumerated() {
            outcomes.except(
                GrantedException(
                    seq: Int64(100 + index), rule: one.rule, entry: one.entry,
                    day: try #require(CivilDate(one.day))))
        }
        return outcomes
    }

    @Test func withoutAnyRecordItIsOpen() {
        #expect(state(RecordedOutcomes(), of: finding()) == .open)
    }

    @Test(arguments: [
        ("T1", 4, FindingState.excused), ("R1", 4, .excused), ("R2", 4, .open), ("R1", 9, .open),
        ("R1", 5, .open),
    ])
    func anExceptionNamesTheRuleAndWhatItIsAbout(
        rule: String, entry: Int64, expected: FindingState
    ) throws {
        let outcomes = try excepting([(rule, entry, "2024-03-05")])
        #expect(state(outcomes, of: finding(about: [4])) == expected)
    }

    @Test func everyEntryThatItIsAboutIsExcepted() throws {
        let one = try excepting([("R1", 4, "2024-03-01")])
        let part = settled(one, finding())
        #expect(part.state == .open)
        #expect(part.notes == [FindingNote(.excusedInPart, [100])])
        let both = try excepting([("R1", 4, "2024-03-01"), ("T1", 9, "2024-03-02")])
        #expect(settled(both, finding()).notes == [FindingNote(.excused, [100, 101])])
    }

    @Test func everyClauseThatWasBrokenIsExcepted() throws {
        let twice = finding(about: [4], clauses: [("R1", true), ("R2", true)])
        let one = try excepting([("R1", 4, "2024-03-01")])
        #expect(settled(one, twice).notes == [FindingNote(.excusedInPart, [100])])
        let both = try excepting([("R1", 4, "2024-03-01"), ("R2", 4, "2024-03-01")])
        #expect(state(both, of: twice) == .excused)
    }

    @Test(arguments: ["2024-03-04", nil])
    func whatIsGrantedAfterwardsIsTold(day: String?) throws {
        let late = try excepting([("R1", 4, "2024-03-05")])
        let found = settled(late, finding(about: [4], day: day))
        #expect(found.state == .open)
        #expect(found.notes == [FindingNote(.grantedAfterwards, [100])])
    }

    @Test func aStrictClauseAContradictionAndNoClauseAdmitNone() throws {
        let granted = try excepting([("T1", 4, "2024-03-01")])
        var contradiction = finding(about: [4])
        contradiction.isContradiction = true
        let strict = finding(about: [4], clauses: [("R1", true), ("J1", false)])
        for one in [contradiction, strict, finding(about: [4], clauses: [])] {
            let found = settled(granted, one)
            #expect(found.state == .open)
            #expect(found.notes == [FindingNote(.admitsNoException, [100])])
        }
    }

    @Test func aCaseIsAboutTheMatter() {
        var outcomes = RecordedOutcomes()
        outcomes.open(case: finding().id, isDismissed: false)
        #expect(state(outcomes, of: finding()) == .inCase)
        #expect(state(outcomes, of: finding([4, 9, 11])) == .inCase)
        #expect(state(outcomes, of: finding(key: 2)) == .open)
    }

    @Test func dismissalEndsWithItsEvidence() {
        var outcomes = RecordedOutcomes()
        outcomes.open(case: finding().id, isDismissed: true)
        #expect(state(outcomes, of: finding()) == .dismissed)
        #expect(state(outcomes, of: finding([4, 9, 11])) == .open)
    }

    @Test func rectificationEndsWithItsEvidence() {
        var outcomes = RecordedOutcomes()
        outcomes.answer(finding().id)
        #expect(state(outcomes, of: finding()) == .answered)
        outcomes.rectify(finding().id, seq: 20, isAccepted: true)
        #expect(state(outcomes, of: finding()) == .rectified)
        #expect(state(outcomes, of: finding([4, 9, 11])) == .answered)
    }

    @Test func whatNobodyHasAcceptedIsOnlyReported() {
        var outcomes = RecordedOutcomes()
        outcomes.rectify(finding().id, seq: 20, isAccepted: false)
        let found = settled(outcomes, finding())
        #expect(found.state == .open)
        #expect(found.notes == [FindingNote(.rectificationNotAccepted, [20])])
        outcomes.rectify(finding().id, seq: 21, isAccepted: true)
        #expect(settled(outcomes, finding()).notes.isEmpty)
        #expect(state(outcomes, of: finding()) == .rectified)
    }
}
