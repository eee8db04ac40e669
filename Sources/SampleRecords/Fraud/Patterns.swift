/// O1 to O4 and I1: what shows only beside others, and numbers that contradict themselves.
extension Simulation {
    /// So many claims of a hospital's year, each by another person.
    private mutating func fill(
        _ planted: FraudCase, _ stage: Stage, _ count: Int, months: ClosedRange<Int> = 2...11,
        bill: @escaping (inout RandomSource) -> Bill
    ) {
        let slot = addInstitution(level: 2, type: "综合医院", stage)
        fill(planted, stage, slot, count, months: months, bill: bill)
    }

    private mutating func fill(
        _ planted: FraudCase, _ stage: Stage, _ slot: Int, _ count: Int, months: ClosedRange<Int>,
        bill: @escaping (inout RandomSource) -> Bill
    ) {
        let code = counties[stage.county].institutions[slot].code
        for _ in 0..<count {
            let member = cast(stage)
            let settled = day(in: stage, from: months.lowerBound, to: months.upperBound)
            on(settled) { simulation in
                var due = bill(&simulation.random)
                due.slot = slot
                let claim = simulation.settle(member, due)
                simulation.fraud.note(planted, claim.reference, subject: code)
            }
        }
    }

    // MARK: Outliers

    mutating func plantOutliers(_ number: Int) {
        guard number < 3, plan.hasPeers else { return }
        switch number {
        case 0:
            plant("O1", "cost", in: .anywhere, grade: "S") {
                $0.fill($1, $2, 36) { Bill(nights: 7, fen: 2_600_000 + $0.below(900_000)) }
            }
        case 1:
            plant("O1", "length-of-stay", in: .anywhere, grade: "S") {
                $0.fill($1, $2, 36) {
                    Bill(nights: 32 + $0.below(9), fen: 500_000 + $0.below(300_000))
                }
            }
        default:
            plant("O1", "own-expense", in: .guangdong, grade: "S") {
                $0.fill($1, $2, 36) { random in
                    let total = 350_000 + random.below(250_000)
                    return Bill(components: Self.withOwnExpense(share(total, 1_350), total: total))
                }
            }
        }
        plantLookAlike("O1", "severe-cases", in: .anywhere) {
            $0.fill($1, $2, 36) { Bill(nights: 8, fen: 330_000 + $0.below(260_000)) }
        }
    }

    // MARK: Digits

    /// Amounts that somebody made up: only in samples large enough for a test of digits.
    mutating func plantDigits(_ number: Int) {
        guard number == 0, plan.entries >= 50_000 else { return }
        // Visits of 484 yuan at a clinic whose like bill 240: an outlier as well.
        plant("O2", "made-up", in: .anywhere, grade: "S", also: ["O1"]) {
            simulation, planted, stage in
            let slot = simulation.addInstitution(level: 1, type: "乡镇卫生院", stage)
            let code = simulation.counties[stage.county].institutions[slot].code
            for _ in 0..<110 {
                let member = simulation.cast(stage)
                for visit in 0..<11 {
                    simulation.on(Day(stage.year, 1 + visit, 12 + visit)) { simulation in
                        let fen = 47_000 + simulation.random.below(2_900)
                        let claim = simulation.settle(member, .outpatient(fen, at: slot))
                        simulation.fraud.note(planted, claim.reference, subject: code)
                    }
                }
            }
        }
    }

    // MARK: Spikes

    mutating func plantSpikes(_ number: Int) {
        guard number < 2 else { return }
        let peak = number == 0 ? 10 : 12
        plant("O3", number == 0 ? "month" : "december", in: .anywhere, grade: "S") {
            $0.peak($1, $2, month: peak, 40)
        }
        plantLookAlike("O3", "twice-as-many", in: .anywhere) { $0.peak($1, $2, month: 5, 6) }
    }

    private mutating func peak(_ planted: FraudCase, _ stage: Stage, month: Int, _ count: Int) {
        let slot = addInstitution(level: 2, type: "综合医院", stage)
        let bill: (inout RandomSource) -> Bill = { Bill(fen: 240_000 + $0.below(120_000)) }
        // In January the persons are only being certified.
        for ordinary in 2...12 where ordinary != month {
            fill(planted, stage, slot, 3, months: ordinary...ordinary, bill: bill)
        }
        fill(planted, stage, slot, count, months: month...month, bill: bill)
    }

    // MARK: Networks

    mutating func plantNetworks(_ number: Int) {
        let size = [5, 7, 6][number % 3]
        switch number % 2 {
        case 0:
            plant("O4", "phone", in: .anywhere, grade: "S") { $0.link($1, $2, size, byPhone: true) }
        default:
            plant("O4", "phone-and-address", in: .anywhere, grade: "S") {
                $0.link($1, $2, size, byPhone: false)
            }
        }
        plantLookAlike("O4", "four", in: .anywhere) { $0.link($1, $2, 4, byPhone: true) }
    }

    /// A chain: each has the phone or the address of the one before.
    private mutating func link(
        _ planted: FraudCase, _ stage: Stage, _ size: Int, byPhone: Bool
    ) {
        fraud.accounts += 1
        let place = counties[stage.county].place
        let number = fraud.accounts
        for index in 0..<size {
            var particulars = Particulars()
            // Pairs by phone, and the second of a pair with the first of the next by address.
            let pair = byPhone ? 0 : index / 2
            particulars.phone = "102" + String(10_000_000 + number * 10 + pair)
            if !byPhone {
                particulars.address =
                    City.all[place.city].fullName + place.name + "样例街道同住路" + String(number)
                    + "号" + String((index + 1) / 2) + "室"
            }
            let member = cast(stage, Entrance(particulars: particulars))
            on(day(in: stage)) { simulation in
                let claim = simulation.settle(member)
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    // MARK: Identity numbers

    mutating func plantWrongNumbers(_ number: Int) {
        let shape = ["check-digit", "sex", "birth-date"][number % 3]
        plant("I1", shape, in: .anywhere) { simulation, planted, stage in
            simulation.enterNumber(planted, stage) { person in
                let digits = Array(person.residentNumber)
                let sequence = Int(String(digits[14...16])) ?? 0
                switch number % 3 {
                case 0:
                    let check: Character = digits[17] == "X" ? "0" : "X"
                    return String(digits[0...16]) + String(check)
                case 1:
                    return IdentityNumber.make(
                        area: person.place.code, born: person.born, sequence: sequence ^ 1)
                default:
                    return IdentityNumber.make(
                        area: person.place.code, born: person.born + 1, sequence: sequence)
                }
            }
        }
        plantLookAlike("I1", "twin", in: .anywhere) { simulation, planted, stage in
            simulation.enterNumber(planted, stage) { person in
                let digits = Array(person.residentNumber)
                let sequence = Int(String(digits[14...16])) ?? 0
                // Two further on: the same sex, born on the same day.
                return IdentityNumber.make(
                    area: person.place.code, born: person.born, sequence: (sequence + 2) % 1_000)
            }
        }
    }

    private mutating func enterNumber(
        _ planted: FraudCase, _ stage: Stage, _ number: (Person) -> String
    ) {
        let member = cast(stage)
        guard var actor = fraud.cast[member] else { return }
        actor.person.particulars.idNumber = number(actor.person)
        fraud.cast[member] = actor
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member)
            simulation.fraud.note(planted, claim.reference)
        }
    }
}
