/// P7: one approval, settlement or request paid twice, or above what it says.
extension Simulation {
    mutating func plantDoublePayments(_ number: Int) {
        switch number % 6 {
        case 0: plant("P7", "approval-twice", in: .tongliao) { $0.payApprovalTwice($1, $2) }
        case 1: plant("P7", "claim-twice", in: .anywhere) { $0.payClaim($1, $2) { [$0, $0] } }
        case 2: plant("P7", "clearing-twice", in: .anywhere) { $0.clear($1, $2) { [$0, $0] } }
        case 3:
            plant("P7", "one-fen-over", in: .anywhere) {
                $0.payClaim($1, $2) { [$0 / 2, $0 - $0 / 2 + 1] }
            }
        case 4:
            plant("P7", "clearing-above", in: .anywhere) { $0.clear($1, $2) { [$0 + 1] } }
        default:
            plant("P7", "approval-missing", in: .anywhere, grade: "W") {
                $0.payWithoutApproval($1, $2)
            }
        }
        switch number % 4 {
        case 0:
            plantLookAlike("P7", "two-parts", in: .anywhere) {
                $0.payClaim($1, $2) { [$0 / 3, $0 - $0 / 3] }
            }
        case 1:
            plantLookAlike("P7", "returned-and-paid-again", in: .anywhere) {
                $0.payAgain($1, $2, isReturned: true)
            }
        case 2:
            plantLookAlike("P7", "clearing-in-parts", in: .anywhere) {
                $0.clear($1, $2) { [$0 / 2, $0 - $0 / 2] }
            }
        default:
            plantLookAlike("P7", "reversed-and-paid-again", in: .anywhere) {
                $0.payAgain($1, $2, isReturned: false)
            }
        }
    }

    // MARK: To persons

    private mutating func payApprovalTwice(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage, .povertyReturned)
        on(day(in: stage, from: 3, to: 8)) { simulation in
            let claim = simulation.settle(member)
            let fen = simulation.due(claim, type: "regular").fen
            simulation.takeThrough(claim, type: "regular") { simulation, approval in
                simulation.fraud.note(planted, approval)
                simulation.on((simulation.today + 19).officeDay) { simulation in
                    let second = simulation.pay(
                        Payment(basis: .approval(approval), member: member, fen: fen))
                    simulation.fraud.note(planted, second)
                }
            }
        }
    }

    /// A bill paid by hand, in these parts of its aid, a week apart.
    private mutating func payClaim(
        _ planted: FraudCase, _ stage: Stage, _ parts: @escaping (Int) -> [Int]
    ) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member, Bill(isManual: true))
            simulation.fraud.note(planted, claim.reference)
            for (week, fen) in parts(claim.amounts.aid).enumerated() {
                simulation.on((simulation.today + 9 + week * 7).officeDay) { simulation in
                    let payment = simulation.pay(
                        Payment(basis: .claim(claim.reference), member: member, fen: fen))
                    simulation.fraud.note(planted, payment)
                }
            }
        }
    }

    /// The first payment came back, or was entered by mistake and taken back.
    private mutating func payAgain(_ planted: FraudCase, _ stage: Stage, isReturned: Bool) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member, Bill(isManual: true))
            let fen = claim.amounts.aid
            let payment = Payment(basis: .claim(claim.reference), member: member, fen: fen)
            simulation.on((simulation.today + 9).officeDay) { simulation in
                let first = simulation.pay(payment)
                simulation.fraud.note(planted, first)
                simulation.on((simulation.today + 4).officeDay) { simulation in
                    simulation.counties[stage.county].books[0].balance += fen
                    if isReturned {
                        simulation.sendBack(first, fen, at: stage.county)
                    } else {
                        simulation.takeBack(first, at: stage.county)
                    }
                }
                simulation.on((simulation.today + 11).officeDay) { simulation in
                    let second = simulation.pay(payment)
                    simulation.fraud.note(planted, second)
                }
            }
        }
    }

    private mutating func sendBack(_ payment: Reference, _ fen: Int, at county: Int) {
        let day = today
        record(.paymentReturned, at: county, by: .cashier, amount: fen) { line in
            line.reference("payment", payment)
            line.number("amountFen", fen)
            line.date("returnedOn", day)
            line.text("reason", "账户已销户，银行退回")
        }
    }

    /// The approval that the payment names was never sent in.
    private mutating func payWithoutApproval(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage).officeDay) { simulation in
            var approval = simulation.nextReference(.aidApproved, at: stage.county)
            approval.serial += 900_000
            let fen = 120_000 + simulation.random.below(200_000)
            let payment = simulation.pay(
                Payment(basis: .approval(approval), member: member, fen: fen))
            simulation.fraud.note(planted, payment)
        }
    }

    // MARK: To hospitals

    /// A request for one claim, answered in these parts, a week apart.
    private mutating func clear(
        _ planted: FraudCase, _ stage: Stage, _ parts: @escaping (Int) -> [Int]
    ) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member)
            simulation.unbook(claim)
            let institution = simulation.counties[stage.county].institutions[claim.slot]
            simulation.on((simulation.today + 4).officeDay) { simulation in
                let request = simulation.requestClearing(
                    claim, institution, at: stage.county, amount: claim.amounts.aid)
                simulation.fraud.note(planted, request)
                for (week, fen) in parts(claim.amounts.aid).enumerated() {
                    simulation.on((simulation.today + 9 + week * 7).officeDay) { simulation in
                        let payment = simulation.payClearing(request, fen, stage)
                        simulation.fraud.note(planted, payment)
                    }
                }
            }
        }
    }
}
