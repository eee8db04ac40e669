import AidRecords
import LedgerCore
import Reporting
import Testing

@Suite struct RatioSpreadTests {
    private func spread(_ cases: [(Int64, Int64)]) -> RatioSpread {
        cases.reduce(into: RatioSpread()) { $0.add(part: $1.0, whole: $1.1) }
    }

    /// 1 of 10 and 3 of 10: a fifth of all, residuals −1 and 1, so s = √2, and for two cases one
    /// standard error is √2 ÷ (10 √2), a tenth.
    @Test(
        arguments: [
            (0, 2, 2_000), (1, 2, 3_000), (-1, 2, 1_000), (3, 2, 5_000), (-3, 2, 0), (1, 8, 2_500),
            (8, 2, 10_000), (9, 2, 10_000),
        ] as [(Int, Int64, Int64)])
    func limitIsSoManyStandardErrorsOff(_ errors: Int, _ cases: Int64, _ points: Int64) {
        let limit = spread([(1, 10), (3, 10)]).limit(errors: errors, cases: cases)
        #expect(limit?.value == points)
    }

    /// 1 of 10, 2 of 20, 9 of 30: ratio 12/60; residuals −1, −2, 3; s² = 14/2; mean whole 20; for
    /// four cases √(7/4) ÷ 20 = 0.0661.
    @Test func casesOfDifferentSizeAreWeighed() {
        let three = spread([(1, 10), (2, 20), (9, 30)])
        #expect(three.limit(errors: 0, cases: 4)?.value == 2_000)
        #expect(three.limit(errors: 1, cases: 4)?.value == 2_661)
    }

    @Test func sharesThatAreAllTheSameHaveNoSpread() {
        let same = spread([(1, 10), (3, 30), (200_000_000_001, 2_000_000_000_010)])
        #expect(same.limit(errors: 3, cases: 1)?.value == 1_000)
    }

    @Test func nothingIsToldOfOneCaseOrOfNothing() {
        #expect(spread([(1, 10)]).limit(errors: 3, cases: 1) == nil)
        #expect(spread([(0, 0), (0, 0)]).limit(errors: 3, cases: 1) == nil)
        #expect(spread([(1, 10), (3, 10)]).limit(errors: 3, cases: 0) == nil)
    }
}

@Suite struct PinyinOrderTests {
    /// Beginnings of places' names in the order of their pinyin, by hand: ān, běi, chóng, guǎng,
    /// guì, jiāng, lì, liù, pán, péng, shuǐ, tái, tōng.
    private static let names = [
        "安顺市医院", "北京市医院", "重庆市医院", "广州市医院", "贵阳市医院", "江门市医院", "荔湾区医院",
        "六盘水市医院", "盘州市医院", "蓬江区医院", "水城区医院", "台山市医院", "通辽市医院",
    ]

    @Test func namesStandInTheOrderOfTheirPinyin() {
        let order = PinyinOrder(Set(PinyinOrderTests.names))
        let ranks = PinyinOrderTests.names.map { order.rank(.text($0)) }
        #expect(ranks == ranks.indices.map { .integer(Int64($0)) })
        // Code points have them otherwise.
        #expect(PinyinOrderTests.names != PinyinOrderTests.names.sorted())
    }

    /// A character stands by its most usual reading: Changsha as if it were Zhangsha.
    @Test func otherReadingsAreNotKnown() {
        let order = PinyinOrder(["长沙市医院", "北京市医院", "通辽市医院"])
        #expect(order.rank(.text("长沙市医院")) == .integer(2))
    }

    @Test func whatIsNoNameStaysWhatItIs() {
        #expect(PinyinOrder(["甲"]).rank(.null) == .null)
    }
}
