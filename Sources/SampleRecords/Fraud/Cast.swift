/// The persons of cases: on the list for one year, enrolled and subsidised as they should be.
extension Simulation {
    /// How a person of a case comes in.
    struct Entrance {
        var group = Group.only(.dibao)
        var isEmployee = false
        var isEnrolled = true
        var isSubsidised = true
        /// On the list from the first days of the year, unless it begins later.
        var from: Day?
        var to: Day?
        /// Who certifies, where it is not the office that should.
        var certifier: String?
        var particulars = Particulars()
        /// In the household of this person.
        var kin: Member?
        var isChild = false
    }

    /// - Returns: the person, whose papers of January are put off to their days.
    mutating func cast(_ stage: Stage, _ entrance: Entrance = Entrance()) -> Member {
        let member = draw(entrance, at: stage.county)
        let begins = (Day(stage.year, 1, 2) + random.below(4)).officeDay
        let from = entrance.from ?? begins
        let to = entrance.to ?? Day(stage.year, 12, 31)
        var person = makePerson(entrance, member)
        person.period = from...to
        fraud.cast[member] = Actor(person: person, state: benefitYears.count)
        benefitYears.append(BenefitYear())
        on(from) { simulation in simulation.introduce(member, entrance, stage) }
        return member
    }

    mutating func cast(_ stage: Stage, _ category: Category) -> Member {
        cast(stage, Entrance(group: .only(category)))
    }

    private mutating func draw(_ entrance: Entrance, at county: Int) -> Member {
        if let kin = entrance.kin {
            var index = kin.index + 1
            while fraud.cast[Member(county: county, index: index)] != nil { index += 1 }
            return Member(county: county, index: index)
        }
        let household = fraud.households[county, default: 0]
        fraud.households[county] = household + 1
        return Member(
            county: county, index: Stage.firstIndex + household * Person.householdSize)
    }

    private mutating func makePerson(_ entrance: Entrance, _ member: Member) -> Person {
        var person = Person(
            seed: plan.seed, place: counties[member.county].place, planted: member.index,
            group: entrance.group, isEmployee: entrance.isEmployee, isChild: entrance.isChild)
        person.particulars = entrance.particulars
        return person
    }

    private mutating func introduce(
        _ member: Member, _ entrance: Entrance, _ stage: Stage
    ) {
        let person = person(member)
        benefitYears[state(of: member)].enter(today.year)
        // No chance may bring in a mistake of another kind.
        benefitYears[state(of: member)].isReserved = true
        certify(member, by: entrance.certifier)
        let isEarly = today <= Day(stage.year, 1, 11)
        if entrance.isEnrolled {
            on(today + 2) { $0.enrol(member, midYear: !isEarly) }
        }
        if entrance.isEnrolled, entrance.isSubsidised {
            on((today + 5).officeDay) { $0.subsidise(member, midYear: !isEarly) }
        }
        guard let end = person.period?.upperBound, end < plan.lastDay else { return }
        on(end + 1) { simulation in
            simulation.counties[member.county].listed -= 1
            simulation.counties[member.county].removed += 1
        }
    }

    private mutating func certify(_ member: Member, by certifier: String?) {
        let person = person(member)
        for held in person.group.held(in: today.year) {
            certify(
                person, held, at: member.county, by: certifier, until: person.period?.upperBound)
        }
        counties[member.county].listed += 1
        counties[member.county].added += 1
    }

    /// - Parameter from: the first day on which it holds, today where nothing is said.
    @discardableResult
    mutating func certify(
        _ person: Person, _ category: Category, at county: Int, by certifier: String? = nil,
        from: Day? = nil, until end: Day?
    ) -> Reference {
        let day = today
        let docNo = documentNumber("认定", at: county, number: person.index + 1)
        return record(.eligibilityCertified, at: county, by: .registry) { line in
            line.person("person", person)
            line.text("category", category.rawValue)
            line.text("department", certifier ?? category.certifier(in: day.year))
            line.code("certifiedArea", digits: person.place.code, 6)
            line.text("basis", category.isOnApplication ? "on-application" : "standing")
            if category.isOnApplication { line.date("appliedOn", day - 20) }
            line.date("validFrom", from ?? day)
            if let end { line.date("validTo", end) }
            line.text("docNo", docNo)
            line.date("notifiedOn", day)
        }
    }

    @discardableResult
    mutating func endEligibility(
        _ member: Member, _ category: Category, on end: Day, reason: String = "exit"
    ) -> Reference {
        let person = person(member)
        let day = today
        return record(.eligibilityEnded, at: member.county, by: .registry) { line in
            line.person("person", person)
            line.text("category", category.rawValue)
            line.date("endedOn", end)
            line.text("reason", reason)
            line.date("notifiedOn", day)
        }
    }
}

extension Group {
    static func only(_ category: Category) -> Group {
        Group(before: category, since: category, weight: 0, born: 1950...1985)
    }

    /// As Jiangmen's plan knows them: registered poor besides.
    static let targeted = Group(
        before: .targetedPoverty, since: .povertyProne, weight: 0, born: 1950...1985,
        beside: .registeredPoor)
}

extension Person {
    /// A person of a case, born on the 29th or 30th as no other person is, so that no number is
    /// given twice.
    init(
        seed: UInt64, place: Place, planted index: Int, group: Group, isEmployee: Bool,
        isChild: Bool
    ) {
        self.place = place
        self.index = index
        self.group = group
        let hash = mixed(seed ^ mixed(UInt64(place.code) << 32 | UInt64(index)))
        // With the papers of a resident, a phone and no entitlement of their own.
        let fixed: UInt64 = 0xFFFF_E000_C000_0000
        let bits: UInt64 = isEmployee ? 0xFFFC_0000_C000_0000 : 0xFFFC_2000_C000_0000
        key = hash & ~fixed | bits
        isFemale = key >> 44 & 1 == 1
        let years = isChild ? 2010...2015 : 1963...1985
        let months = [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        let serial = (index - Stage.firstIndex) / 500
        born = Day(
            years.lowerBound + Int(hash >> 24 & 0xFFF) % years.count,
            months[serial % months.count], serial / months.count % 2 == 0 ? 29 : 30)
    }
}
