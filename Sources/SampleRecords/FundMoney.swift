/// Income, budgets and balances of the funds of a county.
extension Simulation {
    // MARK: Books

    mutating func spend(_ fen: Int, from fund: Fund, at county: Int) {
        counties[county].books[fund.rawValue].balance -= fen
        counties[county].books[fund.rawValue].spentThisYear += fen
    }

    /// What the bank holds: the books less what hospitals hold in prepayments.
    private func inBank(_ fund: Fund, at county: Int) -> Int {
        let prepaid = fund == .medicalAid ? counties[county].prepaid.reduce(0, +) : 0
        return counties[county].books[fund.rawValue].balance - prepaid
    }

    /// The county makes good what the fund is short of, before it pays.
    mutating func makeRoom(for fen: Int, in fund: Fund, at county: Int) {
        let short = fen - inBank(fund, at: county)
        guard short > 0 else { return }
        let step = max(1_000_000, counties[county].books[fund.rawValue].spentThisYear / 10)
        let amount = (short + step + 99_999) / 100_000 * 100_000
        // Where the county is to have given too little, the province helps.
        let isShort = fraud.omissions.matching[Omissions.key(county, year)] != nil
        receive(amount, in: fund, at: county, from: isShort ? "province" : "county")
    }

    @discardableResult
    mutating func receive(
        _ fen: Int, in fund: Fund, at county: Int, from source: String, fromArea: Int? = nil
    ) -> Reference {
        counties[county].books[fund.rawValue].balance += fen
        let place = counties[county].place
        let next = nextReference(.fundReceived, at: county)
        let docNo = documentNumber("财社", at: county, number: next.serial)
        let received = year
        return record(.fundReceived, at: county, by: .treasury, amount: fen) { line in
            line.text("fund", fund.code)
            line.text("fundSource", source)
            line.number("year", received)
            line.number("amountFen", fen)
            line.text("docNo", docNo)
            line.code("forArea", digits: place.code, 6)
            if let fromArea { line.code("fromArea", digits: fromArea, 6) }
            line.text("toAccount", fund.account(in: place.city))
        }
    }

    // MARK: Income

    /// Residents of the county: one in twenty-five is aided.
    func residents(of county: Int) -> Int {
        counties[county].population * (24 + (year - 2017) % 3)
    }

    /// City and county give sixty yuan a resident, two parts to eight.
    private func matching(of county: Int) -> Int {
        (residents(of: county) * 6_000 + 99_999) / 100_000 * 100_000
    }

    mutating func receiveIncome(month: Int, day: Int, at county: Int) {
        let city = City.all[counties[county].place.city].code
        let province = city / 10_000 * 10_000
        let matching = matching(of: county)
        if receiveLess(month, day, of: matching, at: county) { return }
        switch (month, day) {
        case (2, 15):
            receive(matching / 2, in: .medicalAid, at: county, from: "central")
        case (2, 25):
            receive(matching / 5, in: .medicalAid, at: county, from: "city", fromArea: city)
        case (3, 5):
            receive(matching / 5 * 4, in: .medicalAid, at: county, from: "county")
        case (3, 20):
            receive(
                matching / 4, in: .medicalAid, at: county, from: "province", fromArea: province)
        case (6, 18):
            receive(matching / 50, in: .medicalAid, at: county, from: "lottery")
        case (9, 5) where plan.isMonthly || county == 0:
            receive(matching / 200, in: .medicalAid, at: county, from: "donation")
        case (12, 21):
            let interest = max(1_23, counties[county].books[0].balance / 400)
            receive(interest, in: .medicalAid, at: county, from: "interest")
        default: break
        }
        if month == 1, day == 15, counties[county].hasTargetedFund(in: year) {
            receive(matching / 5, in: .targeted, at: county, from: "city", fromArea: city)
        }
    }

    /// What city and county give in a planted year; what is short comes from the province.
    private mutating func receiveLess(
        _ month: Int, _ day: Int, of matching: Int, at county: Int
    ) -> Bool {
        guard let given = fraud.omissions.matching[Omissions.key(county, year)] else {
            return false
        }
        let city = City.all[counties[county].place.city].code
        let reference: Reference
        switch (month, day) {
        case (2, 25):
            reference = receive(
                matching / 500 * given.city, in: .medicalAid, at: county, from: "city",
                fromArea: city)
        case (3, 5):
            reference = receive(
                matching / 500 * 4 * given.county, in: .medicalAid, at: county, from: "county")
        case (3, 20):
            receive(
                matching / 2, in: .medicalAid, at: county, from: "province",
                fromArea: city / 10_000 * 10_000)
            return true
        default: return false
        }
        fraud.note(given.planted, reference, subject: String(counties[county].place.code))
        return true
    }

