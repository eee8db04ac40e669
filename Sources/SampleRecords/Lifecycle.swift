/// Certification of persons, their entitlements, their exit and death.
extension Simulation {
    // MARK: When

    /// The day on which a person is first certified: most when the county begins.
    func joins(_ person: Person) -> Day {
        let start = Day(max(person.place.firstYear, plan.years.lowerBound), 1, 1)
        let hash = Int(mixed(person.key) >> 33)
        if hash % 10 < 8 { return (start + hash / 10 % 7).officeDay }
        let span = max(60, start.distance(to: plan.lastDay) - 90)
        return (start + 30 + hash / 10 % span).officeDay
    }

    /// The day from which a person is no longer aided, if any.
    func leaves(_ person: Person) -> Day? {
        let hash = Int(mixed(person.key ^ 0xA5A5) >> 33)
        guard hash % 100 < 14 || person.index == Self.mortal else { return nil }
        return (joins(person) + 150 + hash / 100 % 2_900).officeDay
    }

    /// Index of one person of each county who dies, so that small samples have deaths too.
    private static let mortal = 7

    func dies(_ person: Person) -> Bool {
        person.born.year < 1955 || person.key & 3 == 0 || person.index == Self.mortal
    }

    func isAided(_ person: Person, on day: Day) -> Bool {
        if let period = person.period { return period.contains(day) }
        guard joins(person) <= day else { return false }
        guard let end = leaves(person) else { return true }
        return day < end
    }

    /// The day from which an entitlement to outpatient benefits holds.
    func entitledOn(_ person: Person) -> Day { (joins(person) + 2).officeDay }

    // MARK: Records

    mutating func openLifecycle(of county: Int) {
        for index in 0..<counties[county].population {
            let member = Member(county: county, index: index)
            agenda.add(.certify(member), on: joins(person(member)))
        }
    }

    mutating func certify(_ member: Member) {
        let person = person(member)
        let category = person.group.category(in: year)
        for held in person.group.held(in: year) {
            writeCertification(of: person, held, at: member.county, from: today)
        }
        counties[member.county].listed += 1
        counties[member.county].added += 1
        if person.hasChronicEntitlement || person.hasSpecialEntitlement
            || standards(member.county, in: year).hasTargetedFund(for: category)
        {
            agenda.add(.entitle(member), on: entitledOn(person))
        }
        for change in person.group.changes where year < change {
            agenda.add(.recertify(member), on: Day(change, 1, 1))
        }
        if let end = leaves(person) { agenda.add(.leave(member), on: end) }
        scheduleFirstEnrolment(of: member)
    }

    mutating func writeCertification(
        of person: Person, _ category: Category, at county: Int, from: Day, to: Day? = nil,
        as type: Person.IDType? = nil
    ) {
        let day = today
        let docNo = documentNumber("认定", at: county, number: person.index + 1)
        record(.eligibilityCertified, at: county, by: .registry) { line in
            line.person("person", person, as: type)
            line.text("category", category.rawValue)
            line.text("department", category.certifier(in: day.year))
            line.code("certifiedArea", digits: person.place.code, 6)
            line.text("basis", category.isOnApplication ? "on-application" : "standing")
            if category.isOnApplication { line.date("appliedOn", day - 20) }
            line.date("validFrom", from)
            if let to { line.date("validTo", to) }
            line.text("docNo", docNo)
            line.date("notifiedOn", day)
            if person.index % 3 == 0 { line.date("systemUpdatedOn", day) }
        }
    }

    /// A document number such as 样民认定〔2023〕17号.
    func documentNumber(_ subject: String, at site: Int, number: Int) -> String {
        let place = String(areaCode(ofSite: site))
        return "样" + place + subject + "〔" + String(year) + "〕" + String(number) + "号"
    }

    /// On 1 January: the documents of 2022 named the categories anew, and Jiangmen's plan was over
    /// with 2020. The last day of the old category is the one before.
    mutating func recertify(_ member: Member) {
        let person = person(member)
        guard isAided(person, on: today) else { return }
        let day = today
        let before = person.group.held(in: year - 1)
        let since = person.group.held(in: year)
        for category in before where !since.contains(category) {
            record(.eligibilityEnded, at: member.county, by: .registry) { line in
                line.person("person", person)
                line.text("category", category.rawValue)
                line.date("endedOn", day - 1)
                line.text("reason", "exit")
                line.date("notifiedOn", day)
            }
        }
        for category in since where !before.contains(category) {
            writeCertification(of: person, category, at: member.county, from: day)
        }
    }

