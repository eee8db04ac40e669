/// A figure or choice that a city lays down.
struct Parameter {
    enum Value: Equatable {
        case fen(Int)
        case count(Int)
        case ratio(Int)
        case date(Day)
        case code(String)
        case codes([String])
        case tiers([Tier])
    }

    struct Tier: Equatable {
        let from: Int
        let to: Int?
        let ratio: Int
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
        var choices = judging(standards)
        if plan.declaresAll { choices += informing }
        for parameter in choices + standards.insurance { set(parameter, at: site) }
        for var parameter in standards.aid {
            parameter.validTo = ends
            set(parameter, at: site)
        }
    }

    /// The aid's own figures, laid down anew with the documents of 2022.
    mutating func setNewParameters(of city: Int) {
        guard city != City.liupanshui else { return }
        for parameter in Standards(city: city, year: year).aid {
            set(parameter, at: site(ofCity: city))
        }
    }

    /// Choices that decide what is paid.
    private func judging(_ standards: Standards) -> [Parameter] {
        // Jiangmen's plan goes by the day of the cost, so everything there does.
        let attribution = standards.city == City.jiangmen ? "feeDate" : "dischargedOn"
        var codes = [
            ("attribution-date", attribution), ("category-date", "dischargedOn"),
            ("rounding", "half-up"), ("deductible-period", "year"),
            ("aid-base-mode", "per-visit"), ("advance-self-pay-in-base", "no"),
            ("over-limit-in-base", "no"), ("supplement-deducted", "no"),
            ("referral-required", "outside-coordination-area"),
            ("emergency-counts-as-referred", "yes"),
        ]
        if standards.city != City.liupanshui { codes.append(("tilt-mode", "on-application")) }
        if standards.isGuangdong {
            codes += [("offset-mode", "amount"), ("second-aid-base", "total")]
        }
        if standards.city == City.jiangmen {
            codes += [
                ("unreviewed-pays", "up-to-threshold"),
                ("rejected-own-expense-borne-by", "hospital"),
            ]
        }
        var list = codes.map { Parameter(name: $0.0, value: .code($0.1)) }
        if standards.isGuangdong {
            list.append(Parameter(name: "resolution-quorum", value: .count(3)))
        }
        if standards.city == City.jiangmen {
            list.append(
                Parameter(
                    name: "own-expense-components",
                    value: .codes(Self.outsideComponents + ["advanceSelfPay"])))
        }
        return list
    }

    private static let outsideComponents = ["ownExpense", "overLimit"]

    /// Choices that deadlines, warnings and reports go by.
    private var informing: [Parameter] {
        let codes = [
            ("cross-year-split", "no"), ("outside-catalogue-period", "year"),
            ("two-months-from", "recognition"), ("monthly-plan", plan.isMonthly ? "yes" : "no"),
        ]
        return codes.map { Parameter(name: $0.0, value: .code($0.1)) } + [
            Parameter(
                name: "outside-catalogue-components", value: .codes(Self.outsideComponents)),
            Parameter(
                name: "list-departments", value: .codes(["civil-affairs", "poverty-relief"])),
            Parameter(name: "publicity-days", value: .count(7)),
            Parameter(name: "about-tolerance", value: .ratio(500)),
            Parameter(name: "enrolment-target", value: .ratio(9_500)),
            Parameter(
                name: "indicator-target", value: .ratio(9_000), indicator: "budget-execution"),
        ]
    }

    // MARK: Every year

    mutating func setYearParameters(of city: Int) {
        let standards = Standards(city: city, year: year)
        let site = site(ofCity: city)
        for var parameter in standards.yearly {
            parameter.isYearly = true
            set(parameter, at: site)
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
            for category in group.held(in: year) where !list.contains(category) {
                list.append(category)
            }
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
