/// A figure or choice that a city lays down.
struct Parameter {
    enum Value {
        case fen(Int)
        case count(Int)
        case ratio(Int)
        case date(Day)
        case code(String)
        case codes([String])
        case tiers([(from: Int, to: Int?, ratio: Int)])
    }

    let name: String
    let value: Value
    var category: Category?
    var visitType: VisitType?
    var institutionLevel: Int?
    var scheme: String?
    var fund: String?
    var indicator: String?
    var isYearly = false
    var validTo: Day?
}

/// The parameters are those that `Standards` settles by.
extension Simulation {
    mutating func set(_ parameter: Parameter, at site: Int) {
        let day = today
        let next = nextReference(.parameterSet, at: site)
        let docNo = documentNumber("标准", at: site, number: next.serial)
        record(.parameterSet, at: site, by: .supervision) { line in
            line.text("name", parameter.name)
            if parameter.isYearly { line.number("year", day.year) }
            line.parameterValue(parameter.value)
            line.parameterKeys(parameter)
            line.date("validFrom", Day(day.year, 1, 1))
            if let validTo = parameter.validTo { line.date("validTo", validTo) }
            line.text("docNo", docNo)
        }
    }

    // MARK: Once

    mutating func setStandingParameters(of city: Int) {
        let site = site(ofCity: city)
        let standards = Standards(city: city, year: year)
        let ends =
            city != City.liupanshui && year < Group.changeYear
            ? Day(Group.changeYear - 1, 12, 31) : nil
        if plan.declaresAll {
            for parameter in choices + basics(standards) { set(parameter, at: site) }
        }
        for var parameter in aids(standards) {
            parameter.validTo = ends
            set(parameter, at: site)
        }
    }

    /// The aid's own figures, laid down anew with the documents of 2022.
    mutating func setNewParameters(of city: Int) {
        guard city != City.liupanshui else { return }
        for parameter in aids(Standards(city: city, year: year)) {
            set(parameter, at: site(ofCity: city))
        }
    }

    private var choices: [Parameter] {
        let choices = [
            ("deductible-period", "year"), ("aid-base-mode", "per-visit-then-cumulative"),
            ("advance-self-pay-in-base", "no"), ("over-limit-in-base", "no"),
            ("supplement-deducted", "no"), ("attribution-date", "dischargedOn"),
            ("category-date", "dischargedOn"), ("cross-year-split", "no"),
            ("rounding", "half-up"), ("offset-mode", "amount"), ("second-aid-base", "residual"),
            ("tilt-mode", "on-application"),
            ("referral-required", "outside-coordination-area"),
            ("emergency-counts-as-referred", "yes"), ("unreviewed-pays", "up-to-threshold"),
            ("rejected-own-expense-borne-by", "hospital"),
            ("outside-catalogue-period", "year"), ("two-months-from", "recognition"),
            ("monthly-plan", plan.isMonthly ? "yes" : "no"),
        ]
        var list = choices.map { Parameter(name: $0.0, value: .code($0.1)) }
        let components = ["ownExpense", "overLimit"]
        list.append(Parameter(name: "own-expense-components", value: .codes(components)))
        list.append(Parameter(name: "outside-catalogue-components", value: .codes(components)))
        list.append(
            Parameter(name: "list-departments", value: .codes(["civil-affairs", "poverty-relief"])))
        list.append(Parameter(name: "publicity-days", value: .count(7)))
        list.append(Parameter(name: "resolution-quorum", value: .count(3)))
        list.append(Parameter(name: "about-tolerance", value: .ratio(500)))
        list.append(Parameter(name: "enrolment-target", value: .ratio(9_500)))
        list.append(
            Parameter(
                name: "indicator-target", value: .ratio(9_000), indicator: "budget-execution"))
        return list
    }

    private func basics(_ standards: Standards) -> [Parameter] {
        var list = [Parameter(name: "basic-cap", value: .fen(standards.basicCap))]
        for level in 1...3 {
            list.append(
                Parameter(
                    name: "basic-ratio",
                    value: .ratio(standards.baseRatio(visit: .inpatient, level: level)),
                    visitType: .inpatient, institutionLevel: level, scheme: "resident"))
            list.append(
                Parameter(
                    name: "basic-deductible",
                    value: .fen(standards.baseDeductible(level: level)),
                    visitType: .inpatient, institutionLevel: level, scheme: "resident"))
        }
        for visit in [VisitType.chronicOutpatient, .specialOutpatient] {
            list.append(
                Parameter(
                    name: "basic-ratio",
                    value: .ratio(standards.baseRatio(visit: visit, level: 2)),
                    visitType: visit, scheme: "resident"))
        }
        list.append(
            Parameter(
                name: "major-illness-deductible",
                value: .fen(standards.majorIllnessDeductible(for: .dibaoEdge))))
        list.append(
            Parameter(
                name: "major-illness-ratio",
                value: .ratio(standards.majorIllnessRatio(for: .dibaoEdge))))
        return list
    }

