/// What earlier records entail, by the day on which it is due.
struct Agenda {
    private var days: [[FollowUp]]
    private let first: Day

    init(from first: Day, through last: Day) {
        self.first = first
        days = Array(repeating: [], count: first.distance(to: last) + 1)
    }

    /// What falls after the last day never happens.
    mutating func add(_ item: FollowUp, on day: Day) {
        let index = first.distance(to: day)
        if index >= 0, index < days.count { days[index].append(item) }
    }

    /// Takes all of one day, in the order in which it was added.
    mutating func take(_ day: Day) -> [FollowUp] {
        let index = first.distance(to: day)
        defer { days[index] = [] }
        return days[index]
    }
}

enum FollowUp {
    case certify(Member)
    case recertify(Member)
    case leave(Member)
    case entitle(Member)
    case enrol(Member, midYear: Bool)
    case subsidise(Member, midYear: Bool)
    case subsidiseAfterEnd(Member)
    case refundEnrolment(Member, fen: Int)
    case settle(Visit)
    indirect case reverse(Reversal)
    indirect case aid(AidCase)
    case clear(Clearing)
    indirect case warn(Warning)
    case answerWarning(Reference, county: Int)
    case mergeNewborn(Member, born: Day)
    indirect case supervise(SupervisionStep)
}
