/// E2, E3 and F1: subsidies of a wrong amount, below what the document demands, or from a fund
/// that it does not name. E5: premiums collected although the whole is subsidised.
extension Simulation {
    /// One subsidy that is not as it should be.
    private mutating func subsidise(
        _ planted: FraudCase, _ stage: Stage, _ category: Category, isEmployee: Bool = false,
        _ change: @escaping (inout Subsidy) -> Void
    ) {
        let member = cast(
            stage,
            Entrance(
                group: .only(category), isEmployee: isEmployee, isSubsidised: false))
        on(subsidyDay(of: member)) { simulation in
            var subsidy = simulation.dueSubsidy(of: member, in: stage.year)
            change(&subsidy)
            simulation.fraud.note(planted, simulation.approve(subsidy))
        }
    }

    // MARK: Wrong rate

    mutating func plantWrongRates(_ number: Int) {
        let old = Setting.guangdong.through(2018...2022)
        switch number % 6 {
        case 0:
            plant("E2", "one-fen-short", in: .tongliao) {
                $0.subsidise($1, $2, .tekun) { $0.fen -= 1 }
            }
        case 1:
            plant("E2", "short", in: old) { $0.subsidise($1, $2, .dibao) { $0.fen -= 30_00 } }
        case 2:
            plant("E2", "above-standard", in: .tongliao) {
                $0.subsidise($1, $2, .dibao) { $0.fen += 1_00 }
            }
        case 3:
            plant("E2", "above-premium", in: .liupanshui, also: ["S1"]) {
                $0.subsidise($1, $2, .tekun) { $0.fen += 1_00 }
            }
        case 4:
            // At the document's floor, and still less than the locality laid down.
            plant("E2", "at-floor", in: .tongliao) {
                $0.subsidise($1, $2, .dibao) { $0.fen = share($0.premium, 4_500) }
            }
        default:
            plant("E2", "half", in: .liupanshui) { $0.subsidise($1, $2, .tekun) { $0.fen /= 2 } }
        }
        switch number % 2 {
        case 0:
            plantLookAlike("E2", "employee", in: old) {
                $0.subsidise($1, $2, .dibao, isEmployee: true) { _ in }
            }
        default:
            plantLookAlike("E2", "fixed", in: .liupanshui) { $0.subsidise($1, $2, .dibao) { _ in } }
        }
    }

    // MARK: Below the floor

    mutating func plantBelowFloor(_ number: Int) {
        let also = ["E2"]
        switch number % 4 {
        case 0:
            plant("E3", "one-fen-below", in: .tongliao, also: also) {
                $0.subsidise($1, $2, .dibao) { $0.fen = share($0.premium, 4_500) - 1 }
            }
        case 1:
            plant("E3", "nine-yuan-99", in: .liupanshui, also: also) {
                $0.subsidise($1, $2, .dibao) { $0.fen = 9_99 }
            }
        case 2:
            plant("E3", "employee", in: Setting.guangdong.through(2018...2022), also: also) {
                $0.subsidise($1, $2, .dibao, isEmployee: true) { $0.fen -= 1_00 }
            }
        default:
            plant("E3", "far-below", in: .tongliao, also: also) {
                $0.subsidise($1, $2, .dibao) { $0.fen /= 3 }
            }
        }
        plantLookAlike("E3", "above-floor", in: .liupanshui) {
            $0.subsidise($1, $2, .lowIncomeDisabled) { _ in }
        }
    }

    // MARK: Wrong fund

    mutating func plantWrongFunds(_ number: Int) {
        switch number % 5 {
        case 0:
            plant("F1", "destitute-from-county", in: .liupanshui) {
                $0.subsidise($1, $2, .tekun) { $0.fund = "county-budget" }
            }
        case 1:
            plant("F1", "poor-from-aid", in: .liupanshui) {
                $0.subsidise($1, $2, .registeredPoor) { $0.fund = "medical-aid" }
            }
        case 2:
            plant("F1", "others-from-aid", in: .liupanshui) {
                $0.subsidise($1, $2, .otherHardship) { $0.fund = "medical-aid" }
            }
        case 3:
            plant("F1", "merged-fund", in: .tongliao) {
                $0.subsidise($1, $2, .tekun) { $0.fund = "targeted-poverty" }
            }
        default:
            plant("F1", "low-income-from-social", in: .liupanshui) {
                $0.subsidise($1, $2, .lowIncomeDisabled) { $0.fund = "social-undertakings" }
            }
        }
        switch number % 2 {
        case 0:
            plantLookAlike("F1", "poor-from-social", in: .liupanshui) {
                $0.subsidise($1, $2, .registeredPoor) { _ in }
            }
        default:
            plantLookAlike("F1", "others-from-county", in: .liupanshui) {
                $0.subsidise($1, $2, .otherHardship) { _ in }
            }
        }
    }

