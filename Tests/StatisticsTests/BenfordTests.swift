import Statistics
import Testing

struct BenfordTests {
    private func test() throws -> BenfordTest {
        var digits = FirstTwoDigits()
        for pair in try Expected.numbers("amounts.csv").compactMap(FirstTwoDigits.of) {
            digits.add(pair)
        }
        return try #require(BenfordTest(digits))
    }

    @Test(arguments: [
        (10, 10), (99, 99), (100, 10), (109, 10), (110, 11), (29, 29), (99_999, 99),
        (100_000, 10), (9_007_199_254_740_993, 90), (Int64.max, 92),
    ])
    func digitsAreThoseThatStandThere(number: Int64, pair: Int) {
        #expect(FirstTwoDigits.of(number) == pair)
    }

    @Test(arguments: [9, 1, 0, -1, -12, Int64.min])
    func belowTenThereAreNoTwoDigits(number: Int64) {
        #expect(FirstTwoDigits.of(number) == nil)
    }

    @Test func noAmountsAreNoTest() {
        #expect(BenfordTest(FirstTwoDigits()) == nil)
    }

    @Test func expectedSharesAreTheLawsAndMakeOne() {
        #expect(agree(BenfordTest.expectedShare(of: 10), 0.041392685158225, within: 1e-13))
        #expect(agree(BenfordTest.expectedShare(of: 99), 0.004364805402450, within: 1e-12))
        let sum = FirstTwoDigits.pairs.map(BenfordTest.expectedShare).reduce(0, +)
        #expect(agree(sum, 1, within: 1e-14))
    }

    @Test func statisticsAreThoseOfScipy() throws {
        let (test, expected) = (try test(), try Expected.read().benford)
        #expect(FirstTwoDigits.pairs.map { test.digits[$0] } == expected.counts)
        #expect(agree(test.meanAbsoluteDeviation, expected.meanAbsoluteDeviation))
        #expect(agree(test.chiSquare, expected.chiSquare))
        #expect(agree(test.probability, expected.probability))
        #expect(test.conformity == .acceptable)
    }

    @Test func zStatisticsAreThoseOfNigrini() throws {
        let (test, expected) = (try test(), try Expected.read().benford)
        for (digit, z) in zip(test.all, expected.z) { #expect(agree(digit.z, z)) }
        #expect(test.noticeable.map(\.pair).sorted() == expected.noticeable)
        #expect(test.noticeable.first?.pair == 49)
        #expect(test.noticeable.filter(\.isNoticeableAmongAll).map(\.pair) == [49])
    }

    /// The exact mean is taken over all values of a binomial count; ours is its approximation.
    @Test func whatChanceMakesIsNearTheExactMean() throws {
        let expected = try Expected.read().benford.meanAbsoluteDeviationByChance
        #expect(agree(try test().meanAbsoluteDeviationByChance, expected, within: 0.01))
    }

    @Test func theBoundOfNinetyLooksIsBonferronis() throws {
        let expected = try Expected.read().tails.noticeableAmongAll
        #expect(agree(BenfordDigit.noticeableAmongAll, expected, within: 2e-5))
    }

    @Test(arguments: [
        (0, BenfordConformity.close), (0.001199, .close), (0.0012, .acceptable),
        (0.001799, .acceptable), (0.0018, .marginal), (0.002199, .marginal),
        (0.0022, .nonconforming), (0.02, .nonconforming),
    ])
    func classesBeginWhereNigriniSaysTheyDo(deviation: Double, conformity: BenfordConformity) {
        #expect(BenfordConformity(deviation) == conformity)
    }

    @Test(arguments: [(999, false), (1_000, true)])
    func fewerThanAThousandConcludeNothing(total: Int, isConclusive: Bool) throws {
        var digits = FirstTwoDigits()
        digits.add(10, times: total)
        #expect(try #require(BenfordTest(digits)).isConclusive == isConclusive)
    }
}
