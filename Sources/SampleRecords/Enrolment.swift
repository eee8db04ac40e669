/// Enrolment in insurance, premiums, and the subsidies of them.
extension Simulation {
    /// Whom the aid fund may enrol, and how it pays.
    struct Terms {
        let isEmployee: Bool
        let premium: Int
        let form: String
        var subsidy: Int
        var fund: String
        var floor = 0
        var scheme: String { isEmployee ? "employee" : "resident" }

        var payer: String {
            if isEmployee { return "employer" }
            if subsidy == 0 { return "self" }
            return subsidy == premium ? "subsidy" : "mixed"
        }
    }

    func terms(for person: Person, county: Int, in year: Int) -> Terms {
        let standards = standards(county, in: year)
        let due = standards.subsidy(for: person.group.subsidyCategory(in: year))
        guard person.isEmployee else {
            return Terms(
                isEmployee: false, premium: standards.premium, form: due?.form ?? "fixed",
                subsidy: due?.fen ?? 0, fund: due?.fund ?? "medical-aid",
                floor: due?.floor ?? 0)
        }
        // Guangdong pays employees what it pays for residents.
        return Terms(
            isEmployee: true, premium: standards.employeePremium, form: "fixed",
            subsidy: standards.isGuangdong ? due?.fen ?? 0 : 0, fund: "medical-aid")
    }

    // MARK: When

    /// Everybody aided on 1 November is enrolled for the year after.
    mutating func scheduleEnrolment() {
        guard year < plan.years.upperBound else { return }
        for county in counties.indices where counties[county].isOpen {
            for index in 0..<counties[county].population {
                let member = Member(county: county, index: index)
                guard isAided(person(member), on: today) else { continue }
                agenda.add(.enrol(member, midYear: false), on: today + index % 55)
                let approval = Day(year + 1, 1, 8) + (index * 7) % 12
                agenda.add(.subsidise(member, midYear: false), on: approval.officeDay)
            }
        }
    }

    /// Who is certified after the season is enrolled at once, for what is left of the year.
    mutating func scheduleFirstEnrolment(of member: Member) {
        let next = today + 2
        switch today {
        case ...Day(year, 1, 11):
            agenda.add(.enrol(member, midYear: false), on: next)
            agenda.add(.subsidise(member, midYear: false), on: (today + 5).officeDay)
        case ..<Day(year, 10, 25):
            agenda.add(.enrol(member, midYear: true), on: next)
            agenda.add(.subsidise(member, midYear: true), on: (today + 5).officeDay)
        case Day(year, 11, 2)... where year < plan.years.upperBound:
            agenda.add(.enrol(member, midYear: false), on: next)
            agenda.add(.subsidise(member, midYear: false), on: Day(year + 1, 1, 12).officeDay)
        default: break
        }
    }

    // MARK: Records

    mutating func enrol(_ member: Member, midYear: Bool) {
        let person = person(member)
        guard isAided(person, on: today) else { return }
        let cover = today.month >= 11 ? year + 1 : year
        let terms = terms(for: person, county: member.county, in: cover)
        let from = midYear ? today : Day(cover, 1, 1)
        record(.enrolmentRecorded, at: member.county, by: .insurance) { line in
            line.person("person", person)
            line.number("year", cover)
            line.text("scheme", terms.scheme)
            line.code("enrolledArea", digits: person.place.code, 6)
            line.date("coverFrom", from)
            line.date("coverTo", Day(cover, 12, 31))
            line.text("paidBy", terms.payer)
            line.flag("midYear", midYear)
        }
        if !terms.isEmployee { collect(terms, from: person, member, year: cover) }
    }

    private mutating func collect(
        _ terms: Terms, from person: Person, _ member: Member, year: Int
    ) {
        let fen = terms.premium - terms.subsidy
        guard fen > 0 else { return }
        let day = today
        record(.premiumCollected, at: member.county, by: .insurance, amount: fen) { line in
            line.person("person", person)
            line.number("year", year)
            line.text("scheme", terms.scheme)
            line.number("amountFen", fen)
            line.date("paidOn", day)
        }
    }

