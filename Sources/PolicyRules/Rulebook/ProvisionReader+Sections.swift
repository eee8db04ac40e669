import AidRecords

extension ProvisionReader {
    // MARK: The document itself

    mutating func periods(_ place: YAMLPlace) throws -> [Rulebook.Period] {
        var result: [Rulebook.Period] = []
        for item in try place.items() {
            let members = try item.byName(allowed: ["from", "to", "rule", "quote"])
            let period = Rulebook.Period(
                from: try members["from"]?.date(), to: try members["to"]?.date(),
                rule: try rule(members.required("rule")))
            if let from = period.from, let to = period.to, to < from {
                throw item.fail("the period ends on \(to), before it begins on \(from)")
            }
            if let last = result.last {
                guard let end = last.to, let from = period.from, end < from else {
                    throw item.fail("this period overlaps the one before it, or precedes it")
                }
            }
            result.append(period)
        }
        guard !result.isEmpty else { throw place.fail("a rulebook has at least one period") }
        return result
    }

    mutating func displacements(_ place: YAMLPlace) throws -> [Rulebook.Displacement] {
        try place.items().map { item in
            let members = try item.byName(allowed: ["rules", "by", "reason"])
            let displaced = try members.required("rules").texts()
            if let own = displaced.first(where: { rules.contains($0) }) {
                throw item.fail(
                    "rule `\(own)` is this rulebook's own and cannot be displaced by it")
            }
            return Rulebook.Displacement(
                rules: Set(displaced), by: try rule(members.required("by")),
                reason: try members.required("reason").words(),
                line: item.line, column: item.column)
        }
    }

    mutating func categories(_ place: YAMLPlace) throws -> [CategoryRule] {
        var result: [CategoryRule] = []
        for item in try place.items() {
            let members = try item.byName(
                allowed: ["category", "certifiedBy", "onApplication", "rule", "quote"])
            let category = try code(members.required("category"), "category")
            guard !result.contains(where: { $0.category == category }) else {
                throw item.fail("category `\(category)` stands here twice")
            }
            result.append(
                CategoryRule(
                    category: category,
                    certifiedBy: try members["certifiedBy"].map { try codeSet($0, "department") },
                    isOnApplication: try members["onApplication"]?.flag() ?? false,
                    rule: try rule(members.required("rule"))))
        }
        return result
    }

    /// `{date: CODE, rule: …}` or `{parameter: NAME, rule: …}`; the rule may be left out of the
    /// second.
    mutating func date(_ place: YAMLPlace) throws -> Provision<Choice<DateName>> {
        let members = try place.byName(allowed: ["date", "parameter", "rule", "quote"])
        let value: Choice<DateName> =
            switch try members.exactlyOne(of: ["date", "parameter"]) {
            case "date": .laidDown(try members.required("date").code(DateName.self))
            default: .parameter(try parameterName(members.required("parameter")))
            }
        return Provision(
            selector: Selector(), value: value,
            rule: try members["rule"].map { try rule($0) } ?? "")
    }

    // MARK: Subsidies

    mutating func subsidy(_ place: YAMLPlace) throws -> Provision<SubsidyRule> {
        try provision(place, ["amount", "funds", "fundRule"]) { reader, members in
            let ownRule = try reader.rule(members.required("rule"))
            let funds = try members["funds"].map { try reader.codeSet($0, "fund") }
            let fundRule = try members["fundRule"].map { try reader.rule($0) }
            return SubsidyRule(
                amount: try reader.subsidyAmount(members.required("amount")), funds: funds,
                fundRule: funds == nil ? nil : fundRule ?? ownRule)
        }
    }

    private func subsidyAmount(_ place: YAMLPlace) throws -> SubsidyAmount {
        if place.isScalar {
            guard try place.text() == "full" else {
                throw place.fail("`full` or {parameter: …} is expected here")
            }
            return .full
        }
        let members = try place.byName(allowed: ["parameter", "atLeast"])
        return .parameter(
            try parameterName(members.required("parameter")),
            atLeast: try members["atLeast"].map { try subsidyFloor($0) })
    }

    private func subsidyFloor(_ place: YAMLPlace) throws -> SubsidyFloor {
        if place.isScalar {
            guard try place.text() == "residentSubsidy" else {
                throw place.fail(
                    "`residentSubsidy`, {premiumShare: …} or {fen: …} is expected here")
            }
            return .residentSubsidy
        }
        let members = try place.byName(allowed: ["premiumShare", "fen"])
        return try members.exactlyOne(of: ["premiumShare", "fen"]) == "fen"
            ? .fen(members.required("fen").fen())
            : .premiumShare(members.required("premiumShare").basisPoints())
    }

