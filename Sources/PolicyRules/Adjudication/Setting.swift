import AidRecords

/// What is in force for one record, and for whom it counts.
///
/// It is shared by all parts of a reckoning; copying it took more time than reckoning.
final class Setting: Sendable {
    let area: AreaRuling
    let stack: PolicyStack
    let day: CivilDate
    let year: Int
    /// Named by the rulebooks and held; whole reckonings are made for each.
    let categories: [String]
    /// The clause, or an empty text, by which the record's own category does not count.
    let unheld: String?
    /// Why nothing can be said of benefit that was paid: the person's standing is not known.
    let nobody: Gap?
    let institution: Institution?

    init(
        area: AreaRuling, stack: PolicyStack, day: CivilDate, year: Int, categories: [String],
        unheld: String?, nobody: Gap?, institution: Institution? = nil
    ) {
        self.area = area
        self.stack = stack
        self.day = day
        self.year = year
        self.categories = categories
        self.unheld = unheld
        self.nobody = nobody
        self.institution = institution
    }

    func matter(
        category: String? = nil, scheme: String? = nil, visit: String? = nil
    ) -> Matter {
        Matter(
            category: category, scheme: scheme, visit: visit, level: institution?.level, fund: nil,
            year: year, day: day)
    }
}

extension Setting {
    /// By the held category that gives most; without any, by what holds for everybody.
    func highest(
        _ pen: inout Pen, _ reckon: (String?, inout Pen) throws(Gap) -> Due
    ) throws(Gap) -> Due {
        var best: (due: Due, pen: Pen)?
        let candidates: [String?] = categories.isEmpty ? [nil] : categories
        for category in candidates {
            var attempt = pen
            let due = try reckon(category, &attempt)
            if best.map({ due.isHigher(than: $0.due) }) ?? true { best = (due, attempt) }
        }
        guard let best else { return .nothing }
        pen = best.pen
        return best.due
    }
}

/// A claim in its setting, shared by all parts of its reckoning.
final class ClaimCase: Sendable {
    let setting: Setting
    let claim: Claim
    let history: PersonHistory

    /// Whether major-illness insurance covers the visit.
    let isInMajorIllnessScope: Result<Bool, Gap>

    /// Aid on it was approved on an application, and is judged there.
    let isAppliedFor: Bool

    init(
        _ setting: Setting, _ claim: Claim, _ history: PersonHistory, isAppliedFor: Bool
    ) {
        self.isAppliedFor = isAppliedFor
        self.setting = setting
        self.claim = claim
        self.history = history
        isInMajorIllnessScope = setting.majorIllnessScope(
            setting.matter(scheme: claim.scheme, visit: claim.visitType))
    }

    /// - Parameter category: the record's own unless given.
    func matter(_ category: String? = nil) -> Matter {
        setting.matter(
            category: category ?? claim.category, scheme: claim.scheme, visit: claim.visitType)
    }
}

/// The days by which a claim may be judged.
struct ClaimDays {
    let claim: Claim

    /// Of the fees the first and the last.
    func days(_ name: DateName) -> [CivilDate] {
        switch name {
        case .admittedOn: [claim.admittedOn]
        case .dischargedOn: [claim.dischargedOn]
        case .settledOn: [claim.settledOn]
        case .feeDate:
            [claim.periodFrom ?? claim.admittedOn, claim.periodTo ?? claim.dischargedOn]
        }
    }

    /// All that might be meant where nothing is laid down.
    var all: [CivilDate] { DateName.allCases.flatMap { days($0) } }
}

extension AreaRuling {
    /// The rulebooks in force for a claim, each by its own attribution day.
    ///
    /// - Throws: `Gap` where the days are on both sides of a boundary, or nothing is in force.
    func spans(for claim: Claim) throws(Gap) -> [Int] {
        let days = ClaimDays(claim: claim)
        var result: [Int] = []
        for (index, span) in spans.enumerated() {
            let name = attribution(span.attribution, claim)
            let candidates = name.map { days.days($0) } ?? days.all
            let contained = candidates.filter { span.contains($0) }.count
            if contained == 0 { continue }
            guard contained == candidates.count else {
                throw boundary(span, isLaidDown: name != nil, claim)
            }
            result.append(index)
        }
        return result
    }

    private func boundary(_ span: Span, isLaidDown: Bool, _ claim: Claim) -> Gap {
        guard isLaidDown else {
            return missing("attribution-date", probe(claim))
        }
        let last = span.to.map { " to \($0)" } ?? ""
        return Gap(
            text: "the fees lie partly inside and partly outside the days from \(span.from)\(last)"
                + " in which \(span.name) is in force, and the bill does not divide them")
    }

    /// The day that a rulebook, or a parameter in its stead, says; nil where neither does.
    func attribution(_ choice: Choice<DateName>?, _ claim: Claim) -> DateName? {
        if case .laidDown(let name) = choice { return name }
        return code("attribution-date", probe(claim))
    }

    /// What is asked before the benefit year is known.
    func probe(_ claim: Claim) -> Matter {
        Matter(
            category: nil, scheme: claim.scheme, visit: claim.visitType, level: nil, fund: nil,
            year: claim.benefitYear, day: claim.dischargedOn)
    }

    /// The attribution day of a claim, which decides its benefit year.
    func attributionDay(_ claim: Claim, under stack: PolicyStack) throws(Gap) -> CivilDate {
        let days = ClaimDays(claim: claim)
        if let name = attribution(stack.leadingAttribution, claim) {
            let days = days.days(name)
            guard let day = days.last, days.allSatisfy({ $0.year == day.year }) else {
                throw Gap(
                    text: "the fees lie in two years, and the bill does not divide them")
            }
            return day
        }
        guard let day = days.all.first, days.all.allSatisfy({ $0.year == day.year }) else {
            throw missing("attribution-date", probe(claim))
        }
        return claim.dischargedOn
    }

    /// The rulebooks in force on one day.
    func spans(on day: CivilDate) -> [Int] {
        spans.indices.filter { spans[$0].contains(day) }
    }

    /// - Throws: `Gap` where nothing is in force, or a file is missing.
    func stack(of indices: [Int], on day: CivilDate) throws(Gap) -> PolicyStack {
        guard !indices.isEmpty else {
            throw Gap(text: "no rulebook is in force in area \(code) on \(day)")
        }
        if let index = indices.first(where: { spans[$0].rulebook == nil }) {
            throw Gap(
                text: "rulebook \(spans[index].name) with SHA-256 \(spans[index].sha256) is not at"
                    + " hand")
        }
        return stack(indices)
    }
}

extension CivilDate {
    var year: Int { components.year }
}