    // MARK: Charged after approval

    mutating func plantCharges(_ number: Int) {
        // G07 speaks of those whose premium is subsidised as a whole.
        let setting = Setting.guangdong.through(2018...2025)
        let later = [0, 1, 40, 150][number % 4]
        plant("E5", later == 0 ? "same-day" : "later", in: setting) {
            $0.charge($1, $2, .tekun, after: later)
        }
        switch number % 3 {
        case 0:
            plantLookAlike("E5", "day-before", in: setting) { $0.charge($1, $2, .tekun, after: -1) }
        case 1:
            plantLookAlike("E5", "fixed-subsidy", in: Setting.liupanshui) {
                $0.charge($1, $2, .dibao, after: 20)
            }
        default:
            plantLookAlike("E5", "taken-back", in: setting) {
                $0.charge($1, $2, .tekun, after: 2, isReversed: true)
            }
        }
    }

    private mutating func charge(
        _ planted: FraudCase, _ stage: Stage, _ category: Category, after days: Int,
        isReversed: Bool = false
    ) {
        let member = cast(stage, Entrance(group: .only(category), isEnrolled: false))
        let approved = subsidyDay(of: member)
        on(approved - 2) { simulation in
            let due = simulation.dueSubsidy(of: member, in: stage.year)
            simulation.enrolAgain(
                member, scheme: "resident", at: stage.county, from: Day(stage.year, 1, 1),
                to: Day(stage.year, 12, 31), payer: due.form == "full" ? "subsidy" : "mixed")
        }
        on(approved) { simulation in
            let subsidy = simulation.dueSubsidy(of: member, in: stage.year)
            simulation.fraud.note(planted, simulation.approve(subsidy))
        }
        on(approved + days) { simulation in
            let due = simulation.dueSubsidy(of: member, in: stage.year)
            let fen = due.form == "full" ? due.premium : due.premium - due.fen
            let reference = simulation.collectPremium(fen, from: member, for: stage.year)
            simulation.fraud.note(planted, reference)
            guard isReversed else { return }
            simulation.on(simulation.today + 1) { simulation in
                simulation.takeBack(reference, at: stage.county)
            }
        }
    }

    // MARK: No valid identity

    mutating func plantInvalidIdentities(_ number: Int) {
        switch number % 3 {
        case 0:
            plant("E4", "other-office", in: .liupanshui, also: ["P2"]) {
                $0.subsidiseInvalid($1, $2, Entrance(certifier: "disabled-federation"))
            }
        case 1:
            plant("E4", "after-exit", in: .liupanshui, also: ["P2"]) {
                $0.subsidiseInvalid($1, $2, Entrance(to: Day($2.year, 4, 30)), in: 6...9)
            }
        default:
            plant("E4", "before-certified", in: .tongliao, also: ["P2"]) {
                $0.subsidiseInvalid($1, $2, Entrance(from: Day($2.year, 6, 1)), in: 2...4)
            }
        }
        switch number % 2 {
        case 0:
            plantLookAlike("E4", "last-day", in: .liupanshui) {
                let last = Day($2.year, 5, 12).officeDay
                $0.subsidiseInvalid($1, $2, Entrance(to: last), on: last)
            }
        default:
            plantLookAlike("E4", "any-office", in: .tongliao) {
                $0.subsidiseInvalid($1, $2, Entrance(certifier: "medical-security"))
            }
        }
    }

    private mutating func subsidiseInvalid(
        _ planted: FraudCase, _ stage: Stage, _ entrance: Entrance,
        in months: ClosedRange<Int> = 2...4,
        on exact: Day? = nil
    ) {
        var entrance = entrance
        entrance.isSubsidised = false
        let member = cast(stage, entrance)
        let approved =
            exact ?? day(in: stage, from: months.lowerBound, to: months.upperBound).officeDay
        on(approved) { simulation in
            let subsidy = simulation.dueSubsidy(of: member, in: stage.year)
            simulation.fraud.note(planted, simulation.approve(subsidy))
        }
    }
}