    // MARK: Budget

    private static let purposes: [(purpose: String, percent: Int)] = [
        ("enrolment", 16), ("inpatient", 55), ("outpatient", 14), ("above-cap", 3), ("other", 2),
    ]

    mutating func budgetYear(of county: Int) {
        let total = matching(of: county) * 175 / 100
        for item in Self.purposes {
            budget(total * item.percent / 100, item.purpose, "initial", at: county)
        }
        let extra = standards(county, in: year).hasTiltAid ? "tilt" : "second"
        budget(total * 10 / 100, extra, "initial", at: county)
    }

    mutating func adjustBudget(of county: Int) {
        let total = max(matching(of: county), counties[county].books[0].spentLastYear)
        budget(total * 6 / 10, "inpatient", "adjusted", at: county)
    }

    mutating func planMonth(_ month: Int, of county: Int) {
        let total = matching(of: county) * 175 / 100
        budget(total * 55 / 1_200, "inpatient", "initial", month: month, at: county)
        budget(total * 14 / 1_200, "outpatient", "initial", month: month, at: county)
    }

    private mutating func budget(
        _ fen: Int, _ purpose: String, _ version: String, month: Int? = nil, at county: Int
    ) {
        let docNo = documentNumber("预算", at: county, number: month ?? 0)
        let budgeted = year
        record(.fundBudgeted, at: county, by: .treasury, amount: fen) { line in
            line.text("fund", Fund.medicalAid.code)
            line.number("year", budgeted)
            if let month { line.number("month", month) }
            line.text("version", version)
            line.text("purpose", purpose)
            line.number("amountFen", fen / 10_000 * 10_000)
            line.text("docNo", docNo)
        }
    }

    // MARK: Balances

    /// What the fund began with.
    mutating func openBooks(of county: Int) {
        receive(matching(of: county) / 5, in: .medicalAid, at: county, from: "carried-forward")
        if counties[county].hasTargetedFund(in: year) {
            counties[county].books[1].balance = 0
            stateBalance(.targeted, at: county, asOf: today - 1)
        }
    }

    mutating func closeBooks(of county: Int) {
        stateBalance(.medicalAid, at: county, asOf: today)
        if counties[county].hasTargetedFund(in: year) {
            stateBalance(.targeted, at: county, asOf: today)
        }
        for fund in 0..<2 {
            counties[county].books[fund].spentLastYear = counties[county].books[fund].spentThisYear
            counties[county].books[fund].spentThisYear = 0
        }
    }

    private mutating func stateBalance(_ fund: Fund, at county: Int, asOf day: Day) {
        let place = counties[county].place
        let book = counties[county].books[fund.rawValue].balance
        let bank = inBank(fund, at: county)
        let docNo = documentNumber("对账", at: county, number: fund.rawValue + 1)
        record(.balanceStated, at: county, by: .treasury) { line in
            line.text("account", fund.account(in: place.city))
            line.date("asOf", day)
            line.number("bookFen", book)
            line.number("bankFen", bank)
            line.text("docNo", docNo)
        }
    }

    // MARK: Recovery

    /// Money that comes back after a claim was looked at again.
    mutating func recover(_ number: Int, at county: Int) {
        guard let claim = counties[county].recentClaim else { return }
        let natures = ["overpayment", "agreement-breach", "fraud", "penalty"]
        let fen = max(10_000, share(claim.amounts.aid, 5_000))
        counties[county].books[0].balance += fen
        let place = counties[county].place
        let code = counties[county].institutions[claim.slot].code
        record(.recoveryReceived, at: county, by: .treasury, amount: fen) { line in
            line.text("institution", code)
            line.references("relatesTo", [claim.reference])
            line.text("fund", Fund.medicalAid.code)
            line.text("toAccount", Fund.medicalAid.account(in: place.city))
            line.text("nature", natures[number % natures.count])
            line.number("amountFen", fen)
            line.text("reason", "稽核发现多计费用，追回救助资金")
        }
    }
}

extension County {
    /// Whose documents provide for money ahead: for stays elsewhere in Guangzhou, for all in
    /// Liupanshui.
    var isPrepaying: Bool {
        place.city == City.guangzhou || place.city == City.liupanshui
    }

    /// Jiangmen's plan ran from 2017 to 2020.
    func hasTargetedFund(in year: Int) -> Bool {
        place.city == City.jiangmen && year <= 2020
    }
}
