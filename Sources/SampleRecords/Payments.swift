/// Payments of aid to persons.
extension Simulation {
    mutating func pay(_ aidCase: AidCase) {
        guard let payee = aidCase.payee else { return }
        let throughHospital = aidCase.type == "tilt" && aidCase.number % 15 == 7
        let payment =
            throughHospital
            ? payThroughHospital(aidCase) : payToPerson(aidCase, payee)
        if !throughHospital, aidCase.number % 23 == 5, aidCase.approval != nil {
            returnPayment(payment, aidCase)
        }
    }

    private mutating func payToPerson(_ aidCase: AidCase, _ payee: Payee) -> Reference {
        let county = aidCase.county
        makeRoom(for: aidCase.fen, in: .medicalAid, at: county)
        spend(aidCase.fen, from: .medicalAid, at: county)
        let channel = aidCase.number % 5 == 2 ? "social-security-card" : "bank"
        let account = Fund.medicalAid.account(in: counties[county].place.city)
        return writePayment(aidCase, from: account, channel: channel) { $0.payee(payee) }
    }

    /// The hospital lowers the bill and is paid at the next clearing.
    private mutating func payThroughHospital(_ aidCase: AidCase) -> Reference {
        let slot = aidCase.claim.slot * 2 + Fund.medicalAid.rawValue
        counties[aidCase.county].advanced[slot].fen += aidCase.fen
        return writePayment(aidCase, from: "hospital", channel: "hospital") { line in
            line.open("payee")
            line.text("relation", "hospital")
            line.close()
        }
    }

    private mutating func writePayment(
        _ aidCase: AidCase, from account: String, channel: String,
        payee: (inout JSONLine) -> Void
    ) -> Reference {
        let person = person(aidCase.claim.member)
        let day = today
        return record(.aidPaid, at: aidCase.county, by: .cashier, amount: aidCase.fen) { line in
            if let approval = aidCase.approval {
                line.reference("approval", approval)
            } else {
                line.reference("claim", aidCase.claim.reference)
            }
            line.person("person", person)
            line.number("amountFen", aidCase.fen)
            line.text("fund", Fund.medicalAid.code)
            line.text("fromAccount", account)
            line.text("channel", channel)
            payee(&line)
            line.date("paidOn", day)
        }
    }

    /// The account was wrong: the money comes back some days later, and is paid again.
    private mutating func returnPayment(_ payment: Reference, _ aidCase: AidCase) {
        var next = aidCase
        next.returned = payment
        go(next, to: .repayment, in: 3...7)
    }

    mutating func payBack(_ aidCase: AidCase) {
        guard let payment = aidCase.returned else { return }
        counties[aidCase.county].books[0].balance += aidCase.fen
        let day = today
        record(.paymentReturned, at: aidCase.county, by: .cashier, amount: aidCase.fen) { line in
            line.reference("payment", payment)
            line.number("amountFen", aidCase.fen)
            line.date("returnedOn", day)
            line.text("reason", "账户户名不符，银行退回")
        }
        // Paid a second time, and this time for good.
        let again = AidCase(repaying: aidCase)
        agenda.add(.aid(again), on: (today + 5).officeDay)
    }
}

extension AidCase {
    init(repaying earlier: AidCase) {
        self.init(claim: earlier.claim, type: earlier.type, number: 0)
        step = .payment
        approval = earlier.approval
        fen = earlier.fen
        payee = earlier.payee
    }
}