    mutating func subsidise(_ member: Member, midYear: Bool) {
        let person = person(member)
        guard isAided(person, on: today) else { return }
        var terms = terms(for: person, county: member.county, in: year)
        guard terms.subsidy > 0 else { return }
        let wrong = spoil(&terms, of: member)
        let reference = writeSubsidy(terms, of: person, member, midYear: midYear)
        if let wrong { mistakes.plant(wrong, in: reference, at: emitted) }
        subsidies += 1
        if wrong == nil, mayBeSpoilt(terms, of: member), mistakes.takes(.subsidyTwice) {
            let again = writeSubsidy(terms, of: person, member, midYear: midYear)
            let twice = Wrong(
                mistake: .subsidyTwice, verdict: "over", expected: 0, actual: terms.subsidy)
            mistakes.plant(twice, in: again, at: emitted)
        } else if subsidies % 97 == 50 {
            scheduleRefund(member, terms)
        }
    }

    private mutating func writeSubsidy(
        _ terms: Terms, of person: Person, _ member: Member, midYear: Bool
    ) -> Reference {
        let batch = terms.fund == "medical-aid" ? join(terms.subsidy, at: member.county) : nil
        let day = today
        let covered = year
        return record(
            .enrolmentSubsidised, at: member.county, by: .approval, amount: terms.subsidy
        ) { line in
            line.person("person", person)
            line.number("year", covered)
            line.text("scheme", terms.scheme)
            line.text("category", person.group.subsidyCategory(in: covered).rawValue)
            line.text("form", terms.form)
            line.number("premiumFen", terms.premium)
            line.number("subsidyFen", terms.subsidy)
            line.number("personPaidFen", terms.premium - terms.subsidy)
            line.text("fund", terms.fund)
            line.date("approvedOn", day)
            if midYear { line.date("coverFrom", day - 3) }
            if let batch { line.reference("batch", batch) }
        }
    }

    // MARK: Wrong subsidies

    private func mayBeSpoilt(_ terms: Terms, of member: Member) -> Bool {
        mistakes.isActive && !terms.isEmployee
            && isJudged(counties[member.county].place.city, on: today)
    }

    private mutating func spoil(_ terms: inout Terms, of member: Member) -> Wrong? {
        guard mayBeSpoilt(terms, of: member) else { return nil }
        let due = terms.subsidy
        let mistake: Mistake
        var verdict = "under"
        if terms.floor > 1_00, mistakes.takes(.subsidyBelowFloor) {
            (mistake, verdict) = (.subsidyBelowFloor, "below-floor")
            terms.subsidy = terms.floor - 1_00
        } else if terms.form == "full", mistakes.takes(.subsidyTooLow) {
            mistake = .subsidyTooLow
            terms.subsidy -= 1_00
        } else if terms.form == "fixed", mistakes.takes(.subsidyTooHigh) {
            (mistake, verdict) = (.subsidyTooHigh, "over")
            terms.subsidy += 1_00
        } else if counties[member.county].place.city == City.liupanshui,
            terms.fund == "medical-aid", mistakes.takes(.subsidyFromOtherFund)
        {
            (mistake, verdict) = (.subsidyFromOtherFund, "in-breach")
            terms.fund = "county-budget"
        } else {
            return nil
        }
        return Wrong(mistake: mistake, verdict: verdict, expected: due, actual: terms.subsidy)
    }

    /// The list was not brought up to date: who has left is subsidised for the year after, too.
    mutating func subsidiseAfterEnd(_ member: Member) {
        let person = person(member)
        let terms = terms(for: person, county: member.county, in: year)
        guard terms.subsidy > 0 else { return }
        let reference = writeSubsidy(terms, of: person, member, midYear: false)
        let wrong = Wrong(
            mistake: .subsidyAfterEnd, verdict: "in-breach", expected: 0, actual: terms.subsidy)
        mistakes.plant(wrong, in: reference, at: emitted)
    }

