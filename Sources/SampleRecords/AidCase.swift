/// One application for aid on its way, or a payment on a claim settled by hand.
struct AidCase {
    enum Step {
        case application, means, publicity, objection, resolution, decision, payment, repayment
    }

    let claim: SettledClaim
    let type: String
    /// Counts applications: the rarer turns come at fixed intervals.
    let number: Int
    var step = Step.application
    var application: Reference?
    var returned: Reference?
    var objection: Reference?
    var resolution: Reference?
    var approval: Reference?
    var isEligible = true
    var fen = 0
    var payee: Payee?
    /// What shall go wrong with the resolution.
    var mistake: Mistake?

    init(claim: SettledClaim, type: String, number: Int) {
        self.claim = claim
        self.type = type
        self.number = number
    }

    /// A claim settled by hand is paid without an application.
    init(payment claim: SettledClaim, payee: Payee) {
        self.claim = claim
        self.payee = payee
        type = "regular"
        number = 0
        step = .payment
        fen = claim.amounts.aid
    }

    var isAboveCap: Bool { type == "above-cap" }
    var county: Int { claim.member.county }
    var year: Int { claim.day.year }
}

extension Simulation {
    // MARK: Beginning

    /// Of those with much left to pay some apply; decisions fall in the same year. Until then no
    /// other bill of theirs is settled, so that what they are granted is what was reckoned.
    mutating func apply(for claim: SettledClaim, visit: VisitType) {
        // What was settled before a city's first document is not taken up again after it.
        let city = counties[claim.member.county].place.city
        guard today.month <= 10, year == claim.day.year,
            city == City.tongliao || isJudged(city, on: today)
        else { return }
        let standards = standards(claim.member.county, in: year)
        let state = state(of: claim.member)
        for type in aidTypes(for: claim, standards, visit) {
            let aidCase = AidCase(claim: claim, type: type, number: applications + 1)
            let grant = Grant(aidCase, standards: standards, state: benefitYears[state])
            guard grant.fen > 0, grant.fen <= claim.amounts.cash else { continue }
            applications += 1
            benefitYears[state].isReserved = true
            agenda.add(.aid(aidCase), on: (today + 4 + random.below(18)).officeDay)
            return
        }
    }

    /// What the documents provide for, what is tried first first.
    private func aidTypes(
        for claim: SettledClaim, _ standards: Standards, _ visit: VisitType
    ) -> [String] {
        let number = applications + 1
        let state = benefitYears[state(of: claim.member)]
        if claim.amounts.aidEntitled > claim.amounts.medicalAid {
            return [visit == .inpatient ? "regular" : "outpatient"]
        }
        switch standards.city {
        case City.liupanshui: return []
        case City.tongliao:
            guard standards.hasTiltAid, !state.hasOtherAid, number % 13 != 0 else {
                return ["case-by-case"]
            }
            return ["tilt", "case-by-case"]
        default:
            if standards.hasTiltAid { return state.hasOtherAid ? [] : ["tilt"] }
            let deductible = standards.majorIllnessDeductible(
                for: claim.category, isEmployee: person(claim.member).isEmployee)
            // Whether visits without aid belong to the base, the document does not say.
            let isCumulative =
                !state.hasOtherAid && state.uncovered == 0 && state.burden >= deductible
            guard isCumulative else { return ["second"] }
            return number % 2 == 0 ? ["second", "major-illness"] : ["major-illness", "second"]
        }
    }

    mutating func applyAboveCap(for claim: SettledClaim) {
        // Never a multiple of the intervals of the rarer turns.
        let aidCase = AidCase(claim: claim, type: "above-cap", number: 1)
        agenda.add(.aid(aidCase), on: (today + 6 + random.below(10)).officeDay)
    }

    mutating func proceed(with aidCase: AidCase) {
        switch aidCase.step {
        case .application: writeApplication(aidCase)
        case .means: writeMeans(aidCase)
        case .publicity: writePublicity(aidCase)
        case .objection: writeObjectionResolved(aidCase)
        case .resolution: writeResolution(aidCase)
        case .decision: decide(aidCase)
        case .payment: pay(aidCase)
        case .repayment: payBack(aidCase)
        }
    }

    mutating func go(_ aidCase: AidCase, to step: AidCase.Step, in days: ClosedRange<Int>) {
        var next = aidCase
        next.step = step
        agenda.add(.aid(next), on: (today + random.between(days)).officeDay)
    }

    // MARK: Application, means, publicity

