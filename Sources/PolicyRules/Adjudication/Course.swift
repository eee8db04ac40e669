/// How much of a person's year has been used, in one of the two worlds. Money in fen.
struct YearCourse {
    var basicPaid: Int64 = 0
    /// In scope of major-illness insurance, after basic insurance.
    var burden: Int64 = 0
    /// By the clause that lays down its own terms; the empty text stands for all others. What was
    /// incurred before such a clause was in force is not governed by it.
    var majorIllness: [String: MajorIllnessCourse] = [:]
    /// All that counts against the annual cap.
    var aidPaid: Int64 = 0
    /// Of that what is no second and no discretionary aid.
    var medicalAidPaid: Int64 = 0
    var tiltPaid: Int64 = 0
    /// The bases of medical aid together, of visits that are aided.
    var bases: Int64 = 0
    /// The same of all visits: what is left in policy scope for tilt aid.
    var leftInScope: Int64 = 0
    var byCategory: [String: CategoryCourse] = [:]
    /// Set where something of the year could not be reckoned, so that nothing later can.
    var gap: Gap?

    struct MajorIllnessCourse {
        var burden: Int64 = 0
        var paid: Int64 = 0
    }

    /// What one category's own reckoning has come to.
    struct CategoryCourse {
        var deductibleUsed: Int64 = 0
        /// Bases after the deductible, each times its ratio; the least and the most.
        var least: Unrounded = 0
        var most: Unrounded = 0
        var floor: Unrounded = 0

        mutating func add(_ above: Int64, _ ratio: AidTerms.AidRatio) {
            least += Unrounded(above, ratio.least)
            most += Unrounded(above, ratio.most)
            floor += Unrounded(above, ratio.floor ?? ratio.least)
        }
    }
}

/// What is remembered of a claim for the approvals that name it.
struct ClaimMemory {
    let at: ClaimCase
    /// Aid before the cap, by the higher entitlement; why it cannot be said.
    var entitlement: Result<Due, Gap>
    /// Medical aid paid on it, at the counter and by approvals.
    var medicalAidPaid: Int64
    var secondAidPaid: Int64
    /// What is left to the person.
    var residual: Int64
    /// The clauses that the reckoning rests on.
    var rules: [String]

    var claim: Claim { at.claim }
}

/// One of the two worlds: how a person's years went in it.
struct Course {
    let isReperformed: Bool
    /// Only approvals ask for claims again.
    let remembersClaims: Bool
    var years: [Int: YearCourse] = [:]
    var claims: [RecordKey: ClaimMemory] = [:]
    /// Why claims that no rulebook reaches were not reckoned.
    var unreckoned: [RecordKey: Gap] = [:]

    subscript(year: Int) -> YearCourse {
        get { years[year] ?? YearCourse() }
        set { years[year] = newValue }
    }
}

extension Claim {
    /// What the insurers paid beside basic and major-illness insurance.
    var otherInsurance: Int64 { amounts.civilServantPaid + amounts.enterprisePaid }

    /// What major-illness insurance or its like for employees paid.
    var majorIllnessPaid: Int64 { amounts.majorIllnessPaid + amounts.employeeLargePaid }
}
