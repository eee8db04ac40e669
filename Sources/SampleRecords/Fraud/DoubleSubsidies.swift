/// E1: one person's insurance subsidised twice over, in whatever dress.
extension Simulation {
    private static let barred = [City.tongliao, City.liupanshui]

    mutating func plantDoubleSubsidies(_ number: Int) {
        let setting = Setting(cities: Self.barred)
        switch number % 4 {
        case 0: plant("E1", "twice", in: setting) { $0.subsidiseTwice($1, $2) }
        case 1:
            let mixed = Setting.liupanshui
            plant("E1", "two-categories", in: mixed, also: ["F1"]) {
                $0.subsidiseTwice($1, $2, as: .registeredPoor)
            }
        case 2:
            plant("E1", "two-counties", in: setting) { $0.subsidiseTwice($1, $2, elsewhere: true) }
        default:
            if number / 4 % 2 == 0 {
                plant("E1", "two-enrolments-subsidised", in: setting) {
                    $0.enrolTwice($1, $2, scheme: "resident", payer: "subsidy")
                }
            } else {
                // The employer pays the second: nothing is subsidised twice.
                plant("E1", "two-enrolments", in: setting, grade: "W") {
                    $0.enrolTwice($1, $2, scheme: "employee", payer: "self")
                }
            }
        }
        switch number % 3 {
        case 0: plantLookAlike("E1", "top-up", in: .tongliao) { $0.topUp($1, $2) }
        case 1:
            plantLookAlike("E1", "reversed", in: setting) {
                $0.subsidiseTwice($1, $2, isReversed: true)
            }
        default:
            plantLookAlike("E1", "changed-scheme", in: setting) { $0.enrolOneAfterTheOther($1, $2) }
        }
    }

    private mutating func subsidiseTwice(
        _ planted: FraudCase, _ stage: Stage, as second: Category? = nil, elsewhere: Bool = false,
        isReversed: Bool = false
    ) {
        var entrance = Entrance(isSubsidised: false)
        if let second {
            entrance.group = Group(
                before: .dibao, since: .dibao, weight: 0, born: 1950...1985, beside: second)
        }
        let member = cast(stage, entrance)
        let neighbour = counties.indices.last {
            $0 != stage.county && counties[$0].place.city == stage.city
                && counties[$0].place.firstYear <= stage.year
        }
        let first = subsidyDay(of: member)
        let again = isReversed ? (first + 3).officeDay : day(in: stage, from: 2, to: 10).officeDay
        on(first) { simulation in
            var subsidy = simulation.dueSubsidy(of: member, in: stage.year)
            // The lower of two comes first, so that the second is what is too much.
            if let other = second.flatMap({ _ in
                simulation.dueSubsidy(of: member, as: .dibao, in: stage.year)
            }) {
                subsidy = other
            }
            let reference = simulation.approve(subsidy)
            simulation.fraud.note(planted, reference)
            if isReversed {
                simulation.on(again) { simulation in
                    simulation.leaveBatch(subsidy.fen, at: stage.county)
                    simulation.fraud.note(
                        planted, simulation.takeBack(reference, at: stage.county))
                }
            }
        }
        on(again) { simulation in
            var subsidy = simulation.dueSubsidy(of: member, in: stage.year)
            if elsewhere { subsidy.county = neighbour }
            simulation.fraud.note(planted, simulation.approve(subsidy))
        }
    }

    mutating func leaveBatch(_ fen: Int, at county: Int) {
        guard counties[county].batch.count > 0 else { return }
        counties[county].batch.count -= 1
        counties[county].batch.fen -= fen
    }

    /// Covered as a resident, and as an employee at the same time.
    private mutating func enrolTwice(
        _ planted: FraudCase, _ stage: Stage, scheme: String, payer: String
    ) {
        let member = cast(stage, Entrance(isEnrolled: false))
        let begins = day(in: stage, from: 2, to: 9)
        on(Day(stage.year, 1, 10)) { simulation in
            let first = simulation.enrolAgain(
                member, scheme: "resident", at: stage.county, from: Day(stage.year, 1, 1),
                to: Day(stage.year, 12, 31), payer: payer)
            simulation.fraud.note(planted, first)
        }
        on(begins) { simulation in
            let second = simulation.enrolAgain(
                member, scheme: scheme, at: stage.county, from: begins,
                to: Day(stage.year, 12, 31), payer: payer)
            simulation.fraud.note(planted, second)
        }
    }

    /// Covered as a resident until the day before the employer pays.
    private mutating func enrolOneAfterTheOther(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage, Entrance(isEnrolled: false))
        let begins = day(in: stage, from: 2, to: 9)
        on(Day(stage.year, 1, 10)) { simulation in
            let first = simulation.enrolAgain(
                member, scheme: "resident", at: stage.county, from: Day(stage.year, 1, 1),
                to: begins - 1)
            simulation.fraud.note(planted, first)
        }
        on(begins) { simulation in
            let second = simulation.enrolAgain(
                member, scheme: "employee", at: stage.county, from: begins,
                to: Day(stage.year, 12, 31))
            simulation.fraud.note(planted, second)
        }
    }

    /// Destitute since the summer: the rest of the premium is due then.
    private mutating func topUp(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage, Entrance(isSubsidised: false))
        let change = day(in: stage, from: 5, to: 9).officeDay
        on(subsidyDay(of: member)) { simulation in
            let due = simulation.dueSubsidy(of: member, in: stage.year)
            let first = simulation.approve(due)
            simulation.fraud.note(planted, first)
            simulation.on(change) { simulation in
                let person = simulation.person(member)
                simulation.certify(
                    person, .tekun, at: stage.county, until: Day(stage.year, 12, 31))
            }
            simulation.on((change + 4).officeDay) { simulation in
                guard
                    var rest = simulation.dueSubsidy(of: member, as: .tekun, in: stage.year)
                else { return }
                rest.fen -= due.fen
                rest.form = "fixed"
                rest.topUpOf = first
                simulation.fraud.note(planted, simulation.approve(rest))
            }
        }
    }
}