    private mutating func writeApplication(_ aidCase: AidCase) {
        let person = person(aidCase.claim.member)
        let channels = ["counter", "online", "agent", "found-by-official"]
        let day = today
        let requested = aidCase.claim.amounts.cash
        var next = aidCase
        next.application = record(.aidApplied, at: aidCase.county, by: .registry) { line in
            line.person("person", person)
            line.text("aidType", aidCase.type)
            line.number("requestedFen", requested)
            line.references("claims", [aidCase.claim.reference])
            line.text("channel", channels[aidCase.number % channels.count])
            line.date("receivedOn", day)
            line.date("acceptedOn", day)
        }
        go(next, to: .means, in: 3...8)
    }

    private mutating func writeMeans(_ aidCase: AidCase) {
        guard let application = aidCase.application else { return }
        let standards = standards(aidCase.county, in: year)
        let isEligible = aidCase.number % 9 != 0
        let income = standards.dibaoStandard * (isEligible ? 9 : 28) / 10 + random.below(100_000)
        let day = today
        let place = counties[aidCase.county].place
        record(.meansChecked, at: aidCase.county, by: .checking, attach: aidCase.number % 7 == 0) {
            line in
            line.reference("application", application)
            line.text("system", Self.meansSystem(of: place.city))
            line.date("checkedOn", day)
            line.text("outcome", isEligible ? "eligible" : "ineligible")
            line.number("householdSize", Person.householdSize)
            line.number("incomePerHeadFen", income)
            line.number("medicalBurdenFen", aidCase.claim.amounts.cash)
            line.flag("assetsMeet", isEligible)
            line.code("hukouArea", digits: place.code, 6)
            line.number("referenceYear", day.year - 1)
        }
        var next = aidCase
        next.isEligible = isEligible
        if isEligible {
            go(next, to: .publicity, in: 9...12)
        } else {
            go(next, to: .decision, in: 2...5)
        }
    }

    static func meansSystem(of city: Int) -> String {
        city == City.guangzhou || city == City.jiangmen ? "广东省底线民生信息化核对管理系统" : "居民家庭经济状况核对系统"
    }

    private mutating func writePublicity(_ aidCase: AidCase) {
        guard let application = aidCase.application else { return }
        let day = today
        let isObjected = aidCase.number % 17 == 0
        let place = counties[aidCase.county].place.name + "样例社区公示栏"
        let held = record(.publicityHeld, at: aidCase.county, by: .checking) { line in
            line.reference("application", application)
            line.date("fromDate", day - 7)
            line.date("toDate", day)
            line.text("place", place)
            line.number("objections", isObjected ? 1 : 0)
        }
        if isObjected {
            var next = aidCase
            next.objection = writeObjection(to: held, at: aidCase.county)
            go(next, to: .objection, in: 2...4)
        } else {
            var next = aidCase
            if aidCase.isAboveCap { chooseMistake(&next) }
            go(next, to: aidCase.isAboveCap ? .resolution : .decision, in: 2...5)
        }
    }

    private mutating func writeObjection(to publicity: Reference, at county: Int) -> Reference {
        let day = today
        return record(.publicityObjected, at: county, by: .checking) { line in
            line.reference("publicity", publicity)
            line.date("receivedOn", day)
            line.text("summary", "反映该户有一辆未申报的小型货车")
        }
    }

    private mutating func writeObjectionResolved(_ aidCase: AidCase) {
        guard let objection = aidCase.objection else { return }
        let day = today
        record(.publicityResolved, at: aidCase.county, by: .checking) { line in
            line.reference("objection", objection)
            line.text("outcome", "异议不成立")
            line.date("resolvedOn", day)
        }
        go(aidCase, to: .decision, in: 1...3)
    }

    // MARK: Resolution

    /// The coordination mechanism's consent to aid above the cap, before the approval.
    private mutating func writeResolution(_ aidCase: AidCase) {
        let person = person(aidCase.claim.member)
        let amounts = aidCase.claim.amounts
        var next = aidCase
        if aidCase.fen == 0 { next.fen = share(amounts.compliantLeft, 5_000) / 10_000 * 10_000 }
        guard next.fen > 0, let cap = cap(of: aidCase) else { return }
        if aidCase.approval == nil,
            aidCase.mistake == .noResolution || aidCase.mistake == .resolutionTooLate
        {
            go(next, to: .decision, in: 2...6)
            return
        }
        var sum = benefitYears[state(of: aidCase.claim.member)].aid + next.fen
        if aidCase.mistake == .resolutionTooSmall { sum -= next.fen / 2 }
        if aidCase.approval != nil { sum -= next.fen }
        let granted = aidCase.mistake == .resolutionOfOtherYear ? aidCase.year - 1 : aidCase.year
        let county = aidCase.county
        let day = today
        let number = documentNumber("协调纪要", at: county, number: day.month * 100 + county)
        next.resolution = record(.resolutionAdopted, at: county, by: .supervision, attach: true) {
            line in
            line.text("body", "困难群众生活保障协调机制")
            line.text("number", number)
            line.date("heldOn", day)
            line.signatories(in: day.year)
            line.openList("items")
            line.open()
            line.person("person", person)
            line.number("year", granted)
            line.number("capFen", cap)
            line.number("approvedYearTotalFen", sum)
            line.text("reason", "重特大疾病，个人负担过重，家庭无力承担")
            line.close()
            line.closeList()
        }
        if aidCase.approval == nil { go(next, to: .decision, in: 2...6) }
    }

