import AidRecords

extension ProvisionReader {
    // MARK: The insurers' layers

    mutating func layers(_ place: YAMLPlace) throws -> LayerRules {
        let members = try place.byName(allowed: ["basic", "majorIllness", "majorIllnessRatio"])
        var layers = LayerRules()
        layers.basic = try members["basic"]?.items().map { try basic($0) } ?? []
        layers.majorIllness =
            try members["majorIllness"]?.items().map { try majorIllness($0) } ?? []
        layers.majorIllnessFloor =
            try members["majorIllnessRatio"].map { item in
                [try provision(item, ["atLeast"]) { try $1.required("atLeast").basisPoints() }]
            } ?? []
        return layers
    }

    private mutating func basic(_ place: YAMLPlace) throws -> Provision<BasicRule> {
        try provision(place, ["deductible", "add", "atMost", "entitlement"]) { reader, members in
            BasicRule(
                isWithoutDeductible: try reader.isNone(members["deductible"]),
                added: try members["add"]?.basisPoints() ?? 0,
                atMost: try members["atMost"]?.basisPoints(),
                entitlement: try members["entitlement"].map { try reader.code($0, "entitlement") })
        }
    }

    private mutating func majorIllness(_ place: YAMLPlace) throws -> Provision<MajorIllnessRule> {
        let own: Set = ["deductible", "deductibleTimes", "ratio", "add", "cap"]
        return try provision(place, own) { reader, members in
            MajorIllnessRule(
                isWithoutDeductible: try reader.isNone(members["deductible"]),
                deductibleTimes: try members["deductibleTimes"]?.basisPoints(),
                ratio: try members["ratio"]?.basisPoints(),
                added: try members["add"]?.basisPoints() ?? 0,
                isWithoutCap: try reader.isNone(members["cap"]))
        }
    }

    private func isNone(_ place: YAMLPlace?) throws -> Bool {
        guard let place else { return false }
        guard try place.text() == "none" else {
            throw place.fail("`none` is expected here, or nothing")
        }
        return true
    }

    // MARK: Whole settlement

    mutating func wholeSettlement(_ place: YAMLPlace) throws -> WholeSettlement {
        let members = try place.byName(
            allowed: Self.selectors.union([
                "fund", "inScope", "ownExpense", "review", "referral", "advancesAid",
            ]))
        let own = try members.required("ownExpense").byName(
            allowed: ["fundShare", "rounding", "components", "rule", "quote"])
        let referral = try members["referral"]?.byName(allowed: ["type", "rule", "quote"])
        return WholeSettlement(
            selector: try selector(members),
            fund: try code(members.required("fund"), "fund"),
            inScopeRule: try ruleOnly(members.required("inScope")),
            fundShare: try own.required("fundShare").basisPoints(),
            rounding: try own.required("rounding").code(Rounding.self),
            components: try parameter(own.required("components")),
            ownExpenseRule: try rule(own.required("rule")),
            review: try members["review"].map { try review($0) },
            referralType: try referral.map { try code($0.required("type"), "referral-type") },
            referralRule: try referral.map { try rule($0.required("rule")) },
            advanceRule: try members["advancesAid"].map { try ruleOnly($0) })
    }

    private mutating func review(_ place: YAMLPlace) throws -> ReviewRule {
        let members = try place.byName(
            allowed: ["aboveFen", "monthly", "unreviewed", "rejected", "rule", "quote", "pays"])
        return ReviewRule(
            above: try members.required("aboveFen").fen(),
            monthly: try members["monthly"].map { try codeSet($0, "visit-type") } ?? [],
            unreviewed: try parameter(members.required("unreviewed")),
            rejected: try parameter(members.required("rejected")),
            rule: try rule(members.required("rule")), paysRule: try rule(members.required("pays")))
    }

    // MARK: Other provisions

    private static let figures: Set<String> = [
        "fen", "basisPoints", "atLeast", "atMost", "days", "workingDays", "months", "dayOfMonth",
        "count",
    ]
    private static let days: Set<String> = ["from", "to", "by"]
    private static let lists: [String: String] = [
        "fromAccounts": "account", "toAccounts": "account", "funds": "fund",
        "sources": "fund-source", "departments": "department", "purposes": "fund-purpose",
        "channels": "payment-channel", "of": "parameter-name", "parameter": "parameter-name",
    ]

    mutating func other(_ place: YAMLPlace) throws -> OtherProvision {
        let members = try place.byName(
            allowed: Self.common.union(Self.figures).union(Self.days).union(Self.lists.keys)
                .union(["topic", "level"]))
        var figures: [String: Int64] = [:]
        var dates: [String: CivilDate] = [:]
        var codes: [String: [String]] = [:]
        for name in members.names {
            let value = try members.required(name)
            if Self.figures.contains(name) {
                figures[name] = try value.fen()
            } else if name == "level" {
                codes[name] = [try value.text()]
            } else if Self.days.contains(name) {
                dates[name] = try value.date()
            } else if let list = Self.lists[name] {
                let items = !value.isScalar ? try value.items() : [value]
                codes[name] = try items.map { try code($0, list) }
            }
        }
        return OtherProvision(
            topic: try members.required("topic").text(), selector: try selector(members),
            rule: try rule(members.required("rule")), figures: figures, dates: dates, codes: codes)
    }
}
