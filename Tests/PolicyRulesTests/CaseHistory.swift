import AidRecords
import PolicyRules

/// Builds a person and their records from the columns `person`, `history` and `record`.
struct CaseHistory {
    let setting: CaseSetting
    let codes: CaseCodes
    let place: CasePlace
    private(set) var history = PersonHistory()

    /// - Parameter records: those of the history and, as the last, the one that is judged.
    init(
        person: String, records: [CasePhrase], in setting: CaseSetting, codes: CaseCodes,
        at place: CasePlace
    ) throws {
        self.setting = setting
        self.codes = codes
        self.place = place
        if person != "none" {
            for part in try CasePhrase.list(person, at: place) { try add(part) }
        }
        for record in records { history.records.append(try read(record)) }
    }

    static func key(_ number: Int) -> RecordKey {
        RecordKey(source: "cases", id: String(1_000 + number))
    }

    private mutating func add(_ part: CasePhrase) throws {
        var part = part
        switch part.firstKey {
        case "hukou": history.hukouArea = try part.needed("hukou")
        case "entitlement": history.entitlements.append(try entitlement(&part))
        case "referral": history.referrals.append(try referral(&part))
        case "resolution": history.resolutions.append(try resolution(&part))
        default: history.certifications.append(try certification(&part))
        }
        try part.finish()
    }

    private func certification(_ part: inout CasePhrase) throws -> Certification {
        let isOnApplication = part.flag("on-application")
        let category = try codes.check(part.word(), "category", at: place)
        let period = try part.period(of: part.word())
        let department = try codes.check(
            part.value("by") ?? "civil-affairs", "department", at: place)
        return Certification(
            category: category, department: department,
            certifiedArea: part.value("area") ?? setting.area, isOnApplication: isOnApplication,
            validFrom: period.from, validTo: period.to)
    }

    private func entitlement(_ part: inout CasePhrase) throws -> Entitlement {
        let name = try codes.check(part.needed("entitlement"), "entitlement", at: place)
        let period = try part.period(of: part.word())
        return Entitlement(entitlement: name, validFrom: period.from, validTo: period.to)
    }

    private func referral(_ part: inout CasePhrase) throws -> Referral {
        Referral(
            type: try codes.check(part.needed("referral"), "referral-type", at: place),
            toInstitution: try part.needed("to"),
            filedOn: try part.date(of: part.needed("filed")), approvedOn: try part.date("approved"),
            validTo: try part.date("until"))
    }

    private func resolution(_ part: inout CasePhrase) throws -> ResolutionItem {
        let total = try part.fen(of: part.needed("resolution"))
        return ResolutionItem(
            resolution: resolutionKey(history.resolutions.count + 1),
            body: part.value("body") ?? "困难群众生活保障协调机制",
            heldOn: try part.date(of: part.needed("held")),
            year: Int(try part.fen(of: part.needed("year"))), approvedYearTotal: total,
            departmentCount: Int(try part.fen(of: part.needed("departments"))))
    }

    private func resolutionKey(_ number: Int) -> RecordKey {
        RecordKey(source: "resolutions", id: String(number))
    }

    private mutating func read(_ phrase: CasePhrase) throws -> BenefitRecord {
        var phrase = phrase
        let record: BenefitRecord =
            switch try phrase.word() {
            case "claim": .claim(try claim(&phrase))
            case "subsidy": .subsidy(try subsidy(&phrase))
            case "approval": .approval(try approval(&phrase))
            case let other: throw place.wrong("\(other) is no kind of record")
            }
        try phrase.finish()
        return record
    }

    private func head(
        _ phrase: inout CasePhrase, on day: CivilDate, hour: Int64
    ) throws -> RecordHead {
        let number = history.records.count + 1
        let exceptions = phrase.value("exception")?.split(separator: "+").map(String.init) ?? []
        // The start of the day in China, eight hours before that of UTC.
        let start = Int64(day.dayNumber) * 86_400 - 8 * 3_600
        return RecordHead(
            seq: Int64(number), key: CaseHistory.key(number),
            area: phrase.value("area") ?? setting.area, orderSeconds: start + hour * 3_600,
            exceptions: exceptions)
    }

    private func category(_ phrase: inout CasePhrase) throws -> String {
        try codes.check(phrase.value("category") ?? setting.category, "category", at: place)
    }

    private func scheme(_ phrase: inout CasePhrase) throws -> String {
        try codes.check(phrase.value("scheme") ?? "resident", "scheme", at: place)
    }

