internal import AidRecords
internal import GRDB
internal import PolicyRules

/// Reads what a person was certified as, entitled to and referred for.
enum StandingRows {
    /// What stands before the columns of a kind.
    private static let first = PersonStream.columnsBefore

    static let certificationColumns = [
        "category", "body_department", "certifiedArea", "basis", "validFromDay", "validToDay",
    ]

    static func certification(_ row: RawStatement) -> Certification {
        Certification(
            category: row.text(first), department: row.text(first + 1),
            certifiedArea: row.text(first + 2),
            isOnApplication: row.text(first + 3) == "on-application",
            validFrom: row.date(first + 4), validTo: row.optionalDate(first + 5))
    }

    /// `eligibility.ended`.
    struct Ending {
        let category: String
        let endedOn: CivilDate
    }

    static let endingColumns = ["category", "endedOnDay"]

    static func ending(_ row: RawStatement) -> Ending {
        Ending(category: row.text(first), endedOn: row.date(first + 1))
    }

    /// The certification with the first end of its category that is not before its beginning.
    static func ended(_ certification: Certification, by endings: [Ending]) -> Certification {
        guard !endings.isEmpty else { return certification }
        var certification = certification
        for ending in endings
        where ending.category == certification.category
            && ending.endedOn >= certification.validFrom
        {
            certification.validTo = min(certification.validTo ?? ending.endedOn, ending.endedOn)
        }
        return certification
    }

    static let entitlementColumns = ["entitlement", "validFromDay", "validToDay"]

    static func entitlement(_ row: RawStatement) -> Entitlement {
        Entitlement(
            entitlement: row.text(first), validFrom: row.date(first + 1),
            validTo: row.optionalDate(first + 2))
    }

    static let referralColumns = [
        "type", "toInstitution", "filedOnDay", "approvedOnDay", "validToDay",
    ]

    static func referral(_ row: RawStatement) -> Referral {
        Referral(
            type: row.text(first), toInstitution: row.text(first + 1),
            filedOn: row.date(first + 2), approvedOn: row.optionalDate(first + 3),
            validTo: row.optionalDate(first + 4))
    }
}
