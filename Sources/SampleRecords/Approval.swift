/// What an application is granted, before the record of it.
struct Grant {
    let base: Int
    private(set) var gross: Int
    /// Of what the gross amount is reckoned without.
    private(set) var deductible = 0
    /// Aid already paid in the year, deducted.
    var offset = 0
    var fen: Int

    /// - Parameter state: the year of the person up to the decision.
    init(_ aidCase: AidCase, standards: Standards, state: BenefitYear) {
        let amounts = aidCase.claim.amounts
        base = Self.base(aidCase, state)
        switch aidCase.type {
        case "above-cap": gross = aidCase.fen
        case "second": gross = Standards.secondAid(for: base)
        case "tilt":
            let above = max(0, base - standards.tiltDeductible)
            gross = share(above, standards.tiltRatio) - state.tilt
        case "major-illness":
            gross = share(base, standards.majorIllnessAidRatio)
            offset = state.aid
        case "case-by-case": gross = share(base, 5_000)
        default:
            deductible = amounts.aidDeductible
            gross = amounts.aidEntitled
        }
        fen = gross - offset
    }

    private static func base(_ aidCase: AidCase, _ state: BenefitYear) -> Int {
        switch aidCase.type {
        case "second": aidCase.claim.amounts.total
        case "tilt": state.left
        case "major-illness": state.aidBases
        default: aidCase.claim.amounts.compliantLeft
        }
    }

    mutating func limit(to room: Int) {
        fen = min(fen, room)
    }
}

/// An approval with everything that its record says.
struct Approval {
    let aidCase: AidCase
    let grant: Grant
    let person: Person
    let approver: String
    let department: String
    let day: Day

    /// Deductions are named where all that was paid before was paid on the one bill.
    var namesOffset: Bool {
        grant.offset > 0 && grant.offset == aidCase.claim.amounts.medicalAid
    }
}

extension JSONLine {
    mutating func approval(_ approval: Approval) {
        let aidCase = approval.aidCase
        person("person", approval.person)
        text("category", aidCase.claim.category.rawValue)
        text("aidType", aidCase.type)
        if let application = aidCase.application { reference("application", application) }
        references("claims", [aidCase.claim.reference])
        number("year", aidCase.year)
        number("baseFen", approval.grant.base)
        number("grossFen", approval.grant.gross)
        amount("deductibleAppliedFen", approval.grant.deductible)
        if approval.namesOffset {
            openList("offsets")
            open()
            reference("entry", aidCase.claim.reference)
            number("amountFen", approval.grant.offset)
            close()
            closeList()
        }
        number("amountFen", approval.grant.fen)
        text("approver", approval.approver)
        text("approvingDepartment", approval.department)
        date("approvedOn", approval.day)
        if let resolution = aidCase.resolution { reference("resolution", resolution) }
    }
}
