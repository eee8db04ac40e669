/// Four cities' medical aid, day by day. Each day's records are written to `line`; what they
/// entail goes to the agenda.
struct Simulation {
    let plan: Plan
    let form: OutputForm
    let rulebooks: [SampleRulebook]

    var random: RandomSource
    var line = JSONLine()
    var today: Day
    var year: Int
    var emitted = 0
    var agenda: Agenda
    var counties: [County] = []
    var benefitYears: [BenefitYear] = []
    var statements: Statements
    var pace: Pace
    var mistakes: MistakePlan
    var fraud: FraudPlan
    /// Those whom chance may draw: planted ones stand behind them.
    private(set) var ordinaryPersons = 0

    /// Serial numbers so far this year, by kind and site.
    private var serials: [Int]
    /// Around the body of the record just written; CSV rows repeat it.
    var envelope = Envelope()

    /// Counts applications, so that the rarer turns come regularly.
    var applications = 0
    var reversals = 0
    var subsidies = 0

    init(
        plan: Plan, form: OutputForm, rulebooks: [SampleRulebook], mistakes: Int, fraud: Int
    ) {
        self.plan = plan
        self.form = form
        self.rulebooks = rulebooks
        random = RandomSource(seed: plan.seed ^ mixed(UInt64(plan.entries)))
        today = plan.firstDay
        year = plan.years.lowerBound
        agenda = Agenda(from: plan.firstDay, through: plan.lastDay)
        let sites = plan.counties.count + plan.cities.count
        serials = Array(repeating: 0, count: RecordKind.allCases.count * sites)
        statements = Statements(sites: sites)
        pace = Pace(plan: plan)
        self.mistakes = MistakePlan(ofEachKind: mistakes, seed: plan.seed)
        self.fraud = FraudPlan(ofEachRule: fraud, seed: plan.seed)
        openCounties()
    }

    private mutating func openCounties() {
        for (place, population) in zip(plan.counties, plan.population) {
            let institutions =
                Institution.own(of: place) + Institution.shared(by: City.all[place.city])
            counties.append(
                County(
                    place: place, population: population, institutions: institutions,
                    firstPerson: benefitYears.count))
            for _ in 0..<population { benefitYears.append(BenefitYear()) }
        }
        ordinaryPersons = benefitYears.count
    }

    var isFinished: Bool {
        today > plan.lastDay || emitted >= plan.entries && !fraud.isActive
    }

    // MARK: A day

    mutating func advance() {
        year = today.year
        let civil = today.civil
        if civil.month == 1, civil.day == 1 { beginYear() }
        if today == plan.firstDay { planFraud() }
        runCalendar(month: civil.month, day: civil.day)
        for item in agenda.take(today) where pace.hasRoom(emitted) { perform(item) }
        performDeeds()
        settleVisits()
        if today.isLastOfMonth { endMonth() }
        if civil.month == 12, civil.day == 31 { endYear() }
        today = today + 1
    }

    private mutating func beginYear() {
        for index in serials.indices { serials[index] = 0 }
        if today > plan.firstDay { pace.endYear(year - 1) }
    }

    private mutating func perform(_ item: FollowUp) {
        switch item {
        case .certify(let member): certify(member)
        case .recertify(let member): recertify(member)
        case .leave(let member): leave(member)
        case .entitle(let member): entitle(member)
        case .enrol(let member, let midYear): enrol(member, midYear: midYear)
        case .subsidise(let member, let midYear): subsidise(member, midYear: midYear)
        case .subsidiseAfterEnd(let member): subsidiseAfterEnd(member)
        case .refundEnrolment(let member, let fen): refundEnrolment(member, fen: fen)
        case .settle(let visit): settleLater(visit)
        case .reverse(let reversal): reverse(reversal)
        case .aid(let aidCase): proceed(with: aidCase)
        case .clear(let clearing): clear(clearing)
        case .warn(let warning): raise(warning)
        case .answerWarning(let warning, let county): answer(warning, in: county)
        case .mergeNewborn(let member, let born): mergeNewborn(member, born: born)
        case .supervise(let step): supervise(step)
        }
    }

    // MARK: Records

    /// An area that records belong to: a county, or a city after all counties.
    func site(ofCity city: Int) -> Int {
        plan.counties.count + plan.cities.firstIndex(of: city)!
    }

    func areaCode(ofSite site: Int) -> Int {
        site < plan.counties.count
            ? plan.counties[site].code
            : City.all[plan.cities[site - plan.counties.count]].code
    }

