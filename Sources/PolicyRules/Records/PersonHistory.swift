package import AidRecords

/// A person's records as far as they bear on benefits; what has been reversed is left out, and
/// merged persons are one.
package struct PersonHistory: Sendable {
    /// Of the newest `person.registered`; nil where it is not on record.
    package var hukouArea: String?
    package var certifications: [Certification]
    package var entitlements: [Entitlement]
    package var referrals: [Referral]
    /// Items of `resolution.adopted` about this person.
    package var resolutions: [ResolutionItem]
    /// In any order; the adjudicator takes them in the order of `RecordOrder`.
    package var records: [BenefitRecord]

    package init(
        hukouArea: String? = nil, certifications: [Certification] = [],
        entitlements: [Entitlement] = [], referrals: [Referral] = [],
        resolutions: [ResolutionItem] = [], records: [BenefitRecord] = []
    ) {
        self.hukouArea = hukouArea
        self.certifications = certifications
        self.entitlements = entitlements
        self.referrals = referrals
        self.resolutions = resolutions
        self.records = records
    }
}

/// `eligibility.certified`, with the end that `eligibility.ended` set to it.
package struct Certification: Hashable, Sendable {
    package var category: String
    package var department: String
    package var certifiedArea: String
    package var isOnApplication: Bool
    package var validFrom: CivilDate
    /// The last day; nil where no end is known. The earlier of `validTo` and of the first
    /// `endedOn` of the category that is not before `validFrom`.
    package var validTo: CivilDate?

    package init(
        category: String, department: String, certifiedArea: String, isOnApplication: Bool = false,
        validFrom: CivilDate, validTo: CivilDate? = nil
    ) {
        self.category = category
        self.department = department
        self.certifiedArea = certifiedArea
        self.isOnApplication = isOnApplication
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// `entitlement.certified`.
package struct Entitlement: Hashable, Sendable {
    package var entitlement: String
    package var validFrom: CivilDate
    package var validTo: CivilDate?

    package init(entitlement: String, validFrom: CivilDate, validTo: CivilDate? = nil) {
        self.entitlement = entitlement
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// `referral.filed`.
package struct Referral: Hashable, Sendable {
    package var type: String
    package var toInstitution: String
    package var filedOn: CivilDate
    package var approvedOn: CivilDate?
    package var validTo: CivilDate?

    package init(
        type: String, toInstitution: String, filedOn: CivilDate, approvedOn: CivilDate? = nil,
        validTo: CivilDate? = nil
    ) {
        self.type = type
        self.toInstitution = toInstitution
        self.filedOn = filedOn
        self.approvedOn = approvedOn
        self.validTo = validTo
    }
}

/// One item of a `resolution.adopted`.
package struct ResolutionItem: Hashable, Sendable {
    package var resolution: RecordKey
    package var body: String
    package var heldOn: CivilDate
    package var year: Int
    package var approvedYearTotal: Int64
    /// How many departments took part.
    package var departmentCount: Int

    package init(
        resolution: RecordKey, body: String, heldOn: CivilDate, year: Int,
        approvedYearTotal: Int64, departmentCount: Int
    ) {
        self.resolution = resolution
        self.body = body
        self.heldOn = heldOn
        self.year = year
        self.approvedYearTotal = approvedYearTotal
        self.departmentCount = departmentCount
    }
}
