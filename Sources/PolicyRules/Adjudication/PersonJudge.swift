/// Judges the records of one person, one after the other.
struct PersonJudge {
    let ruling: Ruling
    let history: PersonHistory
    var isTracing = false
    var recorded: Course
    var reperformed: Course
    /// Years in which the two worlds differ.
    var partedYears: Set<Int> = []
    /// The claims whose aid was approved on an application.
    let appliedFor: Set<RecordKey>
    /// By the year of cover.
    var subsidies: [Int: SubsidyCourse] = [:]

    init(_ ruling: Ruling, _ history: PersonHistory) {
        self.ruling = ruling
        self.history = history
        let hasApprovals = history.records.contains {
            if case .approval = $0 { true } else { false }
        }
        appliedFor = history.records.reduce(into: []) { keys, record in
            guard case .approval(let approval) = record,
                ["regular", "outpatient", "major-illness"].contains(approval.aidType)
            else { return }
            keys.formUnion(approval.claims)
        }
        recorded = Course(isReperformed: false, remembersClaims: hasApprovals)
        reperformed = Course(isReperformed: true, remembersClaims: hasApprovals)
    }

    /// A judgement with the reckonings that led to it.
    struct Opinion {
        var judgement: Judgement
        var asRecorded: Trace
        var reperformed: Trace
    }

    mutating func judge(_ record: BenefitRecord) -> Opinion {
        guard record.isPlausible else {
            return cannotBeJudged(
                record.head, record.year, record.actual,
                Gap(text: "an amount of the record is beyond ten thousand million yuan"),
                Pen(isTracing: isTracing))
        }
        switch record {
        case .subsidy(let subsidy): return judge(subsidy)
        case .claim(let claim): return judge(claim)
        case .approval(let approval): return judge(approval)
        }
    }

    func cannotBeJudged(
        _ head: RecordHead, _ year: Int, _ actual: Int64, _ gap: Gap, _ pen: Pen,
        rulebooks: [String] = []
    ) -> Opinion {
        var pen = pen
        pen.cite(gap.rule)
        return Opinion(
            judgement: Judgement(
                seq: head.seq, key: head.key, year: year, verdict: .cannotBeJudged,
                actual: actual, rulebooks: rulebooks, rules: pen.rules, missing: [gap.text]),
            asRecorded: pen.trace ?? Trace(), reperformed: Trace())
    }
}

extension Trace {
    /// The last line: what was due in all, beside what was paid.
    mutating func conclude(_ due: Due, of parts: [TraceStep.Term], paid: Int64) {
        let details = ["mostFen": due.most.map { "\($0)" } ?? "", "paidFen": "\(paid)"]
        steps.append(
            due.least == due.most
                ? TraceStep("due", .sum(parts), result: due.least, details: details)
                : TraceStep("due.range", .sum(parts), result: due.least, details: details))
    }
}

extension PersonJudge {
    /// The verdict on what was paid; an exception on record excuses what it names.
    func verdict(
        _ due: Due, _ actual: Int64, breach: Breach?, exceptions: [String], rules: [String]
    ) -> Verdict {
        let verdict = breach == nil ? due.verdict(on: actual) : .inBreach
        switch verdict {
        case .exact, .within: return verdict
        default:
            let concerned = breach.map { [$0.rule] } ?? rules
            return exceptions.contains(where: concerned.contains) ? .excused : verdict
        }
    }
}

extension BenefitRecord {
    /// Larger sums than any budget cannot be added up safely.
    static let largestPlausible: Int64 = 1_000_000_000_000

    fileprivate var isPlausible: Bool { sums.allSatisfy { (0...Self.largestPlausible) ~= $0 } }

    private var sums: [Int64] {
        switch self {
        case .subsidy(let subsidy): [subsidy.premium, subsidy.subsidy]
        case .approval(let approval): [approval.amount]
        case .claim(let claim): claim.amounts.all
        }
    }

    /// What was paid of what is judged.
    var actual: Int64 {
        switch self {
        case .subsidy(let subsidy): subsidy.subsidy
        case .approval(let approval): approval.amount
        case .claim(let claim): claim.amounts.aidPaid
        }
    }

    /// The benefit year as the record states it.
    var year: Int {
        switch self {
        case .subsidy(let subsidy): subsidy.year
        case .approval(let approval): approval.year
        case .claim(let claim): claim.benefitYear
        }
    }
}

extension ClaimAmounts {
    fileprivate var all: [Int64] {
        [
            total, compliant, ownExpense, overLimit, advanceSelfPay, basicPaid, majorIllnessPaid,
            employeeLargePaid, civilServantPaid, enterprisePaid, medicalAidPaid, secondAidPaid,
            tiltAidPaid, targetedFundPaid, charityPaid, supplementPaid, hospitalBorne, accountPaid,
            accountMutualPaid, cashPaid,
        ]
    }

    /// What nobody but the person pays.
    var leftToPerson: Int64 {
        max(
            0,
            total - basicPaid - majorIllnessPaid - employeeLargePaid - civilServantPaid
                - enterprisePaid - medicalAidPaid - secondAidPaid - tiltAidPaid - targetedFundPaid
                - charityPaid - supplementPaid - hospitalBorne)
    }
}
