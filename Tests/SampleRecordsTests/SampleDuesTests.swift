import SampleRecords
import Testing

/// Payments reckoned on paper from the documents and from the figures that the sample declares.
struct SampleDuesTests {
    private func bill(
        _ place: String, _ category: String, _ visit: String, level: Int, year: Int,
        total: Int, employee: Bool = false
    ) throws -> SampleBill {
        try #require(
            SampleBill(
                city: place, year: year, category: category, visit: visit, level: level,
                isEmployee: employee, totalFen: total))
    }

    /// Tongliao, 10,000.01 yuan all in scope, level 2: basic (10,000.01 − 500) × 80 % = 7,600.008,
    /// left 2,400.00; the year's burden of 2,400.00 is below the major-illness deductible of
    /// 7,000; aid at 75 % = 1,800.00.
    @Test func tongliaoDibaoStay() throws {
        let bill = try bill("150500", "dibao", "inpatient", level: 2, year: 2023, total: 1_000_001)
        #expect(bill.paid == [760_001, 0, 180_000, 0, 0])
    }

    /// The destitute: all of what insurance leaves. Level 3, 100,000 yuan: basic (100,000 − 900) ×
    /// 70 % = 69,370; burden 30,630; major illness (30,630 − 7,000) × 65 % = 15,359.50; left
    /// 15,270.50.
    @Test func tongliaoTekunStay() throws {
        let bill = try bill("150500", "tekun", "inpatient", level: 3, year: 2023, total: 10_000_000)
        #expect(bill.paid == [6_937_000, 1_535_950, 1_527_050, 0, 0])
    }

    /// Outpatient care beyond chronic disease is not covered, that at 70 % is.
    @Test func tongliaoOutpatients() throws {
        let common = try bill("150500", "tekun", "outpatient", level: 2, year: 2023, total: 10_000)
        #expect(common.paid == [5_000, 0, 0, 0, 0])
        let chronic = try bill(
            "150500", "tekun", "chronic-outpatient", level: 2, year: 2023, total: 10_001)
        // 70 % of 100.01 is 70.007; 70 % of the 30.00 left is 21.00.
        #expect(chronic.paid == [7_001, 0, 2_100, 0, 0])
    }

    /// Who is aided on application gets nothing at the counter.
    @Test func tongliaoEdgeStay() throws {
        let bill = try bill(
            "150500", "dibao-edge", "inpatient", level: 2, year: 2023, total: 5_000_000)
        // (50,000 − 500) × 80 % = 39,600; burden 10,400 below 14,000.
        #expect(bill.paid == [3_960_000, 0, 0, 0, 0])
    }

    /// Liupanshui: no deductible, 80 + 10 %; major illness 80 % of all that is left, and aid 70 %.
    /// 20,000 yuan: 18,000; 1,600 of 2,000; 280 of 400.
    @Test func liupanshuiDibaoStay() throws {
        let bill = try bill("520200", "dibao", "inpatient", level: 2, year: 2018, total: 2_000_000)
        #expect(bill.paid == [1_800_000, 160_000, 28_000, 0, 0])
    }

    /// At most 95 %: 90 + 10 is 100.
    @Test func liupanshuiClinic() throws {
        let bill = try bill("520200", "tekun", "inpatient", level: 1, year: 2018, total: 100_000)
        // 950; 80 % of 50 is 40; the last 10.
        #expect(bill.paid == [95_000, 4_000, 1_000, 0, 0])
    }

    /// An employee by the employees' rules: (20,000 − 500) × 88 % = 17,160; 2,840 is below 14,000;
    /// 70 % of it is 1,988.
    @Test func liupanshuiEmployee() throws {
        let bill = try bill(
            "520200", "dibao", "inpatient", level: 2, year: 2018, total: 2_000_000, employee: true)
        #expect(bill.paid == [1_716_000, 0, 198_800, 0, 0])
    }

    /// Jiangmen: aid 80 % of what is left, the targeted fund the rest in scope.
    /// 10,000 yuan: basic 7,600; left 2,400; aid 1,920; fund 480.
    @Test func jiangmenWholeSettlement() throws {
        let bill = try bill(
            "440700", "targeted-poverty", "inpatient", level: 2, year: 2019, total: 1_000_000)
        #expect(bill.paid == [760_000, 0, 192_000, 48_000, 0])
    }

    /// Of own expense the fund takes 80 %, half up, and the hospital what is left: of 100.03 yuan
    /// 80.024 and so 80.02, and 20.01.
    @Test func jiangmenOwnExpense() throws {
        let bill = try #require(
            SampleBill(
                city: "440700", year: 2019, category: "targeted-poverty", visit: "inpatient",
                level: 2, isEmployee: false, totalFen: 1_010_003, ownExpenseFen: 10_003))
        #expect(bill.paid == [760_000, 0, 192_000, 48_000 + 8_002, 2_001])
    }

    /// Guangzhou 2023: (40,000 − 500) × 80 % = 31,600; left 8,400; less the annual deductible of
    /// 10 % of 68,088.90 yuan, to whole hundreds 6,800; 70 % of 1,600 is 1,120.
    @Test func guangzhouEdgeStay() throws {
        let bill = try bill(
            "440100", "dibao-edge", "inpatient", level: 2, year: 2023, total: 4_000_000)
        #expect(bill.paid == [3_160_000, 0, 112_000, 0, 0])
    }
}
