import AidRecords
import PolicyRules
import Testing

/// A reckoning's lines as they are written on paper.
@Suite struct TraceTextTests {
    private static let wording = TraceWording(
        lines: ["base": Words(zh: "救助基数（{visit}）", en: "Base of aid ({visit})")],
        terms: ["compliant": Words(zh: "合规费用", en: "Compliant")])
    private static let zh = TraceText(wording, .chinese)
    private static let en = TraceText(wording, .english)

    private func step(_ formula: TraceStep.Formula, _ result: Int64?) -> TraceStep {
        TraceStep("base", formula, result: result, details: ["visit": "inpatient"])
    }

    @Test func placesAreFilled() {
        #expect(Self.zh.words(step(.words, nil)) == "救助基数（inpatient）")
        #expect(Self.en.words(step(.words, nil)) == "Base of aid (inpatient)")
        #expect(Self.en.words(TraceStep("base")) == "Base of aid ({visit})")
        #expect(Self.en.words(TraceStep("unknown.step")) == "unknown.step")
    }

    @Test func amountsAndCodesAreShownAsPeopleWriteThem() throws {
        let codes = try RulebookTests.codes()
        let wording = TraceWording(
            lines: [
                "whose": Words(zh: "{category}，已付 {paidFen} 元", en: "{category}: {paidFen} paid")
            ],
            codes: codes)
        let step = TraceStep("whose", details: ["category": "dibao", "paidFen": "123456"])
        let words = try #require(codes["category"]?.words("dibao"))
        #expect(TraceText(wording, .chinese).words(step) == "\(words.zh)，已付 1,234.56 元")
        #expect(TraceText(wording, .english).words(step) == "\(words.en): 1,234.56 paid")
    }

    @Test func sumsSayWhatIsTakenAway() {
        let sum = step(.sum([.init("compliant", 1_200_000), .init("basic", -700_000)]), 500_000)
        #expect(Self.zh.formula(sum) == "合规费用 12,000.00 − 7,000.00 = 5,000.00")
        #expect(Self.en.formula(sum) == "Compliant 12,000.00 − 7,000.00 = 5,000.00")
        let negative = step(.sum([.init("a", -5), .init("b", 7)]), 2)
        #expect(Self.en.formula(negative) == "−0.05 + 0.07 = 0.02")
    }

    @Test func sharesSayHowTheyAreRounded() {
        let exact = step(
            .share(of: .init("a", 500_000), basisPoints: 7_000, rounding: .down), 350_000)
        #expect(Self.en.formula(exact) == "5,000.00 × 70.00% = 3,500.00")
        let rounded = step(.share(of: .init("a", 1), basisPoints: 5_000, rounding: .halfUp), 1)
        #expect(Self.en.formula(rounded) == "0.01 × 50.00% (half up to the fen) = 0.01")
        #expect(Self.zh.formula(rounded) == "0.01 × 50.00%（四舍五入到分） = 0.01")
    }

    /// 25,000.00: the first 10,000.00 at 50%, the rest at 60%; the third tier is not reached.
    @Test func tiersAreWrittenSliceBySlice() {
        let tiers: [Parameter.Tier] = [
            .init(from: 0, to: 1_000_000, basisPoints: 5_000),
            .init(from: 1_000_000, to: 3_000_000, basisPoints: 6_000),
            .init(from: 3_000_000, to: nil, basisPoints: 7_000),
        ]
        let step = step(.tiers(of: .init("a", 2_500_000), tiers, rounding: .down), 1_400_000)
        #expect(
            Self.en.formula(step)
                == "25,000.00: 10,000.00 × 50.00% + 15,000.00 × 60.00% = 14,000.00")
        #expect(
            Self.zh.formula(step)
                == "25,000.00：10,000.00 × 50.00% + 15,000.00 × 60.00% = 14,000.00")
    }

    @Test func choicesNameWhatTheyChooseFrom() {
        let least = step(.least([.init("compliant", 100), .init("cap", 250)]), 100)
        #expect(Self.zh.formula(least) == "合规费用 1.00、2.50 取其小 = 1.00")
        #expect(Self.en.formula(least) == "the least of Compliant 1.00, 2.50 = 1.00")
        let greatest = step(.greatest([.init("a", 0), .init("b", 250)]), 250)
        #expect(Self.en.formula(greatest) == "the greatest of 0.00, 2.50 = 2.50")
    }

    @Test func wordsAloneHaveNoFormula() {
        #expect(Self.en.formula(step(.words, nil)) == nil)
        #expect(Self.en.formula(step(.words, 250)) == "2.50")
    }

    @Test func mistakeInTheWordsIsNamed() {
        #expect(throws: DeclarationError.self) {
            try TraceWording(
                file: "steps.yaml", text: "lines: {base: {zh: 一}}\nterms: {}\n", codes: [:])
        }
    }
}