    mutating func leave(_ member: Member) {
        let person = person(member)
        let day = today
        let hasDied = dies(person)
        counties[member.county].listed -= 1
        counties[member.county].removed += 1
        if hasDied {
            record(.personDied, at: member.county, by: .registry) { line in
                line.person("person", person)
                line.date("diedOn", day)
                line.text("noticeFrom", person.index % 2 == 0 ? "public-security" : "health")
            }
        }
        for category in person.group.held(in: (day - 1).year) {
            record(.eligibilityEnded, at: member.county, by: .registry) { line in
                line.person("person", person)
                line.text("category", category.rawValue)
                line.date("endedOn", day)
                line.text("reason", hasDied ? "death" : person.index % 5 == 0 ? "moved" : "exit")
                line.date("notifiedOn", day)
                line.date("systemUpdatedOn", day)
            }
        }
        if !hasDied { payOnAfterEnd(member) }
    }

    mutating func entitle(_ member: Member) {
        let person = person(member)
        let category = person.group.category(in: year)
        let isTargeted = standards(member.county, in: year).hasTargetedFund(for: category)
        if person.hasChronicEntitlement { writeEntitlement("chronic-outpatient", "E11.9", member) }
        if person.hasSpecialEntitlement { writeEntitlement("special-outpatient", "N18.5", member) }
        if isTargeted { writeEntitlement("targeted-certificate", nil, member) }
    }

    private mutating func writeEntitlement(
        _ entitlement: String, _ disease: String?, _ member: Member
    ) {
        let person = person(member)
        let day = today
        record(.entitlementCertified, at: member.county, by: .insurance) { line in
            line.person("person", person)
            line.text("entitlement", entitlement)
            if let disease { line.text("diseaseCode", disease) }
            if disease == nil {
                line.text(
                    "certificateNo", "YLJ" + String(person.place.code * 10_000 + person.index))
                line.date("validTo", Day(2020, 12, 31))
            }
            line.date("validFrom", day)
        }
    }

    // MARK: Newborns

    /// A newborn is certified from birth, and its first bill settled, under the certificate of
    /// birth; the number comes later.
    mutating func bear(in county: Int) {
        let number = counties[county].newborns
        counties[county].newborns += 1
        let born = today - 12
        let member = Member(county: county, index: Person.firstNewborn + number)
        let child = Person(
            seed: plan.seed, place: counties[county].place, newborn: number, born: born)
        writeCertification(
            of: child, child.group.category(in: year), at: county, from: born,
            // Nobody enrols it for the years after: among planted cases it leaves the list.
            to: fraud.isActive ? Day(year, 12, 31) : nil, as: .birthCertificate)
        if fraud.isActive { enrol(newborn: child, at: county) }
        settle(
            Visit(
                member: member, newborn: born, type: .inpatient,
                slot: Institution.Slot.countyHospital, admitted: born, discharged: today - 1,
                totalFen: 480_000 + random.below(300_000), diagnosis: "P07.3"))
        agenda.add(.mergeNewborn(member, born: born), on: (today + 50).officeDay)
    }

    /// Whoever is on the list is enrolled, where the lack of it is looked for.
    private mutating func enrol(newborn child: Person, at county: Int) {
        record(.enrolmentRecorded, at: county, by: .insurance) { line in
            line.person("person", child, as: .birthCertificate)
            line.number("year", child.born.year)
            line.text("scheme", "resident")
            line.code("enrolledArea", digits: child.place.code, 6)
            line.date("coverFrom", child.born)
            line.date("coverTo", Day(child.born.year, 12, 31))
            line.text("paidBy", "self")
            line.flag("midYear", true)
        }
    }

    mutating func mergeNewborn(_ member: Member, born: Day) {
        let person = Person(
            seed: plan.seed, place: counties[member.county].place,
            newborn: member.index - Person.firstNewborn, born: born)
        let docNo = documentNumber("户籍", at: member.county, number: member.index)
        record(.personMerged, at: member.county, by: .registry) { line in
            line.person("from", person, as: .birthCertificate)
            line.person("into", person, as: .residentID)
            line.text("reason", "newborn-numbered")
            line.text("docNo", docNo)
        }
    }
}