    // MARK: Medical aid

    mutating func aid(_ place: YAMLPlace) throws -> AidRules {
        let members = try place.byName(allowed: [
            "base", "mode", "scope", "deductible", "ratio", "cap", "shared", "highest", "offset",
        ])
        var aid = AidRules()
        aid.base = try members["base"]?.items().map { try marker($0) } ?? []
        aid.mode = try members["mode"]?.items().map { try mode($0) } ?? []
        aid.scope = try members["scope"]?.items().map { try marker($0) } ?? []
        aid.deductible = try members["deductible"]?.items().map { try deductible($0) } ?? []
        aid.ratio =
            try members["ratio"]?.items().map { item in
                try provision(item, Self.ratioMembers) { try $0.ratio($1) }
            } ?? []
        aid.cap =
            try members["cap"]?.items().map { item in
                try provision(item, Self.limitMembers) { try $0.limit($1) }
            } ?? []
        aid.sharedRule = try members["shared"].map { try ruleOnly($0) }
        aid.highestRule = try members["highest"].map { try ruleOnly($0) }
        aid.offset =
            try members["offset"].map { item in
                [
                    try provision(item, ["mode"]) { reader, members in
                        try reader.choice(members.required("mode"), OffsetMode.self)
                    }
                ]
            } ?? []
        return aid
    }

    private mutating func mode(_ place: YAMLPlace) throws -> Provision<Choice<BaseMode>> {
        try provision(place, ["mode", "parameter"]) { reader, members in
            try members.exactlyOne(of: ["mode", "parameter"]) == "mode"
                ? .laidDown(members.required("mode").code(BaseMode.self))
                : .parameter(reader.parameterName(members.required("parameter")))
        }
    }

    private mutating func deductible(_ place: YAMLPlace) throws -> Provision<Deductible> {
        try provision(place, Self.limitMembers.union(["period", "about"])) { reader, members in
            let about = try members["about"].map { place in
                let members = try place.byName(allowed: ["basisPoints", "of"])
                return Deductible.About(
                    basisPoints: try members.required("basisPoints").basisPoints(),
                    parameter: try reader.parameterName(members.required("of")))
            }
            return Deductible(
                limit: try reader.limit(members),
                period: try members["period"].map { try reader.choice($0, DeductiblePeriod.self) },
                about: about)
        }
    }

    // MARK: Further aid

    mutating func majorIllnessAid(_ place: YAMLPlace) throws -> Provision<String> {
        try provision(place, ["ratio"]) { try $0.parameter($1.required("ratio")) }
    }

    mutating func secondAid(_ place: YAMLPlace) throws -> Provision<SecondAidRule> {
        try provision(place, ["base", "tiers"]) { reader, members in
            SecondAidRule(
                base: try reader.choice(members.required("base"), SecondAidBase.self),
                tiers: try reader.parameter(members.required("tiers")))
        }
    }

    mutating func tilt(_ place: YAMLPlace) throws -> Provision<TiltRule> {
        try provision(place, ["deductible", "ratio", "cap", "mode", "apart"]) { reader, members in
            let apart = try members["apart"].map { try reader.rule($0) }
            return TiltRule(
                deductible: try reader.limit(
                    members.required("deductible").byName(allowed: Self.limitMembers)),
                ratio: try reader.ratio(
                    members.required("ratio").byName(allowed: Self.ratioMembers)),
                cap: try reader.limit(members.required("cap").byName(allowed: Self.limitMembers)),
                mode: try reader.choice(members.required("mode"), TiltMode.self),
                apartRule: apart)
        }
    }

    mutating func aboveCap(_ place: YAMLPlace) throws -> Provision<AboveCapRule> {
        try provision(place, ["body", "quorum"]) { reader, members in
            AboveCapRule(
                body: try members.required("body").text(),
                quorum: try members["quorum"].map { try reader.parameter($0) })
        }
    }

    mutating func referral(_ place: YAMLPlace) throws -> Provision<ReferralRule> {
        try provision(place, ["required", "emergency"]) { reader, members in
            ReferralRule(
                required: try reader.parameter(members.required("required")),
                emergency: try reader.parameter(members.required("emergency")))
        }
    }

    mutating func standardArea(_ place: YAMLPlace) throws -> Provision<StandardArea> {
        try provision(place, ["of"]) { try $1.required("of").code(StandardArea.self) }
    }
}
