/// What an application is granted, before the record of it.
struct Grant {
    let base: Int
    /// Before deductions; above the cap nothing is deducted.
    private(set) var gross: Int
    /// Aid already paid for the same bill, deducted.
    let offset: Int
    private(set) var fen: Int

    init(_ aidCase: AidCase, standards: Standards) {
        let amounts = aidCase.claim.amounts
        let isCumulative = aidCase.type == "major-illness" && amounts.medicalAid > 0
        offset = isCumulative ? amounts.medicalAid : 0
        switch aidCase.type {
        case "above-cap":
            base = amounts.compliantLeft
            gross = aidCase.fen
        case "second":
            base = amounts.cash
            gross = share(base, 4_000)
        case "tilt":
            base = amounts.compliantLeft
            gross = share(max(0, base - standards.tiltDeductible), standards.tiltRatio)
        default:
            base = amounts.compliantLeft + offset
            gross = offset + share(amounts.compliantLeft, 5_000)
        }
        fen = min(gross - offset, amounts.cash)
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
        if approval.grant.offset > 0 {
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