    func cap(of aidCase: AidCase) -> Int? {
        standards(aidCase.county, in: aidCase.year).annualCap(for: aidCase.claim.category)
    }

    // MARK: Decision

    private mutating func decide(_ aidCase: AidCase) {
        guard let application = aidCase.application else { return }
        let person = person(aidCase.claim.member)
        let state = state(of: aidCase.claim.member)
        var grant = Grant(
            aidCase, standards: standards(aidCase.county, in: aidCase.year),
            state: benefitYears[state])
        if !aidCase.isAboveCap {
            grant.limit(to: room(for: aidCase))
            if benefitYears[state].year == aidCase.year { benefitYears[state].isReserved = false }
        }
        if !aidCase.isEligible || grant.fen <= 0 || !isAided(person, on: today) {
            refuse(application, aidCase)
            return
        }
        let wrong = spoil(&grant, aidCase)
        addToYear(grant.fen, aidCase)
        let day = today
        let area = counties[aidCase.county].place.code
        let approval = Approval(
            aidCase: aidCase, grant: grant, person: person,
            approver: Desk.approval.operatorName(area: area, number: 11 + aidCase.number % 4),
            department: day.year >= 2019 ? "medical-security" : "civil-affairs", day: day)
        var next = aidCase
        next.approval = record(
            .aidApproved, at: aidCase.county, by: .approval, amount: grant.fen
        ) { line in
            line.approval(approval)
        }
        if let wrong, let approval = next.approval {
            mistakes.plant(wrong, in: approval, at: emitted)
            benefitYears[state].isReserved = true
        }
        // The mapping has no columns for deductions, so such an approval has no row.
        if form == .approvals, !approval.namesOffset { writeRow(of: approval) }
        next.fen = grant.fen
        next.payee = Payee(of: person, on: day)
        if aidCase.mistake == .resolutionTooLate { go(next, to: .resolution, in: 8...12) }
        go(next, to: .payment, in: 4...14)
    }

    private mutating func refuse(_ application: Reference, _ aidCase: AidCase) {
        let day = today
        let isOut = !isAided(person(aidCase.claim.member), on: today)
        let reason =
            aidCase.isEligible
            ? isOut ? "已退出救助对象范围" : "年度救助限额已用完" : "家庭人均收入高于规定标准"
        record(.aidRefused, at: aidCase.county, by: .approval) { line in
            line.reference("application", application)
            line.date("decidedOn", day)
            line.text("reason", reason)
        }
    }

    /// What the annual caps still allow.
    func room(for aidCase: AidCase) -> Int {
        let state = benefitYears[state(of: aidCase.claim.member)]
        guard state.year == aidCase.year else { return 0 }
        let standards = standards(aidCase.county, in: aidCase.year)
        if aidCase.type == "tilt" { return standards.tiltCap - state.tilt }
        return standards.annualCap(for: aidCase.claim.category).map { $0 - state.aid } ?? Int.max
    }

    private mutating func addToYear(_ fen: Int, _ aidCase: AidCase) {
        let state = state(of: aidCase.claim.member)
        guard benefitYears[state].year == aidCase.year else { return }
        switch aidCase.type {
        case "tilt": benefitYears[state].tilt += fen
        case "second", "case-by-case":
            benefitYears[state].aid += fen
            benefitYears[state].hasOtherAid = true
        default:
            benefitYears[state].aid += fen
            benefitYears[state].left -= fen
        }
    }
}

extension JSONLine {
    /// The departments that signed a resolution.
    mutating func signatories(in year: Int, atMost count: Int = 5) {
        let departments =
            year >= 2019
            ? ["civil-affairs", "finance", "medical-security", "health"]
            : ["civil-affairs", "finance", "human-resources", "health", "poverty-relief"]
        openList("departments")
        for (index, department) in departments.prefix(count).enumerated() {
            open()
            text("department", department)
            text("signatory", ["赵样签", "钱例签", "孙试签", "李测签", "周样签"][index])
            close()
        }
        closeList()
    }
}
