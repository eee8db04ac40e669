/// E6, P3 and P4: lists, payments and advances that come late or stay open.
extension Simulation {
    // MARK: Lists and head-counts

    mutating func plantLateLists(_ number: Int) {
        switch number % 4 {
        case 0: plant("E6", "list-on-21st", in: .tongliao) { $0.shareList($1, $2, on: 21) }
        case 1:
            plant("E6", "head-count-february", in: .tongliao) {
                $0.requestSubsidies($1, $2, approved: 32, requested: 34)
            }
        case 2: plant("E6", "list-on-28th", in: .tongliao) { $0.shareList($1, $2, on: 28) }
        default:
            plant("E6", "requested-late", in: .tongliao) {
                $0.requestSubsidies($1, $2, approved: 30, requested: 40)
            }
        }
        switch number % 3 {
        case 0: plantLookAlike("E6", "list-on-20th", in: .tongliao) { $0.shareList($1, $2, on: 20) }
        case 1:
            plantLookAlike("E6", "end-of-january", in: .tongliao) {
                $0.requestSubsidies($1, $2, approved: 30, requested: 31)
            }
        default:
            // No clause of Guangdong's names a day.
            plantLookAlike("E6", "no-such-clause", in: .guangdong) { $0.shareList($1, $2, on: 26) }
        }
    }

    private mutating func shareList(_ planted: FraudCase, _ stage: Stage, on dayOfMonth: Int) {
        var month = 2 + random.below(9)
        // Another list of the month, in time, would make this one no late one.
        for _ in 0..<9 {
            let key = "list-" + Omissions.key(stage.county, stage.year, month)
            if fraud.taken.insert(key).inserted { break }
            month = month == 10 ? 2 : month + 1
        }
        let day = Day(stage.year, month, dayOfMonth)
        on(day) { simulation in
            let listed = simulation.counties[stage.county].listed
            let digest = simulation.randomDigest()
            let insurer = stage.year >= 2019 ? "medical-security" : "human-resources"
            let reference = simulation.record(.listShared, at: stage.county, by: .registry) {
                line in
                line.text("purpose", "monthly-update")
                line.text("fromDepartment", "disabled-federation")
                line.text("toDepartment", insurer)
                line.month("period", Month(day))
                line.number("count", listed / 6)
                line.number("added", 0)
                line.number("removed", 0)
                line.text("sha256", digest)
                line.date("sharedOn", day)
            }
            simulation.fraud.note(planted, reference)
        }
    }

    /// A further request for a few heads, by days of the year.
    private mutating func requestSubsidies(
        _ planted: FraudCase, _ stage: Stage, approved: Int, requested: Int
    ) {
        let day = Day(stage.year, 1, 1) + requested - 1
        on(day) { simulation in
            let premium = simulation.standards(stage.county, in: stage.year).premium
            let reference = simulation.record(
                .subsidyRequested, at: stage.county, by: .insurance, amount: premium * 3
            ) { line in
                line.number("year", stage.year)
                line.text("scheme", "resident")
                line.number("headCount", 3)
                line.number("amountFen", premium * 3)
                line.text("fund", "medical-aid")
                line.date("headCountApprovedOn", Day(stage.year, 1, 1) + approved - 1)
                line.date("requestedOn", day)
            }
            simulation.fraud.note(planted, reference)
        }
    }

    // MARK: Clearing

    mutating func plantLatePayments(_ number: Int) {
        switch number % 4 {
        case 0:
            plant("P3", "31-working-days", in: .liupanshui) {
                $0.payClearing($1, $2, workingDays: 31)
            }
        case 1:
            plant("P3", "38-working-days", in: .liupanshui) {
                $0.payClearing($1, $2, workingDays: 38)
            }
        case 2:
            plant("P3", "recognised-10-weeks-before", in: .liupanshui) {
                $0.recogniseLater($1, $2, settledAfter: 68, paidAfter: 75)
            }
        default:
            plant("P3", "recognised-months-before", in: .liupanshui) {
                $0.recogniseLater($1, $2, settledAfter: 100, paidAfter: 120)
            }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("P3", "30-working-days", in: .liupanshui) {
                $0.payClearing($1, $2, workingDays: 30)
            }
        case 1:
            plantLookAlike("P3", "recognised-8-weeks-before", in: .liupanshui) {
                $0.recogniseLater($1, $2, settledAfter: 40, paidAfter: 56)
            }
        default:
            // No clause of Tongliao's names a number of days.
            plantLookAlike("P3", "no-such-clause", in: .tongliao) {
                $0.payClearing($1, $2, workingDays: 40)
            }
        }
    }