    private func aids(_ standards: Standards) -> [Parameter] {
        var list: [Parameter] = []
        for category in Group.categories(in: standards.city, year: standards.year) {
            if let cap = standards.annualCap(for: category) {
                list.append(Parameter(name: "annual-cap", value: .fen(cap), category: category))
            }
            list += ratios(of: category, standards)
            list.append(
                Parameter(
                    name: "deductible", value: .fen(standards.aidDeductible(for: category)),
                    category: category))
        }
        if standards.hasTiltAid {
            list.append(Parameter(name: "tilt-deductible", value: .fen(standards.tiltDeductible)))
            list.append(Parameter(name: "tilt-ratio", value: .ratio(standards.tiltRatio)))
            list.append(Parameter(name: "tilt-cap", value: .fen(standards.tiltCap)))
        } else {
            list.append(
                Parameter(
                    name: "second-aid-tiers",
                    value: .tiers([(0, 3_000_000, 4_000), (3_000_000, nil, 5_000)])))
        }
        return list
    }

    /// One ratio for all visits where they do not differ.
    private func ratios(of category: Category, _ standards: Standards) -> [Parameter] {
        let inpatient = standards.aidRatio(for: category, isInpatient: true)
        let other = standards.aidRatio(for: category, isInpatient: false)
        let general = Parameter(name: "aid-ratio", value: .ratio(other), category: category)
        guard inpatient != other else { return [general] }
        let exact = Parameter(
            name: "aid-ratio", value: .ratio(inpatient), category: category, visitType: .inpatient)
        return [general, exact]
    }

    // MARK: Every year

    mutating func setYearParameters(of city: Int) {
        let standards = Standards(city: city, year: year)
        let site = site(ofCity: city)
        var list: [(String, Parameter.Value)] = [
            ("premium", .fen(standards.premium)),
            ("disposable-income", .fen(standards.disposableIncome)),
            ("rural-disposable-income", .fen(standards.ruralIncome)),
            ("dibao-standard", .fen(standards.dibaoStandard)),
            ("collection-start", .date(Day(year - 1, 9, 1))),
            ("collection-end", .date(Day(year - 1, 12, 31))),
        ]
        if standards.hasTiltAid { list.append(("warning-line", .fen(standards.ruralIncome))) }
        for (name, value) in list {
            set(Parameter(name: name, value: value, isYearly: true), at: site)
        }
        for category in Group.categories(in: city, year: year) {
            guard let subsidy = standards.subsidy(for: category), subsidy.form == "fixed" else {
                continue
            }
            set(
                Parameter(
                    name: "subsidy-standard", value: .fen(subsidy.fen), category: category,
                    scheme: "resident", isYearly: true), at: site)
        }
    }

    mutating func setYearParameters(at county: Int) {
        let residents = residents(of: county)
        set(
            Parameter(name: "resident-population", value: .count(residents), isYearly: true),
            at: county)
        set(
            Parameter(
                name: "enrolled-count", value: .count(residents * 97 / 100), isYearly: true),
            at: county)
    }
}

extension Group {
    /// Each category once, in the order of the groups.
    static func categories(in city: Int, year: Int) -> [Category] {
        var list: [Category] = []
        for group in groups(of: city) where group.weight > 0 {
            let category = group.category(in: year)
            if !list.contains(category) { list.append(category) }
        }
        return list
    }
}

extension JSONLine {
    fileprivate mutating func parameterValue(_ value: Parameter.Value) {
        switch value {
        case .fen(let fen): number("valueFen", fen)
        case .count(let count): number("valueCount", count)
        case .ratio(let ratio): number("basisPoints", ratio)
        case .date(let day): date("valueDate", day)
        case .code(let code): text("valueCode", code)
        case .codes(let codes): texts("valueCode", codes)
        case .tiers(let tiers):
            openList("tiers")
            for tier in tiers {
                open()
                number("fromFen", tier.from)
                if let to = tier.to { number("toFen", to) }
                number("basisPoints", tier.ratio)
                close()
            }
            closeList()
        }
    }

    fileprivate mutating func parameterKeys(_ parameter: Parameter) {
        if let category = parameter.category { text("category", category.rawValue) }
        if let scheme = parameter.scheme { text("scheme", scheme) }
        if let visitType = parameter.visitType { text("visitType", visitType.rawValue) }
        if let level = parameter.institutionLevel { number("institutionLevel", level) }
        if let fund = parameter.fund { text("fund", fund) }
        if let indicator = parameter.indicator { text("indicator", indicator) }
    }
}
