/// P1, P2 and P5: money to accounts that it should not go to, and for persons who were not there.
extension Simulation {
    // MARK: One account for many

    mutating func plantSharedAccounts(_ number: Int) {
        // Whoever pays whom without title is told of each payment as well.
        let also = ["P1"]
        switch number % 3 {
        case 0:
            plant("P1", "three-persons", in: .anywhere, grade: "S", also: also) {
                $0.payInto($1, $2, 3, "self")
            }
        case 1:
            plant("P1", "four-by-agent", in: .anywhere, grade: "S", also: also) {
                $0.payInto($1, $2, 4, "agent")
            }
        default:
            if number / 3 % 2 == 0 {
                plant("P1", "second-aid-not-entitled", in: .secondAid, also: also) {
                    $0.paySecondAid($1, $2) { simulation, payment in
                        simulation.fraud.accounts += 1
                        let place = simulation.counties[payment.member.county].place
                        let other = Stage.firstIndex * 10 + simulation.fraud.accounts
                        payment.payee = Payee(
                            account: Person.account(place: place, index: other), relation: "other")
                    }
                }
            } else {
                plant("P1", "not-entitled", in: .guangdong, grade: "W") {
                    $0.payInto($1, $2, 1, "other")
                }
            }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("P1", "village", in: .anywhere) {
                $0.payInto($1, $2, 5, "agent", authorised: true)
            }
        case 1:
            plantLookAlike("P1", "guardian", in: .anywhere) {
                $0.payInto($1, $2, 2, "guardian", authorised: true, isHousehold: true)
            }
        default:
            plantLookAlike("P1", "care-home", in: .anywhere) {
                $0.payInto($1, $2, 4, "care-institution", authorised: true)
            }
        }
    }

    /// Bills paid by hand into one account.
    private mutating func payInto(
        _ planted: FraudCase, _ stage: Stage, _ persons: Int, _ relation: String,
        authorised: Bool = false, isHousehold: Bool = false
    ) {
        fraud.accounts += 1
        let shared = Person.account(
            place: counties[stage.county].place, index: Stage.firstIndex * 10 + fraud.accounts)
        var first: Member?
        for _ in 0..<persons {
            let member = cast(
                stage, Entrance(kin: isHousehold ? first : nil, isChild: isHousehold))
            first = first ?? member
            on(day(in: stage)) { simulation in
                var payee = Payee(account: shared, relation: relation)
                if authorised {
                    payee.authorisation =
                        "委托〔" + String(stage.year) + "〕" + String(member.index) + "号"
                }
                let claim = simulation.settle(member, Bill(isManual: true)) { claim in
                    claim.payee = payee
                }
                simulation.on((simulation.today + 9).officeDay) { simulation in
                    let payment = simulation.pay(
                        Payment(
                            basis: .claim(claim.reference), member: member,
                            fen: claim.amounts.aid, payee: payee))
                    simulation.fraud.note(planted, claim.reference)
                    simulation.fraud.note(planted, payment)
                }
            }
        }
    }

    // MARK: After death or exit

    mutating func plantAfterDeath(_ number: Int) {
        switch number % 3 {
        case 0:
            plant("P2", "after-death", in: .anywhere, also: ["E4"]) {
                $0.treatAfter($1, $2, 9, death: true)
            }
        case 1:
            plant("P2", "day-after-death", in: .anywhere, also: ["E4"]) {
                $0.treatAfter($1, $2, 1, death: true)
            }
        default:
            plant("P2", "after-exit", in: .anywhere, also: ["E4"]) {
                $0.treatAfter($1, $2, 20, death: false)
            }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("P2", "died-in-hospital", in: .anywhere) { $0.treatUntilDeath($1, $2) }
        case 1:
            let old = Setting(
                cities: [City.guangzhou, City.jiangmen, City.liupanshui], years: 2018...2022)
            plantLookAlike("P2", "recognised-later", in: old) {
                $0.recogniseLater($1, $2, settledAfter: 12, paidAfter: 20)
            }
        default:
            plantLookAlike("P2", "paid-after-death", in: .anywhere) { $0.payAfterDeath($1, $2) }
        }
    }

    private mutating func die(_ member: Member, _ planted: FraudCase) {
        let person = person(member)
        let day = today
        record(.personDied, at: member.county, by: .registry) { line in
            line.person("person", person)
            line.date("diedOn", day)
            line.text("noticeFrom", "public-security")
        }
        endEligibility(member, .dibao, on: day, reason: "death")
    }

