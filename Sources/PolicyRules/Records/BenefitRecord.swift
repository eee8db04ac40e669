package import AidRecords

/// A record's own name: sending system and serial number.
package struct RecordKey: Hashable, Comparable, Sendable {
    package let source: String
    package let id: String

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    package static func < (first: RecordKey, second: RecordKey) -> Bool {
        (first.source, first.id) < (second.source, second.id)
    }
}

/// A record that is judged. Its fields lie in a box: a person's records are put in order and handed
/// on more often than they are read.
package indirect enum BenefitRecord: Sendable {
    case subsidy(Subsidy)
    case claim(Claim)
    case approval(Approval)

    package var head: RecordHead {
        switch self {
        case .subsidy(let subsidy): subsidy.head
        case .claim(let claim): claim.head
        case .approval(let approval): approval.head
        }
    }
}

/// What all judged records have.
package struct RecordHead: Sendable {
    package var seq: Int64
    package var key: RecordKey
    /// GB/T 2260 code of the responsible area.
    package var area: String
    /// `settledAt`, else the start of `occurredOn` in China's time, in seconds since 1970: what
    /// orders a person's records.
    package var orderSeconds: Int64
    /// `exception.granted` about this record: the rules that it names.
    package var exceptions: [String]

    package init(
        seq: Int64, key: RecordKey, area: String, orderSeconds: Int64, exceptions: [String] = []
    ) {
        self.seq = seq
        self.key = key
        self.area = area
        self.orderSeconds = orderSeconds
        self.exceptions = exceptions
    }
}

/// `enrolment.subsidised`; money in fen.
package struct Subsidy: Sendable {
    package var head: RecordHead
    package var year: Int
    package var scheme: String
    package var category: String
    package var premium: Int64
    package var subsidy: Int64
    package var fund: String
    package var approvedOn: CivilDate
    package var topUpOf: RecordKey?

    package init(
        head: RecordHead, year: Int, scheme: String, category: String, premium: Int64,
        subsidy: Int64, fund: String, approvedOn: CivilDate, topUpOf: RecordKey? = nil
    ) {
        self.head = head
        self.year = year
        self.scheme = scheme
        self.category = category
        self.premium = premium
        self.subsidy = subsidy
        self.fund = fund
        self.approvedOn = approvedOn
        self.topUpOf = topUpOf
    }
}

/// `claim.settled`.
package struct Claim: Sendable {
    package var head: RecordHead
    package var category: String
    package var scheme: String
    package var benefitYear: Int
    package var institution: String
    package var visitType: String
    package var admittedOn: CivilDate
    package var dischargedOn: CivilDate
    package var periodFrom: CivilDate?
    package var periodTo: CivilDate?
    /// `visit.month`, `YYYY-MM`.
    package var month: String?
    /// The day of `settledAt` in China's time.
    package var settledOn: CivilDate
    package var referral: String
    package var amounts: ClaimAmounts
    /// The `review.concluded` that names this claim; nil where there is none.
    package var review: Review?

    package init(
        head: RecordHead, category: String, scheme: String, benefitYear: Int, institution: String,
        visitType: String, admittedOn: CivilDate, dischargedOn: CivilDate,
        periodFrom: CivilDate? = nil, periodTo: CivilDate? = nil, month: String? = nil,
        settledOn: CivilDate, referral: String, amounts: ClaimAmounts, review: Review? = nil
    ) {
        self.head = head
        self.category = category
        self.scheme = scheme
        self.benefitYear = benefitYear
        self.institution = institution
        self.visitType = visitType
        self.admittedOn = admittedOn
        self.dischargedOn = dischargedOn
        self.periodFrom = periodFrom
        self.periodTo = periodTo
        self.month = month
        self.settledOn = settledOn
        self.referral = referral
        self.amounts = amounts
        self.review = review
    }
}

/// `amounts` of a settled claim in fen, by the names of the record without `Fen`; what a record
/// leaves out is 0.
package struct ClaimAmounts: Hashable, Sendable {
    package var total: Int64 = 0
    package var compliant: Int64 = 0
    package var ownExpense: Int64 = 0
    package var overLimit: Int64 = 0
    package var advanceSelfPay: Int64 = 0
    package var basicPaid: Int64 = 0
    package var majorIllnessPaid: Int64 = 0
    package var employeeLargePaid: Int64 = 0
    package var civilServantPaid: Int64 = 0
    package var enterprisePaid: Int64 = 0
    package var medicalAidPaid: Int64 = 0
    package var secondAidPaid: Int64 = 0
    package var tiltAidPaid: Int64 = 0
    package var targetedFundPaid: Int64 = 0
    package var charityPaid: Int64 = 0
    package var supplementPaid: Int64 = 0
    package var hospitalBorne: Int64 = 0
    package var accountPaid: Int64 = 0
    package var accountMutualPaid: Int64 = 0
    package var cashPaid: Int64 = 0

    package init() {}

    /// What the aid fund paid: medical, second and tilt aid together.
    package var aidPaid: Int64 { medicalAidPaid + secondAidPaid + tiltAidPaid }
}

/// `review.concluded`, as one of its claims sees it.
package struct Review: Hashable, Sendable {
    package var key: RecordKey
    /// All claims that it names.
    package var claims: [RecordKey]
    package var reviewed: Int64
    package var accepted: Int64

    package init(key: RecordKey, claims: [RecordKey], reviewed: Int64, accepted: Int64) {
        self.key = key
        self.claims = claims
        self.reviewed = reviewed
        self.accepted = accepted
    }
}

/// `aid.approved`.
package struct Approval: Sendable {
    package var head: RecordHead
    package var category: String
    package var aidType: String
    package var claims: [RecordKey]
    package var year: Int
    package var amount: Int64
    package var approvedOn: CivilDate
    package var resolution: RecordKey?

    package init(
        head: RecordHead, category: String, aidType: String, claims: [RecordKey], year: Int,
        amount: Int64, approvedOn: CivilDate, resolution: RecordKey? = nil
    ) {
        self.head = head
        self.category = category
        self.aidType = aidType
        self.claims = claims
        self.year = year
        self.amount = amount
        self.approvedOn = approvedOn
        self.resolution = resolution
    }
}