    /// Benefits to somebody who has left the list today.
    mutating func payOnAfterEnd(_ member: Member) {
        let person = person(member)
        let terms = terms(for: person, county: member.county, in: min(year + 1, plan.lastDay.year))
        let january = Day(year + 1, 1, 10).officeDay
        let city = counties[member.county].place.city
        if today.month < 11, year < plan.lastDay.year, terms.subsidy > 0,
            mayBeSpoilt(terms, of: member), mistakes.takes(.subsidyAfterEnd)
        {
            agenda.add(.subsidiseAfterEnd(member), on: january)
        }
        let state = benefitYears[state(of: member)]
        let admitted = max(today + 3, Day(number: state.lastService + 1))
        let category = person.group.category(in: year)
        let standards = standards(member.county, in: year)
        let isFree = !(state.year == year && state.isReserved)
        let burden = state.year == year ? state.burden : 0
        guard isFree, mistakes.isActive, isJudged(city, on: today), city != City.liupanshui,
            (admitted + 6).year == year, admitted + 6 < plan.lastDay, burden < 300_000,
            !standards.isAidedOnApplication(category), !standards.hasTargetedFund(for: category),
            standards.aidDeductible(for: category, visit: .inpatient) == 0,
            mistakes.takes(.aidAfterEnd)
        else { return }
        var visit = Visit(
            member: member, type: .inpatient, slot: Institution.Slot.countyHospital,
            admitted: admitted, discharged: admitted + 6, totalFen: 800_000, diagnosis: "J18.9")
        visit.isAfterEnd = true
        agenda.add(.settle(visit), on: admitted + 6)
    }

    private mutating func scheduleRefund(_ member: Member, _ terms: Terms) {
        let day = (today + 30 + random.below(60)).officeDay
        agenda.add(.refundEnrolment(member, fen: terms.subsidy), on: day)
    }

    /// Counts the subsidy into the county's batch and gives the transfer that will pay it.
    mutating func join(_ fen: Int, at county: Int) -> Reference {
        counties[county].batch.count += 1
        counties[county].batch.fen += fen
        return nextReference(.fundTransferred, at: county)
    }

    /// In January the head-count is approved and the money asked for; in November what came in
    /// between is transferred.
    mutating func transferSubsidies(of county: Int) {
        let batch = counties[county].batch
        counties[county].batch = Batch()
        guard batch.count > 0 else { return }
        let request = today.month == 1 ? requestSubsidies(batch, at: county) : nil
        makeRoom(for: batch.fen, in: .medicalAid, at: county)
        spend(batch.fen, from: .medicalAid, at: county)
        let city = counties[county].place.city
        let covered = year
        record(.fundTransferred, at: county, by: .treasury, amount: batch.fen) { line in
            line.text("fromAccount", Fund.medicalAid.account(in: city))
            line.text("toAccount", Self.premiumAccount(in: city))
            line.text("purpose", "enrolment")
            line.number("amountFen", batch.fen)
            line.number("year", covered)
            line.number("headCount", batch.count)
            if let request { line.reference("request", request) }
        }
    }

    private mutating func requestSubsidies(_ batch: Batch, at county: Int) -> Reference {
        let day = today
        let covered = year
        return record(.subsidyRequested, at: county, by: .insurance, amount: batch.fen) { line in
            line.number("year", covered)
            line.text("scheme", "resident")
            line.number("headCount", batch.count)
            line.number("amountFen", batch.fen)
            line.text("fund", "medical-aid")
            line.date("headCountApprovedOn", day - 1)
            line.date("requestedOn", day)
        }
    }

    static func premiumAccount(in city: Int) -> String {
        switch city {
        case City.liupanshui: "agency-income-account"
        case City.tongliao: "resident-insurance-treasury-account"
        default: "resident-insurance-subaccount"
        }
    }

    /// A subsidy paid twice over comes back to the fund, now and then a premium to the person.
    mutating func refundEnrolment(_ member: Member, fen: Int) {
        let person = person(member)
        let day = today
        let covered = year
        let toFund = subsidies % 2 == 0
        if toFund { counties[member.county].books[0].balance += fen }
        record(.enrolmentRefunded, at: member.county, by: .insurance, amount: fen) { line in
            line.person("person", person)
            line.number("year", covered)
            line.number("amountFen", fen)
            line.text("to", toFund ? "fund" : "person")
            if toFund { line.text("fund", "medical-aid") }
            line.text("reason", "重复参保，退回个人缴费部分")
            line.date("refundedOn", day)
        }
    }
}