    /// A stay that begins days after the end.
    private mutating func treatAfter(
        _ planted: FraudCase, _ stage: Stage, _ days: Int, death: Bool
    ) {
        let member = cast(stage)
        on(day(in: stage, from: 3, to: 8)) { simulation in
            if death {
                simulation.die(member, planted)
            } else {
                simulation.endEligibility(member, .dibao, on: simulation.today)
            }
            simulation.on(simulation.today + days + 5) { simulation in
                let claim = simulation.settle(member, Bill(nights: 5))
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    /// The last stay ends with death.
    private mutating func treatUntilDeath(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage, from: 3, to: 8)) { simulation in
            let claim = simulation.settle(member, Bill(nights: 8))
            simulation.fraud.note(planted, claim.reference)
            simulation.die(member, planted)
        }
    }

    /// Aid for the last stay goes to the heirs.
    private mutating func payAfterDeath(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage, from: 3, to: 8)) { simulation in
            let claim = simulation.settle(member, Bill(isManual: true))
            simulation.die(member, planted)
            simulation.on((simulation.today + 20).officeDay) { simulation in
                let account = simulation.person(member).account + "1"
                let payee = Payee(
                    account: account, relation: "heir",
                    authorisation: "继承〔" + String(stage.year) + "〕" + String(member.index) + "号")
                let payment = simulation.pay(
                    Payment(
                        basis: .claim(claim.reference), member: member, fen: claim.amounts.aid,
                        payee: payee))
                simulation.fraud.note(planted, payment)
            }
        }
    }

    /// Certified on application, after the stay, for which aid is then due, too.
    mutating func recogniseLater(
        _ planted: FraudCase, _ stage: Stage, settledAfter: Int, paidAfter: Int
    ) {
        let recognised = day(in: stage, from: 4, to: 7).officeDay
        let member = cast(
            stage,
            Entrance(group: .only(.lowIncomeIll), isEnrolled: false, from: recognised))
        on(recognised - 40) { simulation in
            simulation.enrolAgain(
                member, scheme: "resident", at: stage.county, from: Day(stage.year, 1, 1),
                to: Day(stage.year, 12, 31))
        }
        on(recognised + settledAfter) { simulation in
            let bill = Bill(nights: settledAfter + 20, isManual: true)
            let claim = simulation.settle(member, bill) { claim in
                claim.stay = (recognised - 20)...(recognised - 12)
            }
            simulation.fraud.note(planted, claim.reference)
            simulation.on(recognised + paidAfter) { simulation in
                let payment = simulation.pay(
                    Payment(
                        basis: .claim(claim.reference), member: member, fen: claim.amounts.aid))
                simulation.fraud.note(planted, payment)
            }
        }
    }

    // MARK: No permitted path

    mutating func plantWrongPaths(_ number: Int) {
        switch number % 4 {
        case 0:
            plant("P5", "second-aid-in-cash", in: .secondAid) {
                $0.paySecondAid($1, $2) { $1.channel = "cash" }
            }
        case 1:
            // The clause on payment through the bank speaks of second aid and of who is not on file.
            plant("P5", "cash", in: .guangdong, grade: "W") { $0.payInCash($1, $2, "cash") }
        case 2:
            plant("P5", "premiums-elsewhere", in: .guangdong) {
                $0.transferPremiums($1, $2, to: "agency-income-account")
            }
        default:
            plant("P5", "premiums-elsewhere", in: .liupanshui) {
                $0.transferPremiums($1, $2, to: "resident-insurance-treasury-account")
            }
        }
        switch number % 2 {
        case 0:
            plantLookAlike("P5", "social-security-card", in: .guangdong) {
                $0.payInCash($1, $2, "social-security-card")
            }
        default:
            plantLookAlike("P5", "premiums", in: .liupanshui) {
                $0.transferPremiums($1, $2, to: Self.premiumAccount(in: City.liupanshui))
            }
        }
    }

    /// Second aid, paid in another way than it should be.
    private mutating func paySecondAid(
        _ planted: FraudCase, _ stage: Stage,
        _ change: @escaping (inout Simulation, inout Payment) -> Void
    ) {
        let member = cast(stage)
        on(day(in: stage, from: 3, to: 8)) { simulation in
            let claim = simulation.settle(
                member, Bill(nights: 9, components: Amounts(total: 3_000_000), diagnosis: "I63.9"))
            simulation.takeThrough(claim, type: "second") { simulation, payment in
                var changed = payment
                change(&simulation, &changed)
                simulation.fraud.note(planted, simulation.pay(changed))
            } _: {
                $0.fraud.note(planted, $1)
            }
        }
    }

    private mutating func payInCash(_ planted: FraudCase, _ stage: Stage, _ channel: String) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let claim = simulation.settle(member, Bill(isManual: true))
            simulation.on((simulation.today + 9).officeDay) { simulation in
                let payment = simulation.pay(
                    Payment(
                        basis: .claim(claim.reference), member: member, fen: claim.amounts.aid,
                        channel: channel))
                simulation.fraud.note(planted, payment)
            }
        }
    }

    /// What was subsidised since the last transfer, to an account.
    private mutating func transferPremiums(
        _ planted: FraudCase, _ stage: Stage, to account: String
    ) {
        let member = cast(
            stage, Entrance(group: .only(.tekun), isSubsidised: false))
        on(day(in: stage, from: 2, to: 10)) { simulation in
            let subsidy = simulation.dueSubsidy(of: member, in: stage.year)
            simulation.approve(subsidy)
            simulation.leaveBatch(subsidy.fen, at: stage.county)
            simulation.makeRoom(for: subsidy.fen, in: .medicalAid, at: stage.county)
            simulation.spend(subsidy.fen, from: .medicalAid, at: stage.county)
            let from = Fund.medicalAid.account(in: stage.city)
            let reference = simulation.record(
                .fundTransferred, at: stage.county, by: .treasury, amount: subsidy.fen
            ) { line in
                line.text("fromAccount", from)
                line.text("toAccount", account)
                line.text("purpose", "enrolment")
                line.number("amountFen", subsidy.fen)
                line.number("year", stage.year)
                line.number("headCount", 1)
            }
            simulation.fraud.note(planted, reference)
        }
    }
}
