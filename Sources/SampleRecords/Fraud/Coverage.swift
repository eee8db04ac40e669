/// E7, P6 and L2: what is missing altogether.
extension Simulation {
    // MARK: Cover

    mutating func plantCoverageGaps(_ number: Int) {
        switch number % 3 {
        case 2:
            plant("E7", "population", in: .tongliao, grade: "W") { $0.stateEnrolled($1, $2, 9_490) }
        default:
            plant("E7", "not-enrolled", in: .liupanshui, grade: "W") {
                $0.leaveOut($1, $2, scheme: nil)
            }
        }
        switch number % 2 {
        case 0:
            plantLookAlike("E7", "employee", in: .liupanshui) {
                $0.leaveOut($1, $2, scheme: "employee")
            }
        default:
            plantLookAlike("E7", "population-95", in: .tongliao) { $0.stateEnrolled($1, $2, 9_500) }
        }
    }

    private mutating func leaveOut(_ planted: FraudCase, _ stage: Stage, scheme: String?) {
        // On the list since New Year's Day.
        let member = cast(stage, Entrance(isEnrolled: false, from: Day(stage.year, 1, 1)))
        guard let from = fraud.cast[member]?.person.period?.lowerBound else { return }
        let county = stage.county
        on(from) { simulation in
            // The certification of the same day: the person's first record.
            let own = simulation.lastReference(.eligibilityCertified, at: county)
            simulation.fraud.note(planted, own)
            guard let scheme else { return }
            simulation.on(from + 1) { simulation in
                simulation.enrolAgain(
                    member, scheme: scheme, at: county, from: Day(stage.year, 1, 1),
                    to: Day(stage.year, 12, 31))
            }
        }
    }

    /// How many of the county's residents are enrolled, in ten thousandths.
    private mutating func stateEnrolled(_ planted: FraudCase, _ stage: Stage, _ part: Int) {
        let key = "enrolled-" + Omissions.key(stage.county, stage.year)
        guard fraud.taken.insert(key).inserted else { return }
        on(Day(stage.year, 3, 4)) { simulation in
            let residents = simulation.residents(of: stage.county)
            let reference = simulation.nextReference(.parameterSet, at: stage.county)
            // Rounded towards what the case is to be.
            let count = (residents * part + (part < 9_500 ? 0 : 9_999)) / 10_000
            simulation.set(
                Parameter(name: "enrolled-count", value: .count(count), isYearly: true),
                at: stage.county)
            let area = String(simulation.counties[stage.county].place.code)
            simulation.fraud.note(planted, reference, subject: area)
        }
    }

    // MARK: Matching money

    mutating func plantMatching(_ number: Int) {
        let shapes: [(String, Int, Int)] = [
            ("both-short", 90, 90), ("city-short", 50, 100), ("county-short", 100, 93),
        ]
        let (shape, city, county) = shapes[number % shapes.count]
        plantMatching(shape, city: city, county: county, isSound: false)
        if number % 2 == 0 {
            plantMatching("county-makes-good", city: 100, county: 140, isSound: true)
        }
    }

    private mutating func plantMatching(
        _ shape: String, city: Int, county: Int, isSound: Bool
    ) {
        guard let stage = drawStage(.tongliao) else { return }
        let key = Omissions.key(stage.county, stage.year)
        guard fraud.omissions.matching[key] == nil else { return }
        let planted = fraud.open("P6", shape, grade: isSound ? "" : "F", also: [], isSound: isSound)
        fraud.omissions.matching[key] = Omissions.Matching(
            city: city, county: county, planted: planted)
    }

    // MARK: Completeness

    mutating func plantIncomplete(_ number: Int) {
        switch number % 4 {
        case 0: plant("L2", "gap", in: .anywhere, grade: "S") { $0.skip($1, $2) }
        case 1:
            plant("L2", "bank-short", in: .anywhere, grade: "S") {
                $0.stateBalance($1, $2, less: 123_400)
            }
        case 2:
            plant("L2", "list-missing", in: .tongliao, also: ["E6", "L2"]) { $0.omitList($1, $2) }
        default: plant("L2", "total-too-high", in: .anywhere, grade: "S") { $0.overstate($1, $2) }
        }
        plantLookAlike("L2", "bank-agrees", in: .anywhere) { $0.stateBalance($1, $2, less: 0) }
    }

    /// A number that was never used, before a claim.
    private mutating func skip(_ planted: FraudCase, _ stage: Stage) {
        let member = cast(stage)
        on(day(in: stage)) { simulation in
            let skipped = simulation.skipSerial(of: .claimSettled, at: stage.county)
            let claim = simulation.settle(member)
            simulation.fraud.note(planted, claim.reference, subject: skipped.id)
        }
    }

    /// The source counts a premium that it never sent.
    private mutating func overstate(_ planted: FraudCase, _ stage: Stage) {
        on(day(in: stage)) { simulation in
            let last = simulation.lastReference(.premiumCollected, at: stage.county)
            guard last.serial > 0 else { return }
            simulation.statements.count(
                .premiumCollected, at: stage.county, serial: last.serial, fen: 17_500)
            var statement = simulation.nextReference(.sourceTotalled, at: stage.county)
            statement.totalled = .premiumCollected
            statement.serial = 1
            simulation.fraud.note(planted, statement)
        }
    }

    private mutating func omitList(_ planted: FraudCase, _ stage: Stage) {
        let month = 3 + random.below(8)
        fraud.omissions.lists[Omissions.key(stage.county, stage.year, month)] = planted
    }

    /// A statement between the years, with so much less at the bank than in the books.
    private mutating func stateBalance(_ planted: FraudCase, _ stage: Stage, less fen: Int) {
        // From June on nothing is prepaid, so that books and bank agree.
        on(day(in: stage, from: 7, to: 10)) { simulation in
            let book = simulation.counties[stage.county].books[0].balance
            let account = Fund.medicalAid.account(in: stage.city)
            let next = simulation.nextReference(.balanceStated, at: stage.county)
            let docNo = simulation.documentNumber("对账", at: stage.county, number: 100 + next.serial)
            let day = simulation.today
            let reference = simulation.record(.balanceStated, at: stage.county, by: .treasury) {
                line in
                line.text("account", account)
                line.date("asOf", day - 1)
                line.number("bookFen", book)
                line.number("bankFen", book - fen)
                line.text("docNo", docNo)
            }
            simulation.fraud.note(planted, reference)
        }
    }
}
