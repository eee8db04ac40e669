/// A bill of a case; what is not said is as usual and sound.
struct Bill {
    var type = VisitType.inpatient
    var slot = Institution.Slot.countyHospital
    /// Nights of a stay that ends today.
    var nights = 6
    var fen: Int?
    var components: Amounts?
    var diagnosis = "J18.9"
    var isManual = false
    var isEmergency = false
    var referral: Reference?
    var basicShortfall = 0
    var majorIllnessShortfall = 0
    var corrects: Reference?

    static func outpatient(_ fen: Int? = nil, at slot: Int = Institution.Slot.clinic) -> Bill {
        Bill(type: .outpatient, slot: slot, nights: 0, fen: fen, diagnosis: "J06.9")
    }
}

/// What is granted on application, and how.
struct Decision {
    let claim: SettledClaim
    var type = "regular"
    var fen: Int
    var application: Reference?
    var resolution: Reference?
    var approver: String?
    /// Aided as another category than the claim.
    var category: Category?
    /// Where it is not the day on which it is entered.
    var approvedOn: Day?
    /// What the record says was deducted of earlier aid, where it is not all.
    var deducted: Int?
}

/// Money that goes to a person.
struct Payment {
    enum Basis {
        case claim(Reference)
        case approval(Reference)
    }

    let basis: Basis
    let member: Member
    let fen: Int
    var payee: Payee?
    var fund = "medical-aid"
    var account: String?
    var channel = "bank"
}

extension Simulation {
    // MARK: Bills

    /// A bill settled today.
    @discardableResult
    mutating func settle(
        _ member: Member, _ bill: Bill = Bill(), change: ((inout Claim) -> Void)? = nil
    ) -> SettledClaim {
        let fen = bill.components?.total ?? bill.fen ?? 300_000 + random.below(600_000)
        var visit = Visit(
            member: member, type: bill.type, slot: bill.slot, admitted: today - bill.nights,
            discharged: today, totalFen: fen, diagnosis: bill.diagnosis)
        visit.components = bill.components
        visit.isManual = bill.isManual
        visit.isEmergency = bill.isEmergency
        visit.referral = bill.referral
        visit.basicShortfall = bill.basicShortfall
        visit.majorIllnessShortfall = bill.majorIllnessShortfall
        visit.corrects = bill.corrects
        return settle(visit, change: change)
    }

    /// Changes a claim, and the year's sums by what the change does to aid.
    mutating func alter(
        _ claim: inout Claim, _ state: inout BenefitYear, _ change: (inout Claim) -> Void
    ) {
        let paid = claim.amounts.medicalAid
        change(&claim)
        state.aid += claim.amounts.medicalAid - paid
        state.left -= claim.amounts.medicalAid - paid
    }

    // MARK: Applications

    mutating func apply(for claim: SettledClaim, type: String) -> Reference {
        let person = person(claim.member)
        let day = today
        return record(.aidApplied, at: claim.member.county, by: .registry) { line in
            line.person("person", person)
            line.text("aidType", type)
            line.number("requestedFen", claim.amounts.cash)
            line.references("claims", [claim.reference])
            line.text("channel", "counter")
            line.date("receivedOn", day)
            line.date("acceptedOn", day)
        }
    }

    @discardableResult
    mutating func checkMeans(_ application: Reference, of claim: SettledClaim) -> Reference {
        let county = claim.member.county
        let income = standards(county, in: year).dibaoStandard * 9 / 10
        let place = counties[county].place
        let day = today
        return record(.meansChecked, at: county, by: .checking) { line in
            line.reference("application", application)
            line.text("system", Self.meansSystem(of: place.city))
            line.date("checkedOn", day)
            line.text("outcome", "eligible")
            line.number("householdSize", Person.householdSize)
            line.number("incomePerHeadFen", income)
            line.number("medicalBurdenFen", claim.amounts.cash)
            line.flag("assetsMeet", true)
            line.code("hukouArea", digits: place.code, 6)
            line.number("referenceYear", day.year - 1)
        }
    }

    @discardableResult
    mutating func publicise(
        _ application: Reference, at county: Int, from: Day, to: Day
    ) -> Reference {
        let place = counties[county].place.name + "样例社区公示栏"
        return record(.publicityHeld, at: county, by: .checking) { line in
            line.reference("application", application)
            line.date("fromDate", from)
            line.date("toDate", to)
            line.text("place", place)
            line.number("objections", 0)
        }
    }

