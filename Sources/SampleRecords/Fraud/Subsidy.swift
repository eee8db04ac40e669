/// A subsidy of a case.
struct Subsidy {
    let member: Member
    let year: Int
    var scheme = "resident"
    var category: Category
    var form: String
    var premium: Int
    var fen: Int
    var fund: String
    /// Who pays, where it is not the person's county.
    var county: Int?
    var topUpOf: Reference?
}

extension Simulation {
    /// What the person is rightly subsidised with.
    func dueSubsidy(of member: Member, in year: Int) -> Subsidy {
        let person = person(member)
        let terms = terms(for: person, county: member.county, in: year)
        return Subsidy(
            member: member, year: year, scheme: terms.scheme,
            category: person.group.subsidyCategory(in: year), form: terms.form,
            premium: terms.premium, fen: terms.subsidy, fund: terms.fund)
    }

    /// What somebody of another category would be subsidised with.
    func dueSubsidy(of member: Member, as category: Category, in year: Int) -> Subsidy? {
        let standards = standards(member.county, in: year)
        return standards.subsidy(for: category).map { due in
            Subsidy(
                member: member, year: year, category: category, form: due.form,
                premium: standards.premium, fen: due.fen, fund: due.fund)
        }
    }

    @discardableResult
    mutating func approve(_ subsidy: Subsidy) -> Reference {
        let person = person(subsidy.member)
        let county = subsidy.county ?? subsidy.member.county
        let batch = subsidy.fund == "medical-aid" ? join(subsidy.fen, at: county) : nil
        let day = today
        return record(
            .enrolmentSubsidised, at: county, by: .approval, amount: subsidy.fen
        ) { line in
            line.person("person", person)
            line.number("year", subsidy.year)
            line.text("scheme", subsidy.scheme)
            line.text("category", subsidy.category.rawValue)
            line.text("form", subsidy.form)
            line.number("premiumFen", subsidy.premium)
            line.number("subsidyFen", subsidy.fen)
            line.number("personPaidFen", max(0, subsidy.premium - subsidy.fen))
            line.text("fund", subsidy.fund)
            line.date("approvedOn", day)
            if let batch { line.reference("batch", batch) }
            if let topUpOf = subsidy.topUpOf { line.reference("topUpOf", topUpOf) }
        }
    }

    @discardableResult
    mutating func collectPremium(
        _ fen: Int, from member: Member, for covered: Int
    ) -> Reference {
        let person = person(member)
        let day = today
        return record(.premiumCollected, at: member.county, by: .insurance, amount: fen) { line in
            line.person("person", person)
            line.number("year", covered)
            line.text("scheme", "resident")
            line.number("amountFen", fen)
            line.date("paidOn", day)
        }
    }

    /// Enrolment besides the one in January.
    @discardableResult
    mutating func enrolAgain(
        _ member: Member, scheme: String, at county: Int, from: Day, to: Day,
        payer: String = "self"
    ) -> Reference {
        let person = person(member)
        let area = counties[county].place.code
        return record(.enrolmentRecorded, at: county, by: .insurance) { line in
            line.person("person", person)
            line.number("year", from.year)
            line.text("scheme", scheme)
            line.code("enrolledArea", digits: area, 6)
            line.date("coverFrom", from)
            line.date("coverTo", to)
            line.text("paidBy", scheme == "employee" ? "employer" : payer)
            line.flag("midYear", from != Day(from.year, 1, 1))
        }
    }

    /// The office day in January on which those of a case are subsidised, before the money is
    /// transferred.
    func subsidyDay(of member: Member) -> Day {
        ((fraud.cast[member]?.person.period?.lowerBound ?? today) + 7).officeDay
    }
}
