import Reporting
import Testing

/// Scores, reckoned by hand from the rules in `templates/README.md`.
@Suite struct IndicatorScoreTests {
    /// Below the target in proportion: 5 points × 87.12 % ÷ 90.00 % = 4.84.
    @Test(arguments: [
        (weight: 500, actual: 8_712, target: 9_000, score: 484),
        (weight: 500, actual: 9_000, target: 9_000, score: 500),
        (weight: 500, actual: 12_345, target: 9_000, score: 500),
        (weight: 500, actual: 0, target: 9_000, score: 0),
        // Money that came back made the expenditure negative.
        (weight: 500, actual: -120, target: 9_000, score: 0),
        // 3 × 1 ÷ 8 = 0.375, rounded half up; 3 × 1 ÷ 7 = 0.428…
        (weight: 300, actual: 1, target: 8, score: 38),
        (weight: 300, actual: 1, target: 7, score: 43),
        (weight: 250, actual: 3_333, target: 10_000, score: 83),
        // 20,000 persons-times of 25,000.
        (weight: 400, actual: 20_000, target: 25_000, score: 320),
        (weight: 1_000, actual: .max - 1, target: .max, score: 1_000),
    ])
    func proportionalScoreIsTheHandReckoning(
        _ weight: Int64, _ actual: Int64, _ target: Int64, _ score: Int64
    ) {
        let found = ScoringRule.proportional.score(weight: weight, actual: actual, target: target)
        #expect(found == score)
    }

    /// Above the target in inverse proportion: 10 points × 30 % ÷ 40 % = 7.50.
    @Test(arguments: [
        (weight: 1_000, actual: 4_000, target: 3_000, score: 750),
        (weight: 1_000, actual: 3_000, target: 3_000, score: 1_000),
        (weight: 1_000, actual: 0, target: 3_000, score: 1_000),
        (weight: 1_000, actual: -5, target: 0, score: 1_000),
        (weight: 1_000, actual: 1, target: 0, score: 0),
        // 10 × 30.00 ÷ 30.01 = 9.9967
        (weight: 1_000, actual: 3_001, target: 3_000, score: 1_000),
        (weight: 1_000, actual: 9_000, target: 3_000, score: 333),
    ])
    func atMostScoreIsTheHandReckoning(
        _ weight: Int64, _ actual: Int64, _ target: Int64, _ score: Int64
    ) {
        #expect(ScoringRule.atMost.score(weight: weight, actual: actual, target: target) == score)
    }

    @Test func yesOrNoIsAllOrNothing() {
        #expect(ScoringRule.yesNo.score(weight: 200, actual: 10_000, target: 10_000) == 200)
        #expect(ScoringRule.yesNo.score(weight: 200, actual: 9_999, target: 10_000) == 0)
    }

    @Test func blankHasNoScore() {
        #expect(ScoringRule.blank.score(weight: 200, actual: 1, target: 1) == nil)
    }

    /// 90 (含)—100 优, 80 (含)—90 良, 60 (含)—80 中, 60 以下 差.
    @Test(arguments: [
        (points: 10_000, grade: "excellent"), (points: 9_000, grade: "excellent"),
        (points: 8_999, grade: "good"), (points: 8_000, grade: "good"),
        (points: 7_999, grade: "fair"), (points: 6_000, grade: "fair"),
        (points: 5_999, grade: "poor"), (points: 0, grade: "poor"),
    ])
    func gradeChangesAtTheBorder(_ points: Int64, _ grade: String) {
        let scale = GradeScale([
            .init(id: "excellent", from: 9_000), .init(id: "good", from: 8_000),
            .init(id: "fair", from: 6_000), .init(id: "poor", from: 0),
        ])
        #expect(scale.grade(points) == grade)
    }

    @Test func totalKeepsApartWhatIsNotMeasured() {
        var totals = PointTotals()
        totals.add(weight: 500, score: 484)
        totals.add(weight: 300, score: nil)
        totals.add(weight: 200, score: 0)
        #expect(totals.weight == 1_000)
        #expect(totals.measured == 700)
        #expect(totals.open == 300)
        #expect(totals.score == 484)
        #expect(totals.most == 784)
    }

    @Test(arguments: [(0, "0.00"), (5, "0.05"), (484, "4.84"), (10_000, "100.00")])
    func pointsHaveTwoDecimals(_ hundredths: Int64, _ text: String) {
        #expect(Points.text(hundredths) == text)
    }
}
