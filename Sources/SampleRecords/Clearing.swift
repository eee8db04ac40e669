/// A hospital's request for what it advanced, on its way to payment.
struct Clearing {
    let county: Int
    let slot: Int
    let fund: Fund
    let request: Reference
    let fen: Int
}

/// Clearing with hospitals, prepayments, and the offsetting between funds.
extension Simulation {
    // MARK: Requests

    /// Each institution asks once a month for the month before; in small samples only when a few
    /// claims have come together.
    mutating func requestClearing(at county: Int) {
        let least = plan.isMonthly || today.month == 1 ? 1 : 8
        for slot in counties[county].institutions.indices {
            for fund in [Fund.medicalAid, .targeted] {
                let advances = counties[county].advanced[slot * 2 + fund.rawValue]
                guard advances.fen > 0, advances.count >= least else { continue }
                counties[county].advanced[slot * 2 + fund.rawValue] = Advances()
                request(advances, slot: slot, fund, at: county)
            }
        }
    }

    private mutating func request(
        _ advances: Advances, slot: Int, _ fund: Fund, at county: Int
    ) {
        let code = counties[county].institutions[slot].code
        let day = today
        let period = Month(today.firstOfMonth - 1)
        let reference = record(
            .clearingRequested, at: county, by: .hospital, amount: advances.fen
        ) { line in
            line.text("institution", code)
            line.month("period", period)
            line.number("amountFen", advances.fen)
            line.text("fund", fund.code)
            line.date("receivedOn", day)
            if let claims = advances.allClaims { line.references("claims", claims) }
            line.number("claimCount", advances.count)
        }
        let clearing = Clearing(
            county: county, slot: slot, fund: fund, request: reference, fen: advances.fen)
        let due = (today + 9 + random.below(20)).officeDay
        // Among planted cases nothing may be left open at the end.
        agenda.add(.clear(clearing), on: fraud.isActive ? min(due, plan.lastDay) : due)
    }

    // MARK: Payment

    /// The request is what is paid, disallowed, and set against a prepayment, together.
    mutating func clear(_ clearing: Clearing) {
        let county = clearing.county
        let isCut = random.chance(400)
        let disallowed = isCut ? share(clearing.fen, 50 + random.below(300)) : 0
        let due = clearing.fen - disallowed
        let applied =
            clearing.fund == .medicalAid ? min(counties[county].prepaid[clearing.slot], due) : 0
        makeRoom(for: due - applied, in: clearing.fund, at: county)
        counties[county].prepaid[clearing.slot] -= applied
        spend(due, from: clearing.fund, at: county)
        let account = clearing.fund.account(in: counties[county].place.city)
        record(.clearingPaid, at: county, by: .cashier, amount: due - applied) { line in
            line.reference("request", clearing.request)
            line.text("fromAccount", account)
            line.number("paidFen", due - applied)
            line.number("disallowedFen", disallowed)
            if disallowed > 0 { line.text("disallowedReason", "超标准收费，审核扣减") }
            line.number("prepaymentAppliedFen", applied)
        }
    }

    // MARK: Prepayments

    /// In March hospitals get some money ahead; what is left of it in June comes back.
    mutating func prepay(at county: Int) {
        let spent = counties[county].books[0].spentLastYear
        let fen = max(500_000, spent / 20) / 100_000 * 100_000
        for slot in [Institution.Slot.countyHospital, Institution.Slot.cityHospitalTwo] {
            makeRoom(for: fen, in: .medicalAid, at: county)
            counties[county].prepaid[slot] += fen
            let city = counties[county].place.city
            let code = counties[county].institutions[slot].code
            let agreement = agreementNumber(code)
            record(.prepaymentMade, at: county, by: .cashier, amount: fen) { line in
                line.text("institution", code)
                line.number("amountFen", fen)
                line.text("fund", Fund.medicalAid.code)
                line.text("fromAccount", Fund.medicalAid.account(in: city))
                line.text("agreementNo", agreement)
            }
        }
    }

    func agreementNumber(_ institution: String) -> String { "XY-" + institution }

    mutating func returnPrepayments(at county: Int) {
        for slot in counties[county].institutions.indices where counties[county].prepaid[slot] > 0 {
            let fen = counties[county].prepaid[slot]
            counties[county].prepaid[slot] = 0
            let code = counties[county].institutions[slot].code
            record(.prepaymentReturned, at: county, by: .cashier, amount: fen) { line in
                line.text("institution", code)
                line.number("amountFen", fen)
            }
        }
    }

    // MARK: Offsets

    /// Medical aid that the targeted fund advanced is made good from the medical-aid fund.
    mutating func bookOffset(at county: Int) {
        let advances = counties[county].toOffset
        guard advances.fen > 0 else { return }
        counties[county].toOffset = Advances()
        makeRoom(for: advances.fen, in: .medicalAid, at: county)
        counties[county].books[0].balance -= advances.fen
        counties[county].books[1].balance += advances.fen
        let last = today.firstOfMonth - 1
        record(.offsetBooked, at: county, by: .cashier, amount: advances.fen) { line in
            line.text("fromFund", Fund.medicalAid.code)
            line.text("toFund", Fund.targeted.code)
            if let claims = advances.allClaims { line.references("claims", claims) }
            line.date("periodFrom", last.firstOfMonth)
            line.date("periodTo", last)
            line.number("amountFen", advances.fen)
        }
    }
}
