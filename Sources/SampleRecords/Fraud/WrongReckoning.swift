/// S1, S2, S3 and S10: claims that do not add up, or whose layers are not what the rules give.
extension Simulation {
    /// One claim of a person who has no other, changed before it is written.
    mutating func claim(
        _ planted: FraudCase, _ stage: Stage, _ entrance: Entrance = Entrance(),
        _ bill: Bill = Bill(), excusedFrom rule: String? = nil,
        change: ((inout Claim) -> Void)? = nil
    ) {
        let member = cast(stage, entrance)
        on(day(in: stage)) { simulation in
            if let rule {
                let next = simulation.nextReference(.claimSettled, at: stage.county)
                simulation.excuse(next, rule: rule, at: stage.county)
            }
            let claim = simulation.settle(member, bill, change: change)
            simulation.fraud.note(planted, claim.reference)
        }
    }

    // MARK: Balance

    mutating func plantImbalances(_ number: Int) {
        let fen = [1, 100, -1, 250_00][number / 3 % 4]
        switch number % 3 {
        case 0:
            plant("S1", "payers", in: .anywhere) { $0.claim($1, $2) { $0.misstatement.cash = fen } }
        case 1:
            plant("S1", "components", in: .anywhere) {
                $0.claim($1, $2) { $0.misstatement.overLimit = abs(fen) }
            }
        default:
            plant("S1", "total", in: .anywhere) { simulation, planted, stage in
                // No exception makes a sum right.
                simulation.claim(
                    planted, stage, excusedFrom: number % 2 == 0 ? "S1" : nil
                ) { $0.misstatement.total = fen }
            }
        }
        plantLookAlike("S1", "many-payers", in: .anywhere) {
            $0.claim($1, $2) { claim in
                claim.amounts.charity = claim.amounts.cash / 3
                claim.amounts.supplement = 0
            }
        }
    }

    // MARK: Re-performance

    mutating func plantWrongAid(_ number: Int) {
        switch number % 6 {
        case 0:
            plant("S2", "one-fen-over", in: .anywhere) {
                $0.claim($1, $2) { $0.amounts.medicalAid += 1 }
            }
        case 1:
            plant("S2", "one-fen-under", in: .anywhere) {
                $0.claim($1, $2) { $0.amounts.medicalAid -= 1 }
            }
        case 2:
            plant("S2", "below-floor", in: .tongliao) {
                $0.claim($1, $2) { claim in
                    let base = claim.amounts.compliantLeft + claim.amounts.medicalAid
                    claim.amounts.medicalAid = share(base, 6_900)
                }
            }
        case 3:
            plant("S2", "double", in: .anywhere) {
                $0.claim($1, $2, Entrance(), Bill(fen: 1_200_000)) { claim in
                    let left = claim.amounts.compliantLeft
                    claim.amounts.medicalAid += min(left, claim.amounts.cash)
                }
            }
        case 4:
            plant("S2", "nothing-paid", in: .anywhere) {
                $0.claim($1, $2, Entrance(group: .only(.tekun))) { $0.amounts.medicalAid = 0 }
            }
        default:
            plant("S2", "approval-one-fen-over", in: .tongliao) { $0.approveWrongly($1, $2, by: 1) }
        }
        switch number % 3 {
        case 0: plantLookAlike("S2", "half-a-fen", in: .tongliao) { $0.settleHalfFen($1, $2) }
        case 1: plantLookAlike("S2", "approval", in: .tongliao) { $0.approveWrongly($1, $2, by: 0) }
        default:
            plantLookAlike("S2", "two-bills", in: .guangdong) { simulation, planted, stage in
                let member = simulation.cast(stage)
                for month in [4, 8] {
                    simulation.on(Day(stage.year, month, 11)) { simulation in
                        let claim = simulation.settle(member, Bill(fen: 4_000_000))
                        simulation.fraud.note(planted, claim.reference)
                    }
                }
            }
        }
    }

