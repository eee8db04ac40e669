/// C4 and C5: care elsewhere without leave, and too much outside the catalogue.
extension Simulation {
    private enum Leave {
        case none, emergency, filed, unpaid
        case excused
        /// Excused days after, or from another clause: neither counts.
        case excusedLate, excusedFromAnother

        var isUnreferred: Bool { self != .emergency && self != .filed }
    }

    mutating func plantUnreferred(_ number: Int) {
        let late = Setting(
            cities: [City.guangzhou, City.jiangmen, City.tongliao], years: 2023...2025)
        if number % 3 == 2 {
            plant("C4", "targeted-not-filed", in: .targeted, also: ["S9"]) {
                $0.goElsewhere($1, $2, targeted: false)
            }
        } else {
            let (shape, leave): (String, Leave) =
                switch number % 9 {
                case 1: ("excused-afterwards", .excusedLate)
                case 4: ("excused-from-another-clause", .excusedFromAnother)
                default: ("none", .none)
                }
            plant("C4", shape, in: late) { $0.goElsewhere($1, $2, leave) }
        }
        switch number % 5 {
        case 0: plantLookAlike("C4", "excused", in: late) { $0.goElsewhere($1, $2, .excused) }
        case 1: plantLookAlike("C4", "emergency", in: late) { $0.goElsewhere($1, $2, .emergency) }
        case 2: plantLookAlike("C4", "filed", in: late) { $0.goElsewhere($1, $2, .filed) }
        case 3: plantLookAlike("C4", "no-aid", in: late) { $0.goElsewhere($1, $2, .unpaid) }
        default:
            plantLookAlike("C4", "both-filed", in: .targeted) {
                $0.goElsewhere($1, $2, targeted: true)
            }
        }
    }

    private mutating func goElsewhere(
        _ planted: FraudCase, _ stage: Stage, _ leave: Leave
    ) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            var bill = Bill(slot: Institution.Slot.elsewhere, nights: 5)
            bill.isEmergency = leave == .emergency
            if leave == .filed { bill.referral = simulation.refer(member, bill, "basic") }
            simulation.on(simulation.today + 7) { simulation in
                let next = simulation.nextReference(.claimSettled, at: stage.county)
                simulation.excuse(next, leave, stage)
                let claim = simulation.settle(member, bill) { claim in
                    claim.isUnreferred = leave.isUnreferred
                    if leave == .unpaid { claim.amounts.medicalAid = 0 }
                }
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    private mutating func excuse(_ claim: Reference, _ leave: Leave, _ stage: Stage) {
        let rule = stage.city == City.tongliao ? "T41" : "P17"
        switch leave {
        case .excused: excuse(claim, rule: rule, at: stage.county)
        case .excusedFromAnother: excuse(claim, rule: "T46", at: stage.county)
        case .excusedLate:
            on((today + 10).officeDay) { $0.excuse(claim, rule: rule, at: stage.county) }
        default: break
        }
    }

    /// Jiangmen's plan asks for a referral of its own beside the insurance's.
    private mutating func goElsewhere(
        _ planted: FraudCase, _ stage: Stage, targeted isFiled: Bool
    ) {
        let member = cast(stage, Entrance(group: .targeted))
        on(day(in: stage)) { simulation in
            var bill = Bill(
                slot: Institution.Slot.elsewhere, nights: 5,
                components: Self.withOwnExpense(40_000, total: 900_000))
            bill.referral = simulation.refer(member, bill, "basic")
            if isFiled { simulation.refer(member, bill, "targeted") }
            simulation.on(simulation.today + 7) { simulation in
                let claim = simulation.settle(member, bill)
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    @discardableResult
    private mutating func refer(_ member: Member, _ bill: Bill, _ type: String) -> Reference {
        let visit = Visit(
            member: member, type: bill.type, slot: bill.slot, admitted: today, discharged: today,
            totalFen: 0, diagnosis: bill.diagnosis)
        return writeReferral(visit, person(member), type: type)
    }

    // MARK: Outside the catalogue

    mutating func plantOutsideCatalogue(_ number: Int) {
        let old = Setting.guangdong
        switch number % 4 {
        case 0:
            plant("C5", "level-2", in: .tongliao) {
                $0.exceedCatalogue($1, $2, 2, [530, 560, 540])
            }
        case 1:
            plant("C5", "level-3", in: .tongliao) {
                $0.exceedCatalogue($1, $2, 3, [1_040, 1_200, 1_090])
            }
        case 2:
            let excused = number / 4 % 2 == 0 ? 0 : 2
            plant(
                "C5", excused == 0 ? "guangdong" : "guangdong-excused-in-part", in: old, grade: "W"
            ) { $0.exceedCatalogue($1, $2, 2, [1_600, 1_700, 1_650], excused: excused) }
        default:
            plant("C5", "level-2-far", in: .tongliao) {
                $0.exceedCatalogue($1, $2, 2, [2_100, 1_900])
            }
        }
        guard number % 4 > 0 else {
            plantLookAlike("C5", "guangdong-excused", in: old) {
                $0.exceedCatalogue($1, $2, 2, [1_600, 1_700, 1_650], excused: 3)
            }
            return
        }
        let innocent: (String, Int, [Int]) = [
            ("level-2-below", 2, [480, 490, 495]), ("level-3-below", 3, [960, 990, 980]),
            ("level-1", 1, [2_000, 1_800]),
        ][number % 3]
        plantLookAlike("C5", innocent.0, in: .tongliao) {
            $0.exceedCatalogue($1, $2, innocent.1, innocent.2)
        }
    }

    /// All the claims of one hospital's year, each with so many basis points of own expense, the
    /// first of them excused beforehand.
    private mutating func exceedCatalogue(
        _ planted: FraudCase, _ stage: Stage, _ level: Int, _ shares: [Int], excused: Int = 0
    ) {
        let type = level == 1 ? "乡镇卫生院" : "综合医院"
        let slot = addInstitution(level: level, type: type, stage)
        let code = counties[stage.county].institutions[slot].code
        for (index, basisPoints) in shares.enumerated() {
            let member = cast(stage)
            on(day(in: stage)) { simulation in
                let total = 500_000 + simulation.random.below(200_000)
                let own = share(total, basisPoints)
                if index < excused {
                    let next = simulation.nextReference(.claimSettled, at: stage.county)
                    simulation.excuse(next, rule: "G09", at: stage.county)
                }
                let claim = simulation.settle(
                    member, Bill(slot: slot, components: Self.withOwnExpense(own, total: total)))
                simulation.fraud.note(planted, claim.reference, subject: code)
            }
        }
    }
}