    func city(ofSite site: Int) -> Int {
        site < plan.counties.count
            ? plan.counties[site].city : plan.cities[site - plan.counties.count]
    }

    /// A reference to the next record of the kind at the site.
    func nextReference(_ kind: RecordKind, at site: Int) -> Reference {
        let sites = plan.counties.count + plan.cities.count
        return Reference(
            kind: kind, areaCode: areaCode(ofSite: site), year: year,
            serial: serials[kind.rawValue * sites + site] + 1)
    }

    /// Writes one record of today; `body` writes the members of its body.
    @discardableResult
    mutating func record(
        _ kind: RecordKind, at site: Int, by desk: Desk,
        totalled: (kind: RecordKind, serial: Int)? = nil,
        amount: Int = 0, corrects: Reference? = nil, attach: Bool = false,
        body: (inout JSONLine) -> Void
    ) -> Reference {
        let sites = plan.counties.count + plan.cities.count
        var reference = nextReference(kind, at: site)
        serials[kind.rawValue * sites + site] += 1
        if let totalled {
            reference.totalled = totalled.kind
            reference.serial = totalled.serial
        }
        let start = line.bytes.count
        line.open()
        line.text("kind", kind.name)
        envelope = makeEnvelope(desk, reference, corrects)
        line.envelope(envelope)
        if let planted = fraud.attachment {
            write(planted)
        } else if attach {
            write(Attachment(sha256: randomDigest(), bytes: 20_000 + random.below(400_000)))
        }
        line.open("body")
        body(&line)
        line.close()
        line.close()
        line.endLine()
        if form != .json { line.bytes.removeSubrange(start...) }
        count(kind)
        statements.count(kind, at: site, serial: reference.serial, fen: amount)
        return reference
    }

    /// Planted records come on top of those that were asked for.
    private mutating func count(_ kind: RecordKind) {
        guard !fraud.isPlanting else { return }
        emitted += 1
        pace.count(kind)
    }

    private mutating func makeEnvelope(
        _ desk: Desk, _ reference: Reference, _ corrects: Reference?
    ) -> Envelope {
        let number = 1 + random.below(3)
        return Envelope(
            reference: reference, occurredOn: fraud.occurredOn ?? today,
            operatorName: fraud.operatorName
                ?? desk.operatorName(area: reference.areaCode, number: number),
            department: desk.department(in: year),
            occurredSecond: fraud.isPlanting
                ? fraud.second : random.chance(1_500) ? officeHours() : nil,
            corrects: corrects)
    }

    private mutating func write(_ attachment: Attachment) {
        line.openList("attachments")
        line.open()
        line.text("sha256", attachment.sha256)
        line.text("role", "scan")
        line.text("mediaType", "application/pdf")
        line.number("bytes", attachment.bytes)
        line.close()
        line.closeList()
    }

    /// A second of the day between 08:30 and 17:30.
    mutating func officeHours() -> Int { 30_600 + random.below(32_400) }

    mutating func randomDigest() -> String {
        let digits = Array("0123456789abcdef".utf8)
        return string { bytes in
            for _ in 0..<4 {
                let word = random.next()
                for shift in stride(from: 60, through: 0, by: -4) {
                    bytes.append(digits[Int(word >> UInt64(shift) & 0xF)])
                }
            }
        }
    }

    /// The last record of the kind at the site.
    func lastReference(_ kind: RecordKind, at site: Int) -> Reference {
        var last = nextReference(kind, at: site)
        last.serial -= 1
        return last
    }

    /// A serial number that no record has.
    mutating func skipSerial(of kind: RecordKind, at site: Int) -> Reference {
        let skipped = nextReference(kind, at: site)
        let sites = plan.counties.count + plan.cities.count
        serials[kind.rawValue * sites + site] += 1
        return skipped
    }

    // MARK: Persons

    func person(_ member: Member) -> Person {
        if let actor = fraud.cast[member] { return actor.person }
        var person = Person(
            seed: plan.seed, place: counties[member.county].place, index: member.index)
        person.hasNewPhone = year >= 2021 && person.key % 40 == 0
        return person
    }

    func standards(_ county: Int, in year: Int) -> Standards {
        Standards(city: counties[county].place.city, year: year)
    }

    func state(of member: Member) -> Int {
        fraud.cast[member]?.state ?? counties[member.county].firstPerson + member.index
    }
}