    private mutating func claim(_ phrase: inout CasePhrase) throws -> Claim {
        let visit = try codes.check(phrase.word(), "visit-type", at: place)
        let stay = try phrase.period(of: phrase.word())
        let discharged = stay.to ?? stay.from
        let settled = try phrase.date("settled") ?? discharged
        let period = try phrase.value("period").map { try phrase.period(of: $0) }
        let institution = phrase.value("at") ?? setting.firstInstitution
        guard setting.institutions[institution] != nil else {
            throw place.wrong("the setting has no institution \(institution)")
        }
        var claim = Claim(
            head: try head(&phrase, on: settled, hour: 10), category: try category(&phrase),
            scheme: try scheme(&phrase), benefitYear: discharged.components.year,
            institution: institution, visitType: visit, admittedOn: stay.from,
            dischargedOn: discharged, periodFrom: period?.from, periodTo: period?.to,
            month: phrase.value("month"), settledOn: settled,
            referral: try codes.check(
                phrase.value("referral") ?? "not-needed", "referral-status", at: place),
            amounts: try amounts(&phrase))
        try review(&phrase, &claim)
        return claim
    }

    /// The columns' names of the amounts; cash is what nobody else paid.
    private func amounts(_ phrase: inout CasePhrase) throws -> ClaimAmounts {
        var amounts = ClaimAmounts()
        let names: [(String, WritableKeyPath<ClaimAmounts, Int64>)] = [
            ("compliant", \.compliant), ("own", \.ownExpense), ("over", \.overLimit),
            ("advance", \.advanceSelfPay), ("basic", \.basicPaid), ("major", \.majorIllnessPaid),
            ("large", \.employeeLargePaid), ("aid", \.medicalAidPaid), ("second", \.secondAidPaid),
            ("tilt", \.tiltAidPaid), ("targeted", \.targetedFundPaid), ("charity", \.charityPaid),
            ("supplement", \.supplementPaid), ("hospital", \.hospitalBorne),
        ]
        for (name, path) in names { amounts[keyPath: path] = try phrase.fen(name) ?? 0 }
        let components = names[..<4].reduce(0) { $0 + amounts[keyPath: $1.1] }
        amounts.total = try phrase.fen("total") ?? components
        amounts.cashPaid = amounts.total - names[4...].reduce(0) { $0 + amounts[keyPath: $1.1] }
        return amounts
    }

    /// `review` covers the claim; `review*` all claims of its month, which see it as well.
    private mutating func review(_ phrase: inout CasePhrase, _ claim: inout Claim) throws {
        let ofMonth = phrase.value("review*")
        guard let figures = phrase.value("review") ?? ofMonth else { return }
        let parts = figures.split(separator: "/")
        guard parts.count == 2 else { throw place.wrong("\(figures) is no review") }
        let others = ofMonth == nil ? [] : sameMonth(as: claim)
        let review = Review(
            key: RecordKey(source: "reviews", id: claim.head.key.id),
            claims: others.map { CaseHistory.key($0 + 1) } + [claim.head.key],
            reviewed: try phrase.fen(of: parts[0]), accepted: try phrase.fen(of: parts[1]))
        claim.review = review
        for index in others {
            guard case .claim(var other) = history.records[index] else { continue }
            other.review = review
            history.records[index] = .claim(other)
        }
    }

    private func sameMonth(as claim: Claim) -> [Int] {
        history.records.indices.filter { index in
            guard case .claim(let other) = history.records[index] else { return false }
            return other.month == claim.month && other.visitType == claim.visitType
        }
    }

    private func subsidy(_ phrase: inout CasePhrase) throws -> Subsidy {
        let year = Int(try phrase.fen(of: phrase.word()))
        let approved = try phrase.date(of: phrase.needed("approved"))
        let topUpOf = phrase.flag("topup") ? CaseHistory.key(history.records.count) : nil
        return Subsidy(
            head: try head(&phrase, on: approved, hour: 0), year: year,
            scheme: try scheme(&phrase), category: try category(&phrase),
            premium: try phrase.fen(of: phrase.needed("premium")),
            subsidy: try phrase.fen(of: phrase.needed("paid")),
            fund: try codes.check(phrase.needed("fund"), "fund", at: place), approvedOn: approved,
            topUpOf: topUpOf)
    }

    private func approval(_ phrase: inout CasePhrase) throws -> Approval {
        let aidType = try codes.check(phrase.word(), "aid-type", at: place)
        let year = Int(try phrase.fen(of: phrase.word()))
        let approved = try phrase.date(of: phrase.needed("approved"))
        let numbers = phrase.value("claims")?.split(separator: ",") ?? []
        let resolution = phrase.flag("resolution") ? "1" : phrase.value("resolution")
        return Approval(
            head: try head(&phrase, on: approved, hour: 0), category: try category(&phrase),
            aidType: aidType,
            claims: try numbers.map { CaseHistory.key(Int(try phrase.fen(of: $0))) },
            year: year, amount: try phrase.fen(of: phrase.needed("amount")), approvedOn: approved,
            resolution: try resolution.map { resolutionKey(Int(try phrase.fen(of: $0))) })
    }
}
