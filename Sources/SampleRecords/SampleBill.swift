/// One bill, the first of a person's year, as the sample settles it.
package struct SampleBill {
    /// By basic insurance, major-illness insurance or the employees' large-cost fund, medical aid,
    /// the targeted fund, and the hospital; in fen.
    package let paid: [Int]

    /// - Parameters:
    ///   - city: GB/T 2260 code of one of the sample's cities.
    ///   - totalFen: all in policy scope but for the own expense.
    /// - Returns: nil where a code is none of the sample's.
    package init?(
        city: String, year: Int, category: String, visit: String, level: Int, isEmployee: Bool,
        totalFen: Int, ownExpenseFen: Int = 0
    ) {
        guard let index = City.all.firstIndex(where: { String($0.code) == city }),
            let category = Category(rawValue: category), let visit = VisitType(rawValue: visit),
            (0...3).contains(level)
        else { return nil }
        var amounts = Amounts(total: totalFen, ownExpense: ownExpenseFen)
        var sums = BenefitYear(year: year)
        Settlement(
            standards: Standards(city: index, year: year), category: category, visit: visit,
            level: level, isEmployee: isEmployee
        ).pay(&amounts, &sums)
        paid = [
            amounts.basic, amounts.majorIllness + amounts.employeeLarge, amounts.medicalAid,
            amounts.targetedFund, amounts.hospitalBorne,
        ]
    }
}
