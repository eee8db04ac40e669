/// Decides how many visits are settled a day, so that the sample has exactly as many records as
/// were asked for: the calendar's records are foreseen from the year before, and claims fill up
/// what is left.
struct Pace {
    private let plan: Plan
    /// Records of the closing of the last day.
    private let closing: Int
    private var claimsThisYear = 0
    private var emittedAtYearStart = 0
    /// Expected records of a whole year that are not settled visits and what follows from them.
    private var calendarPerYear: Int
    private var carry = 0

    init(plan: Plan) {
        self.plan = plan
        closing = Pace.closingRecords(of: plan)
        let persons = plan.population.reduce(0, +)
        calendarPerYear = persons * 22 / 10 + plan.counties.count * 32 + plan.cities.count * 45
    }

    /// Statements and balances of 31 December.
    private static func closingRecords(of plan: Plan) -> Int {
        let balances = plan.counties.reduce(0) { count, place in
            count + (place.city == City.jiangmen && plan.years.lowerBound <= 2020 ? 2 : 1)
        }
        return plan.counties.count * Statements.kinds.count + balances
    }

    /// Whether one more record than those of the closing fits.
    func hasRoom(_ emitted: Int) -> Bool { emitted + closing + 2 < plan.entries }

    mutating func beginYear(_ year: Int) {}
}
