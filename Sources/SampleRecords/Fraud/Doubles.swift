/// S7 and S8: one bill settled twice, or aided under two categories.
extension Simulation {
    // MARK: The same bill

    mutating func plantDoubleClaims(_ number: Int) {
        // Liupanshui's plan alone says that nothing may be had twice.
        let isForbidden = number / 3 % 2 == 0
        let setting =
            isForbidden
            ? Setting.liupanshui
            : Setting(cities: [City.guangzhou, City.jiangmen, City.tongliao])
        let grade = isForbidden ? "F" : "W"
        switch number % 3 {
        case 0:
            plant("S7", "same-settlement", in: setting, grade: grade) {
                simulation, planted, stage in
                simulation.settleTwice(planted, stage, Bill(), again: 9) { first, second in
                    second.admissionNo = first.admissionNo
                    second.settlementNo = first.settlementNo
                }
            }
        case 1:
            plant("S7", "same-invoice", in: setting, grade: grade) { simulation, planted, stage in
                simulation.settleTwice(planted, stage, Bill(), again: 40) { first, second in
                    second.invoiceNo = first.invoiceNo
                }
            }
        default:
            let bill = Bill.outpatient(31_700 + random.below(9_000))
            plant("S7", "near", in: .anywhere, grade: "S") { simulation, planted, stage in
                simulation.settleTwice(planted, stage, bill, again: 1 + number / 3 % 3) { _, _ in }
            }
        }
        switch number % 4 {
        case 0: plantLookAlike("S7", "interim", in: .anywhere) { $0.settleInParts($1, $2) }
        case 1:
            let bill = Bill.outpatient(41_000 + random.below(9_000))
            plantLookAlike("S7", "same-total-later", in: .anywhere) { simulation, planted, stage in
                simulation.settleTwice(planted, stage, bill, again: 6) { _, _ in }
            }
        case 2: plantLookAlike("S7", "taken-back", in: .anywhere) { $0.settleAnew($1, $2) }
        default: plantLookAlike("S7", "dialysis", in: .anywhere) { $0.settleSessions($1, $2) }
        }
    }

    /// A week's sessions, each at the same price.
    private mutating func settleSessions(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        let first = day(in: stage)
        let bill = Bill(
            type: .outpatient, slot: Institution.Slot.countyHospital, nights: 0, fen: 42_000,
            diagnosis: "N18.5")
        for session in 0..<3 {
            on(first + session * 2) { simulation in
                let claim = simulation.settle(member, bill)
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    /// What the first claim had, for the second to repeat.
    private struct Print {
        let admissionNo: String?
        let settlementNo: String
        let invoiceNo: String
    }

    private mutating func settleTwice(
        _ planted: FraudCase, _ stage: Stage, _ bill: Bill, again days: Int,
        _ change: @escaping (Print, inout Claim) -> Void
    ) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let next = simulation.nextReference(.claimSettled, at: stage.county)
            var admissionNo: String?
            var invoiceNo = ""
            let first = simulation.settle(member, bill) { claim in
                admissionNo = claim.admissionNo
                invoiceNo = claim.invoiceNo
            }
            simulation.fraud.note(planted, first.reference)
            let print = Print(
                admissionNo: admissionNo, settlementNo: next.id, invoiceNo: invoiceNo)
            let begun = simulation.today - bill.nights
            simulation.on(simulation.today + days) { simulation in
                var repeated = bill
                // The very same stay, or another one under the same invoice.
                if days == 9 {
                    repeated.nights = begun.distance(to: simulation.today)
                    repeated.components = first.amounts.components
                }
                let second = simulation.settle(member, repeated) { claim in
                    change(print, &claim)
                    if days == 9 { claim.stay = begun...(begun + bill.nights) }
                }
                simulation.fraud.note(planted, second.reference)
            }
        }
    }

    /// A long stay, settled once before its end and at its end, each part by itself.
    private mutating func settleInParts(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            var admissionNo: String?
            let first = simulation.settle(member, Bill(nights: 20, diagnosis: "S72.0")) { claim in
                claim.stage = "interim"
                admissionNo = claim.admissionNo
            }
            simulation.fraud.note(planted, first.reference)
            simulation.on(simulation.today + 15) { simulation in
                let second = simulation.settle(member, Bill(nights: 15, diagnosis: "S72.0")) {
                    $0.admissionNo = admissionNo
                }
                simulation.fraud.note(planted, second.reference)
            }
        }
    }

