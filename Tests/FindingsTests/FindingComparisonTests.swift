import AidRecords
import Findings
import LedgerCore
import Testing

/// Two states compared, and filters.
struct FindingComparisonTests {
    private func finding(
        _ key: Int64, _ entries: [Int64], area: String = "150502", day: String? = "2023-05-01",
        amount: Int64? = 100, subjects: [Finding.Subject] = []
    ) -> Finding {
        Finding(
            id: FindingID(rule: "T1", key: [.integer(key)], entries: entries), rule: "T1",
            grade: .warning, area: area, day: day.flatMap { CivilDate($0) }, subjects: subjects,
            entries: entries, figures: [], amount: amount, rules: [])
    }

    @Test func eachHasBecomeSomething() {
        let comparison = FindingComparison(
            earlier: [finding(1, [1]), finding(2, [2]), finding(3, [3])],
            now: [finding(2, [2]), finding(3, [3, 4]), finding(5, [5])])
        #expect(comparison.all.map(\.change) == [.unchanged, .changed, .new, .gone])
        #expect(comparison.all.last?.finding == finding(1, [1]))
    }

    @Test func stateGradeAndAmountAreCompared() throws {
        let before = finding(1, [1])
        var rectified = before
        rectified.state = .rectified
        var worse = before
        worse.grade = .breach
        for now in [rectified, worse, finding(1, [1], amount: 99), finding(1, [1], amount: nil)] {
            let one = try #require(FindingComparison(earlier: [before], now: [now]).all.first)
            #expect(one.change == .changed)
            #expect(one.finding == now && one.earlier == before)
        }
    }

    @Test func whatLeavesAFilterIsNotGone() {
        let before = [finding(1, [1], amount: 150), finding(2, [2], amount: 50)]
        let now = [finding(1, [1], amount: 50), finding(2, [2], amount: 150)]
        var filter = FindingFilter()
        filter.leastAmount = 100
        let admitted = FindingComparison(earlier: before, now: now).admitted(by: filter)
        #expect(admitted.map(\.change) == [.changed, .changed])
        let other = FindingComparison(earlier: before, now: []).admitted(by: filter)
        #expect(other.map(\.finding) == [before[0]])
        #expect(other.map(\.change) == [.gone])
    }

    @Test(arguments: [
        ("150502", true), ("150500", true), ("150000", true), ("000000", true),
        ("150503", false), ("150600", false), ("440000", false),
    ])
    func anAreaIsAllThatLiesInIt(area: String, isIn: Bool) {
        var filter = FindingFilter()
        filter.area = area
        #expect(filter.admits(finding(1, [1])) == isIn)
    }

    @Test func whatHasNoDayIsInEveryPeriod() {
        var filter = FindingFilter()
        filter.from = CivilDate("2023-05-01")
        filter.to = CivilDate("2023-05-01")
        #expect(filter.admits(finding(1, [1])))
        #expect(!filter.admits(finding(1, [1], day: "2023-05-02")))
        #expect(filter.admits(finding(1, [1], day: nil)))
    }

    @Test func amountsAndSubjects() {
        var filter = FindingFilter()
        filter.leastAmount = 100
        #expect(filter.admits(finding(1, [1])))
        #expect(!filter.admits(finding(1, [1], amount: 99)))
        #expect(!filter.admits(finding(1, [1], amount: nil)))
        filter = FindingFilter()
        filter.person = ["p:1", "p:2"]
        filter.institution = "H1"
        let person = Finding.Subject(type: .person, value: .text("p:2"))
        let hospital = Finding.Subject(type: .institution, value: .text("H1"))
        #expect(filter.admits(finding(1, [1], subjects: [person, hospital])))
        #expect(!filter.admits(finding(1, [1], subjects: [person])))
        #expect(!filter.admits(finding(1, [1], subjects: [hospital])))
    }
}