    /// The coordination mechanism's consent to aid above the cap.
    mutating func resolve(
        on member: Member, year granted: Int, total: Int, departments: Int = 5
    ) -> Reference {
        let person = person(member)
        let day = today
        let county = member.county
        let category = person.group.category(in: day.year)
        let cap = standards(county, in: day.year).annualCap(for: category) ?? 0
        let next = nextReference(.resolutionAdopted, at: county)
        let number = documentNumber("协调纪要", at: county, number: 90_000 + next.serial)
        return record(.resolutionAdopted, at: county, by: .supervision) { line in
            line.text("body", "困难群众生活保障协调机制")
            line.text("number", number)
            line.date("heldOn", day)
            line.signatories(in: day.year, atMost: departments)
            line.openList("items")
            line.open()
            line.person("person", person)
            line.number("year", granted)
            line.number("capFen", cap)
            line.number("approvedYearTotalFen", total)
            line.text("reason", "重特大疾病，个人负担过重，家庭无力承担")
            line.close()
            line.closeList()
        }
    }

    // MARK: Decisions and payments

    mutating func decide(_ decision: Decision) -> Reference {
        let claim = decision.claim
        let county = claim.member.county
        let state = state(of: claim.member)
        let aidedAs = SettledClaim(
            reference: claim.reference, member: claim.member, slot: claim.slot, day: claim.day,
            category: decision.category ?? claim.category, amounts: claim.amounts)
        var aidCase = AidCase(claim: aidedAs, type: decision.type, number: 1)
        aidCase.application = decision.application
        aidCase.resolution = decision.resolution
        aidCase.fen = decision.fen
        var grant = Grant(
            aidCase, standards: standards(county, in: claim.day.year), state: benefitYears[state])
        grant.fen = decision.fen
        if let deducted = decision.deducted { grant.offset = deducted }
        let number = 11 + random.below(4)
        let area = counties[county].place.code
        let approval = Approval(
            aidCase: aidCase, grant: grant, person: person(claim.member),
            approver: decision.approver
                ?? Desk.approval.operatorName(area: area, number: number),
            department: today.year >= 2019 ? "medical-security" : "civil-affairs",
            day: decision.approvedOn ?? today)
        if decision.type == "tilt" {
            benefitYears[state].tilt += decision.fen
        } else {
            benefitYears[state].aid += decision.fen
        }
        return record(.aidApproved, at: county, by: .approval, amount: decision.fen) { line in
            line.approval(approval)
        }
    }

    /// What the type of aid gives for the claim today.
    func due(_ claim: SettledClaim, type: String) -> Grant {
        Grant(
            AidCase(claim: claim, type: type, number: 1),
            standards: standards(claim.member.county, in: claim.day.year),
            state: benefitYears[state(of: claim.member)])
    }

    @discardableResult
    mutating func pay(_ payment: Payment) -> Reference {
        let county = payment.member.county
        let person = person(payment.member)
        let day = today
        makeRoom(for: payment.fen, in: .medicalAid, at: county)
        spend(payment.fen, from: .medicalAid, at: county)
        let usual = Fund.medicalAid.account(in: counties[county].place.city)
        return record(.aidPaid, at: county, by: .cashier, amount: payment.fen) { line in
            switch payment.basis {
            case .claim(let claim): line.reference("claim", claim)
            case .approval(let approval): line.reference("approval", approval)
            }
            line.person("person", person)
            line.number("amountFen", payment.fen)
            line.text("fund", payment.fund)
            line.text("fromAccount", payment.account ?? usual)
            line.text("channel", payment.channel)
            line.payee(payment.payee ?? Payee(of: person, on: day))
            line.date("paidOn", day)
        }
    }

    // MARK: Corrections

    @discardableResult
    mutating func takeBack(
        _ reference: Reference, at county: Int, reason: String = Reversal.reason
    ) -> Reference {
        record(.entryReversed, at: county, by: .hospital) { line in
            line.reference("reverses", reference)
            line.text("reason", reason)
        }
    }

    @discardableResult
    mutating func excuse(_ reference: Reference, rule: String, at county: Int) -> Reference {
        let next = nextReference(.exceptionGranted, at: county)
        let docNo = documentNumber("例外", at: county, number: 900 + next.serial)
        return record(.exceptionGranted, at: county, by: .approval) { line in
            line.text("rule", rule)
            line.reference("subject", reference)
            line.text("by", "医疗救助联席会议")
            line.text("docNo", docNo)
            line.text("reason", "病情危急，来不及办理手续")
        }
    }
}