    /// Taken back and settled anew under the old numbers.
    private mutating func settleAnew(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let state = simulation.state(of: member)
            let before = simulation.benefitYears[state]
            var invoiceNo = ""
            let begun = simulation.today - 6
            let first = simulation.settle(member) { invoiceNo = $0.invoiceNo }
            simulation.fraud.note(planted, first.reference)
            simulation.on(simulation.today + 2) { simulation in
                simulation.takeBack(first.reference, at: stage.county)
                simulation.unbook(first)
                simulation.benefitYears[state].restore(before)
                simulation.benefitYears[state].isReserved = true
                let bill = Bill(
                    nights: 8, fen: first.amounts.total, corrects: first.reference)
                let second = simulation.settle(member, bill) { claim in
                    claim.invoiceNo = invoiceNo
                    claim.stay = begun...(begun + 6)
                }
                simulation.fraud.note(planted, second.reference)
            }
        }
    }

    // MARK: Two categories

    mutating func plantDoubleIdentities(_ number: Int) {
        let setting = Setting(cities: [City.tongliao, City.liupanshui])
        switch number % 2 {
        case 0:
            plant("S8", "claim-and-approval", in: .tongliao, also: ["S2"]) {
                $0.aidTwice($1, $2, as: .povertyReturned)
            }
        default:
            plant("S8", "two-claims", in: setting, also: ["S2", "S7"]) {
                simulation, planted, stage in
                simulation.settleAsBoth(planted, stage)
            }
        }
        plantLookAlike("S8", "one-category", in: .tongliao) { simulation, planted, stage in
            simulation.aidOnApplicationAfterStay(planted, stage)
        }
    }

    private static func both(_ second: Category) -> Group {
        Group(before: .dibao, since: .dibao, weight: 0, born: 1950...1985, beside: second)
    }

    /// Aided at the counter as one, and on application as the other, for the same stay.
    private mutating func aidTwice(
        _ planted: FraudCase, _ stage: Stage, as second: Category
    ) {
        let member = cast(
            stage, Entrance(group: Self.both(second), isSubsidised: false))
        subsidiseAsDibao(member, stage)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member)
            simulation.fraud.note(planted, claim.reference)
            let other = SettledClaim(
                reference: claim.reference, member: member, slot: claim.slot, day: claim.day,
                category: second, amounts: claim.amounts)
            let fen = share(claim.amounts.compliantLeft, 7_500)
            let rest = fen - simulation.due(other, type: "regular").fen
            simulation.takeThrough(other, type: "regular", more: rest) {
                $0.fraud.note(planted, $1)
            }
        }
    }

    private mutating func subsidiseAsDibao(_ member: Member, _ stage: Stage) {
        on(subsidyDay(of: member)) { simulation in
            guard let due = simulation.dueSubsidy(of: member, as: .dibao, in: stage.year) else {
                return
            }
            simulation.approve(due)
        }
    }

    private mutating func settleAsBoth(_ planted: FraudCase, _ stage: Stage) {
        let second = stage.city == City.tongliao ? Category.tekun : .lowIncomeDisabled
        let member = cast(
            stage, Entrance(group: Self.both(second), isSubsidised: false))
        on(subsidyDay(of: member)) { simulation in
            // The higher of the two.
            let highest = second == .tekun ? second : .dibao
            guard let due = simulation.dueSubsidy(of: member, as: highest, in: stage.year)
            else { return }
            simulation.approve(due)
        }
        on(day(in: stage)) { simulation in
            var admissionNo: String?
            let first = simulation.settle(member) { admissionNo = $0.admissionNo }
            simulation.fraud.note(planted, first.reference)
            simulation.on(simulation.today + 1) { simulation in
                let begun = simulation.today - 7
                let bill = Bill(nights: 7, components: first.amounts.components)
                let again = simulation.settle(member, bill) {
                    $0.admissionNo = admissionNo
                    $0.category = second
                    $0.stay = begun...(begun + 6)
                }
                simulation.fraud.note(planted, again.reference)
            }
        }
    }

    /// What the stay left is aided case by case, as one category throughout.
    private mutating func aidOnApplicationAfterStay(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member, Bill(fen: 2_000_000))
            simulation.fraud.note(planted, claim.reference)
            simulation.takeThrough(claim, type: "case-by-case") { $0.fraud.note(planted, $1) }
        }
    }
}
