/// C6 and C7: own expense that experts had to look at, and bills that keep just below that.
extension Simulation {
    /// How a stay with much own expense is reviewed.
    enum Review {
        case none
        /// So many hundredths of the own expense are looked at.
        case of(Int)
        /// All is looked at, and so many hundredths are accepted.
        case accepts(Int)
    }

    mutating func plantReviews(_ number: Int) {
        let large = Standards.reviewedAbove + [1, 100_00, 750_000][number / 4 % 3]
        switch number % 4 {
        case 0:
            plant("C6", "no-review", in: .targeted, also: ["S9"]) {
                $0.settleOwnExpense($1, $2, large, .none)
            }
        case 1:
            plant("C6", "review-of-less", in: .targeted, also: ["S9"]) {
                $0.settleOwnExpense($1, $2, 1_600_000, .of(50))
            }
        case 2:
            plant("C6", "more-than-accepted", in: .targeted, also: ["S9"]) {
                $0.settleOwnExpense($1, $2, 1_800_000, .accepts(60))
            }
        default:
            plant("C6", "month-together", in: .targeted, also: ["S9"]) {
                $0.settleMonth($1, $2, [560_000, 450_000])
            }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("C6", "exactly-at-limit", in: .targeted) {
                $0.settleOwnExpense($1, $2, Standards.reviewedAbove, .none)
            }
        case 1:
            plantLookAlike("C6", "reviewed", in: .targeted) {
                $0.settleOwnExpense($1, $2, 1_900_000, .of(100))
            }
        default:
            plantLookAlike("C6", "two-months", in: .targeted) {
                $0.settleMonth($1, $2, [560_000, 450_000], apart: 31)
            }
        }
    }

    private mutating func settleOwnExpense(
        _ planted: FraudCase, _ stage: Stage, _ fen: Int, _ review: Review
    ) {
        let member = cast(stage, Entrance(group: .targeted))
        on(day(in: stage, from: 3, to: 8)) { simulation in
            let claim = simulation.settle(
                member, Bill(nights: 12, components: Self.withOwnExpense(fen, total: fen * 14)))
            simulation.fraud.note(planted, claim.reference)
            simulation.on((simulation.today + 8).officeDay) { $0.review(planted, claim, review) }
        }
    }

    private mutating func review(
        _ planted: FraudCase, _ claim: SettledClaim, _ review: Review
    ) {
        let own = claim.amounts.outside
        let sums: (reviewed: Int, accepted: Int)
        switch review {
        case .none: return
        case .of(let part): sums = (own * part / 100, own * part / 100)
        case .accepts(let part): sums = (own, own * part / 100)
        }
        let day = today
        let reference = record(.reviewConcluded, at: claim.member.county, by: .insurance) { line in
            line.references("claims", [claim.reference])
            line.month("period", Month(claim.day))
            let agency = day.year >= 2019 ? "medical-security-agency" : "social-insurance-agency"
            line.texts("organisers", [agency, "health"])
            line.number("expertCount", 3)
            line.number("reviewedFen", sums.reviewed)
            line.number("acceptedFen", sums.accepted)
            line.number("rejectedFen", sums.reviewed - sums.accepted)
            line.date("heldOn", day)
        }
        fraud.note(planted, reference)
    }

    /// Special outpatient bills, all of one month unless they are days apart.
    private mutating func settleMonth(
        _ planted: FraudCase, _ stage: Stage, _ bills: [Int], apart days: Int = 9
    ) {
        let member = cast(stage, Entrance(group: .targeted))
        let first = Day(stage.year, 4 + random.below(4), 3)
        for (index, fen) in bills.enumerated() {
            on(first + index * days) { simulation in
                let claim = simulation.settle(
                    member,
                    Bill(
                        type: .specialOutpatient, nights: 0,
                        components: Self.withOwnExpense(fen, total: fen * 14),
                        diagnosis: "N18.5"))
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    // MARK: Just below

    mutating func plantHugging(_ number: Int) {
        switch number % 3 {
        case 0 where number < 3:
            // Stays of some 136,000 yuan at a hospital whose like bill 8,000: an outlier as well.
            plant("C7", "many-below", in: .targeted, grade: "S", also: ["O1"]) {
                $0.settleAround($1, $2, (0..<24).map { 955_000 + $0 * 1_700 })
            }
        default:
            plant("C7", "two-bills", in: .targeted, grade: "S") {
                $0.splitBill($1, $2, apart: 3 + number % 5)
            }
        }
        switch number % 2 {
        case 0:
            plantLookAlike("C7", "one-below", in: .targeted) {
                $0.settleOwnExpense($1, $2, 998_000, .none)
            }
        default:
            plantLookAlike("C7", "bills-apart", in: .targeted) { $0.splitBill($1, $2, apart: 30) }
        }
    }

    private mutating func settleAround(_ planted: FraudCase, _ stage: Stage, _ amounts: [Int]) {
        let slot = addInstitution(level: 2, type: "综合医院", stage)
        let code = counties[stage.county].institutions[slot].code
        for fen in amounts {
            let member = cast(stage, Entrance(group: .targeted))
            on(day(in: stage, from: 2, to: 11)) { simulation in
                let claim = simulation.settle(
                    member,
                    Bill(
                        slot: slot, nights: 12,
                        components: Self.withOwnExpense(fen, total: fen * 14)))
                simulation.fraud.note(planted, claim.reference, subject: code)
            }
        }
    }

    private mutating func splitBill(_ planted: FraudCase, _ stage: Stage, apart days: Int) {
        let member = cast(stage, Entrance(group: .targeted))
        on(day(in: stage, from: 3, to: 8)) { simulation in
            let first = simulation.settle(
                member,
                Bill(
                    nights: 9, components: Self.withOwnExpense(640_000, total: 9_000_000),
                    diagnosis: "K80.2"))
            simulation.fraud.note(planted, first.reference)
            simulation.on(simulation.today + days) { simulation in
                let second = simulation.settle(
                    member,
                    Bill(
                        nights: days - 1,
                        components: Self.withOwnExpense(580_000, total: 8_200_000),
                        diagnosis: "N20.0"))
                simulation.fraud.note(planted, second.reference)
            }
        }
    }
}