    /// Aid on application, for somebody at whose stay nothing is paid at the counter.
    private mutating func approveWrongly(_ planted: FraudCase, _ stage: Stage, by fen: Int) {
        let member = cast(stage, .povertyReturned)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member)
            simulation.takeThrough(claim, type: "regular", more: fen) { simulation, approval in
                simulation.fraud.note(planted, approval)
            }
        }
    }

    /// The usual way of an application, each step on its day.
    mutating func takeThrough(
        _ claim: SettledClaim, type: String, more fen: Int = 0, deducted: Int? = nil,
        paying: @escaping (inout Simulation, Payment) -> Void = { _ = $0.pay($1) },
        _ note: @escaping (inout Simulation, Reference) -> Void
    ) {
        let member = claim.member
        on((today + 3).officeDay) { simulation in
            let application = simulation.apply(for: claim, type: type)
            simulation.on((simulation.today + 3).officeDay) { simulation in
                simulation.checkMeans(application, of: claim)
            }
            simulation.on((simulation.today + 14).officeDay) { simulation in
                simulation.publicise(
                    application, at: member.county, from: simulation.today - 8,
                    to: simulation.today - 1)
            }
            simulation.on((simulation.today + 18).officeDay) { simulation in
                let due = simulation.due(claim, type: type).fen
                // Second aid goes by the whole cost, and yet pays no more than was left.
                let most = type == "second" ? min(due, claim.amounts.cash) : due
                var decision = Decision(claim: claim, type: type, fen: most + fen)
                decision.application = application
                decision.deducted = deducted
                let approval = simulation.decide(decision)
                note(&simulation, approval)
                simulation.on((simulation.today + 5).officeDay) { simulation in
                    let basis = Payment.Basis.approval(approval)
                    paying(
                        &simulation, Payment(basis: basis, member: member, fen: decision.fen))
                }
            }
        }
    }

    /// The ratio leaves exactly half a fen, which is rounded up.
    private mutating func settleHalfFen(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            // Of 0.2 of what is above 500 yuan, three quarters: half a fen is left of 90 fen more.
            var fen = 300_000
            let standards = simulation.standards(stage.county, in: stage.year)
            let settlement = Settlement(
                standards: standards, category: .dibao, visit: .inpatient, level: 2,
                isEmployee: false)
            while fen < 301_000 {
                let amounts = Amounts(total: fen)
                let basic = share(fen - standards.baseDeductible(level: 2), 8_000)
                if basic == settlement.standards.basicCap || (fen - basic) * 7_500 % 10_000 == 5_000
                {
                    let claim = simulation.settle(member, Bill(components: amounts))
                    simulation.fraud.note(planted, claim.reference)
                    return
                }
                fen += 1
            }
        }
    }

    // MARK: Order

    mutating func plantWrongOrder(_ number: Int) {
        // Tongliao's document leaves the order to the locality.
        let isLaidDown = number / 2 % 2 == 0
        let cities = isLaidDown ? [City.guangzhou, City.jiangmen] : [City.tongliao]
        let setting = Setting(cities: cities, years: 2023...2025)
        let grade = isLaidDown ? "F" : "W"
        switch number % 2 {
        case 0:
            plant("S3", "basic-skipped", in: setting, grade: grade, also: ["S2", "S10"]) {
                $0.claim(
                    $1, $2, Entrance(),
                    Bill(slot: Institution.Slot.countyHospital, fen: 400_000, basicShortfall: 8_000)
                )
            }
        default:
            plant("S3", "major-illness-skipped", in: setting, grade: grade, also: ["S2", "S10"]) {
                $0.claim(
                    $1, $2, Entrance(),
                    Bill(fen: 9_000_000, majorIllnessShortfall: 6_500))
            }
        }
        plantLookAlike("S3", "below-deductible", in: setting) {
            $0.claim($1, $2, Entrance(), Bill(nights: 2, components: Amounts(total: 46_000)))
        }
    }

    // MARK: Layers

    mutating func plantWrongLayers(_ number: Int) {
        switch number % 4 {
        case 0:
            plant("S10", "ten-points", in: .liupanshui, also: ["S2"]) {
                $0.claim($1, $2, Entrance(), Bill(basicShortfall: 1_000))
            }
        case 1:
            plant("S10", "sixty-of-eighty", in: .liupanshui, also: ["S2"]) {
                $0.claim($1, $2, Entrance(), Bill(majorIllnessShortfall: 2_000))
            }
        case 2:
            plant("S10", "five-points", in: .tongliao, also: ["S2"]) {
                $0.claim($1, $2, Entrance(), Bill(fen: 8_000_000, majorIllnessShortfall: 500))
            }
        default:
            plant("S10", "nine-points-of-ten", in: .liupanshui, also: ["S2"]) {
                $0.claim($1, $2, Entrance(), Bill(basicShortfall: 100))
            }
        }
        plantLookAlike("S10", "at-most-95", in: .liupanshui) {
            $0.claim($1, $2, Entrance(), Bill(slot: Institution.Slot.clinic, fen: 200_000))
        }
    }

    // MARK: Four fifths and one

    mutating func plantWrongSplits(_ number: Int) {
        let entrance = Entrance(group: .targeted)
        plant("S9", ["one-fen", "all-by-fund", "seven-tenths"][number % 3], in: .targeted) {
            $0.claim($1, $2, entrance, Bill(components: Self.withOwnExpense(60_000))) { claim in
                let fen = [1, claim.amounts.hospitalBorne, -share(claim.amounts.outside, 1_000)][
                    number % 3]
                claim.amounts.targetedFund += fen
                claim.amounts.hospitalBorne -= fen
            }
        }
        plantLookAlike("S9", "rounded", in: .targeted) {
            $0.claim($1, $2, entrance, Bill(components: Self.withOwnExpense(60_003)))
        }
    }

    static func withOwnExpense(_ fen: Int, total: Int = 600_000) -> Amounts {
        Amounts(total: total, ownExpense: fen)
    }
}