    /// In July and August there is no public holiday, and no working weekend.
    private mutating func payClearing(
        _ planted: FraudCase, _ stage: Stage, workingDays: Int
    ) {
        let member = cast(stage)
        let received = Day(stage.year, 7, 1).officeDay
        var paid = received
        var count = 0
        while count < workingDays {
            paid = paid + 1
            if !paid.isWeekend { count += 1 }
        }
        on(received - 3) { simulation in
            let claim = simulation.settle(member)
            simulation.unbook(claim)
            let institution = simulation.counties[stage.county].institutions[claim.slot]
            simulation.on(received) { simulation in
                let request = simulation.requestClearing(
                    claim, institution, at: stage.county, amount: claim.amounts.aid)
                simulation.fraud.note(planted, request)
                simulation.on(paid) { simulation in
                    let payment = simulation.payClearing(
                        request, claim.amounts.aid, stage)
                    simulation.fraud.note(planted, payment)
                }
            }
        }
    }

    mutating func requestClearing(
        _ claim: SettledClaim, _ institution: Institution, at county: Int, amount: Int
    ) -> Reference {
        let day = today
        return record(.clearingRequested, at: county, by: .hospital, amount: amount) { line in
            line.text("institution", institution.code)
            line.month("period", Month(claim.day))
            line.number("amountFen", amount)
            line.text("fund", Fund.medicalAid.code)
            line.date("receivedOn", day)
            line.references("claims", [claim.reference])
            line.number("claimCount", 1)
        }
    }

    mutating func payClearing(
        _ request: Reference, _ fen: Int, _ stage: Stage
    ) -> Reference {
        makeRoom(for: fen, in: .medicalAid, at: stage.county)
        spend(fen, from: .medicalAid, at: stage.county)
        let account = Fund.medicalAid.account(in: stage.city)
        return record(.clearingPaid, at: stage.county, by: .cashier, amount: fen) { line in
            line.reference("request", request)
            line.text("fromAccount", account)
            line.number("paidFen", fen)
            line.number("disallowedFen", 0)
            line.number("prepaymentAppliedFen", 0)
        }
    }

    // MARK: Advances

    mutating func plantOpenAdvances(_ number: Int) {
        switch number % 2 {
        case 0:
            plant("P4", "prepayment", in: .liupanshui, grade: "W") {
                $0.prepay($1, $2, returnedAfter: nil)
            }
        default: plant("P4", "advance", in: .targeted, grade: "W") { $0.leaveAdvance($1, $2) }
        }
        plantLookAlike("P4", "returned-after-85-days", in: .liupanshui) {
            $0.prepay($1, $2, returnedAfter: 85)
        }
    }

    private mutating func prepay(
        _ planted: FraudCase, _ stage: Stage, returnedAfter days: Int?
    ) {
        let slot = addInstitution(level: 2, type: "专科医院", stage)
        let code = counties[stage.county].institutions[slot].code
        let fen = 800_000 + random.below(9) * 100_000
        let account = Fund.medicalAid.account(in: stage.city)
        let agreement = agreementNumber(code)
        on(day(in: stage, from: 2, to: 6)) { simulation in
            let paid = simulation.record(
                .prepaymentMade, at: stage.county, by: .cashier, amount: fen
            ) { line in
                line.text("institution", code)
                line.number("amountFen", fen)
                line.text("fund", Fund.medicalAid.code)
                line.text("fromAccount", account)
                line.text("agreementNo", agreement)
            }
            simulation.fraud.note(planted, paid, subject: code)
            guard let days else { return }
            simulation.on(simulation.today + days) { simulation in
                let returned = simulation.record(
                    .prepaymentReturned, at: stage.county, by: .cashier, amount: fen
                ) { line in
                    line.text("institution", code)
                    line.number("amountFen", fen)
                }
                simulation.fraud.note(planted, returned, subject: code)
            }
        }
    }

    /// The targeted fund advanced the medical aid, and nobody made it good.
    private mutating func leaveAdvance(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage, Entrance(group: .targeted))
        on(day(in: stage, from: 2, to: 6)) { simulation in
            let claim = simulation.settle(member, Bill(fen: 900_000))
            simulation.counties[stage.county].toOffset.remove(
                claim.amounts.medicalAid, claim.reference)
            // Seen where all that was advanced is held against all that was made good.
            let area = String(simulation.counties[stage.county].place.code)
            simulation.fraud.note(planted, claim.reference, subject: area)
        }
    }
}
