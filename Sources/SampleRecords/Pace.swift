/// Decides how many visits are settled a day, so that the sample has exactly as many records as
/// were asked for: the calendar's records are foreseen from the year before, and visits fill up
/// what is left.
struct Pace {
    private let plan: Plan
    private let population: Int
    /// Records of the closing of the last day.
    let closing: Int
    /// Expected records of a whole year that do not follow from a visit.
    private var calendarPerYear: Int
    private var calendarThisYear = 0
    private var visits = 0
    /// Records of visits and of what follows from them.
    private var flow = 0
    /// Thousandths of a visit left over from the days before.
    private var carry = 0

    init(plan: Plan) {
        self.plan = plan
        population = plan.population.reduce(0, +)
        closing = plan.counties.count * (Statements.kinds.count + 1)
        calendarPerYear = population * 22 / 10 + plan.counties.count * 44 + plan.cities.count * 50
    }

    /// Whether there is room for what an item of the agenda may write besides the closing.
    func hasRoom(_ emitted: Int) -> Bool { emitted + closing + 4 <= plan.entries }

    mutating func count(_ kind: RecordKind) {
        if kind == .claimSettled { visits += 1 }
        if kind.followsVisit { flow += 1 } else { calendarThisYear += 1 }
    }

    mutating func endYear(_ year: Int) {
        var ordinary = calendarThisYear - extra(in: year)
        // The first year enrols twice and certifies everybody.
        if year == plan.years.lowerBound { ordinary -= population * 3 }
        if ordinary > 0 { calendarPerYear = ordinary }
        calendarThisYear = 0
    }

    mutating func visitsToday(_ today: Day, emitted: Int) -> Int {
        let room = plan.entries - closing - emitted
        let daysLeft = today.distance(to: plan.lastDay) + 1
        if daysLeft == 1 { return max(0, room) }
        let foreseen = calendarLeft(after: today)
        // Near the end less and less follows from a visit within the time left.
        let followed = visits < 200 ? 1_500 : flow * 1_000 / visits
        let perVisit = daysLeft > 45 ? followed : 1_000 + (followed - 1_000) * daysLeft / 60
        carry += max(0, room - foreseen) * 1_000_000 / (daysLeft * perVisit)
        let whole = carry / 1_000
        carry -= whole * 1_000
        return whole
    }

    private func calendarLeft(after today: Day) -> Int {
        let year = today.year
        let later = (year + 1..<max(year + 1, plan.years.upperBound + 1))
            .reduce(0) { $0 + expected(in: $1) }
        return later + max(0, expected(in: year) - calendarThisYear)
    }

    private func expected(in year: Int) -> Int {
        calendarPerYear + extra(in: year)
    }

    private func extra(in year: Int) -> Int {
        var records = 0
        // New categories are certified when the documents change.
        if year == Group.changeYear, year > plan.years.lowerBound { records += population }
        // Enrolment for the year after the last is not recorded.
        if year == plan.years.upperBound { records -= population * 13 / 10 }
        return records
    }
}

extension RecordKind {
    var followsVisit: Bool {
        switch self {
        case .claimSettled, .referralFiled, .reviewConcluded, .clearingRequested, .clearingPaid,
            .aidApplied, .meansChecked, .publicityHeld, .publicityObjected, .publicityResolved,
            .resolutionAdopted, .aidApproved, .aidRefused, .aidPaid, .paymentReturned,
            .entryReversed, .warningRaised, .warningAnswered:
            true
        default: false
        }
    }
}
