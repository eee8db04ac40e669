import AidRecords

/// What a person's premium of one year was subsidised with, whatever the scheme.
struct SubsidyCourse {
    var paid: Int64 = 0
    var keys: [RecordKey] = []

    mutating func add(_ subsidy: Subsidy) {
        paid += subsidy.subsidy
        keys.append(subsidy.head.key)
    }
}

extension PersonJudge {
    mutating func judge(_ subsidy: Subsidy) -> Opinion {
        var pen = Pen(isTracing: isTracing)
        var again = Pen(isTracing: isTracing)
        let course = subsidies[subsidy.year] ?? SubsidyCourse()
        subsidies[subsidy.year, default: SubsidyCourse()].add(subsidy)
        do {
            let finder = SettingFinder(ruling: ruling, history: history)
            let setting = try finder.setting(
                area: subsidy.head.area, category: subsidy.category, year: subsidy.year,
                day: subsidy.approvedOn, categoryDays: [subsidy.approvedOn], &pen)
            let reckoning = SubsidyReckoning(
                setting: setting, subsidy: subsidy, course: course)
            let found = try reckoning.reckon(premium: subsidy.premium, &pen)
            let second = reckoning.premiumLaidDown.flatMap { premium in
                try? reckoning.reckon(premium: premium, &again)
            }
            return opinion(subsidy, setting, found, second?.due, pen, again)
        } catch {
            return cannotBeJudged(subsidy.head, subsidy.year, subsidy.subsidy, error, pen)
        }
    }

    private func opinion(
        _ subsidy: Subsidy, _ setting: Setting, _ found: SubsidyReckoning.Found, _ second: Due?,
        _ pen: Pen, _ again: Pen
    ) -> Opinion {
        let verdict = verdict(
            found.due, subsidy.subsidy, breach: found.breach,
            exceptions: subsidy.head.exceptions, rules: pen.rules)
        var pen = pen
        pen.cite(found.breach?.rule)
        var (first, last) = (pen.trace ?? Trace(), again.trace ?? Trace())
        first.conclude(
            found.due, of: [.init("subsidy.due", found.due.least)], paid: subsidy.subsidy)
        if let second {
            last.conclude(second, of: [.init("subsidy.due", second.least)], paid: subsidy.subsidy)
        }
        return Opinion(
            judgement: Judgement(
                seq: subsidy.head.seq, key: subsidy.head.key, year: subsidy.year,
                verdict: verdict, expected: found.due.least, expectedMost: found.due.most,
                reperformed: second?.least, actual: subsidy.subsidy,
                breach: found.breach, rulebooks: setting.stack.names, rules: pen.rules),
            asRecorded: first, reperformed: last)
    }
}

/// What a person's premium is subsidised by.
struct SubsidyReckoning {
    let setting: Setting
    let subsidy: Subsidy
    let course: SubsidyCourse

    struct Found {
        var due: Due
        var breach: Breach?
    }

    private var area: AreaRuling { setting.area }

    var premiumLaidDown: Int64? {
        area.fen("premium", setting.matter(scheme: subsidy.scheme))
    }

    /// - Parameter premium: of the record, or as laid down.
    func reckon(premium: Int64, _ pen: inout Pen) throws(Gap) -> Found {
        if let gap = setting.nobody, subsidy.subsidy > 0 { throw gap }
        guard !setting.categories.isEmpty else {
            pen.write(TraceStep("subsidy.no-category", result: 0), rule: setting.unheld)
            return Found(due: .nothing, breach: breach(.category, setting.unheld ?? ""))
        }
        let best = try highest(premium, &pen)
        var found = Found(due: best.due)
        found.due = try remainder(of: best.due, &pen)
        if let rule = fundRule(best.provision) {
            found.breach = breach(.fund, rule)
        }
        return found
    }

    private func breach(_ condition: Breach.Condition, _ rule: String) -> Breach? {
        subsidy.subsidy > 0 ? Breach(condition: condition, rule: rule) : nil
    }

    private func fundRule(_ provision: Provision<SubsidyRule>?) -> String? {
        guard let funds = provision?.value.funds, !funds.contains(subsidy.fund) else { return nil }
        return provision?.value.fundRule
    }

    // MARK: The entitlement

    private typealias Entitlement = (due: Due, provision: Provision<SubsidyRule>?, pen: Pen)

    /// Of the categories held, the whole entitlement that is highest.
    private func highest(
        _ premium: Int64, _ pen: inout Pen
    ) throws(Gap) -> (due: Due, provision: Provision<SubsidyRule>?) {
        var found: [Entitlement] = []
        var gap: Gap?
        for category in setting.categories {
            do {
                found.append(try entitlement(category, premium, pen))
            } catch {
                gap = gap ?? error
            }
        }
        found.sort { $0.due.isHigher(than: $1.due) }
        guard let best = found.first, gap == nil || best.due.least >= premium else {
            throw gap ?? Gap(text: "no clause in force speaks of such a subsidy")
        }
        pen = best.pen
        if found.count > 1 {
            pen.write(
                TraceStep(
                    "subsidy.highest",
                    .greatest(found.map { .init("subsidy.due", $0.due.least) }),
                    result: best.due.least),
                rule: setting.stack.clause(\.subsidyHighestRule))
        }
        return (best.due, best.provision)
    }

    private func entitlement(
        _ category: String, _ premium: Int64, _ pen: Pen
    ) throws(Gap) -> Entitlement {
        var pen = pen
        let matter = setting.matter(category: category, scheme: subsidy.scheme)
        guard let provision = try setting.stack.find(matter, \.subsidies) else {
            return try local(matter, premium, pen)
        }
        let due = try due(provision, matter, premium, &pen)
        return (due, provision, pen)
    }

    /// What a locality gives to those whom no clause names.
    private func local(
        _ matter: Matter, _ premium: Int64, _ pen: Pen
    ) throws(Gap) -> Entitlement {
        guard let laidDown = area.fen("subsidy-standard", matter) else {
            if setting.categories.count > 1 || subsidy.subsidy == 0 { return (.nothing, nil, pen) }
            throw area.missing("subsidy-standard", matter)
        }
        var pen = pen
        let due = min(laidDown, premium)
        pen.write(
            TraceStep(
                "subsidy.laid-down",
                .least([.init("subsidy-standard", laidDown), .init("premium", premium)]),
                result: due, details: ["category": matter.category ?? ""]))
        return (Due(due), nil, pen)
    }

    private func due(
        _ provision: Provision<SubsidyRule>, _ matter: Matter, _ premium: Int64, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let category = matter.category ?? ""
        switch provision.value.amount {
        case .full:
            pen.write(
                TraceStep(
                    "subsidy.full", .sum([.init("premium", premium)]), result: premium,
                    details: ["category": category]), clause: Clause(provision))
            return Due(premium)
        case .parameter(let name, let floor):
            let least = try floor.map { floor throws(Gap) in
                try sum(of: floor, matter, premium, provision.rule)
            }
            let floor = least.map { min($0, premium) }
            if let laidDown = area.fen(name, matter) {
                let due = min(max(laidDown, least ?? 0), premium)
                pen.write(
                    TraceStep(
                        "subsidy.laid-down",
                        .least([
                            .init(name, max(laidDown, least ?? 0)), .init("premium", premium),
                        ]), result: due,
                        details: ["category": category, "laidDown": "\(laidDown)"]),
                    clause: Clause(provision))
                return Due(due, floor: floor)
            }
            guard let least, let floor else {
                throw area.missing(name, matter, rule: provision.rule)
            }
            pen.write(
                TraceStep(
                    "subsidy.floor",
                    .least([.init("subsidy.least", least), .init("premium", premium)]),
                    result: floor, details: ["category": category]), clause: Clause(provision))
            return Due(least: floor, most: premium, floor: floor)
        }
    }

    private func sum(
        of floor: SubsidyFloor, _ matter: Matter, _ premium: Int64, _ rule: String
    ) throws(Gap) -> Int64 {
        switch floor {
        case .fen(let fen): return fen
        case .premiumShare(let share):
            // The least whole fen that is not below the share.
            let least = (Unrounded(premium, share) + 9_999).rounded(.down)
            return least
        case .residentSubsidy: return try residentSubsidy(matter, rule)
        }
    }

    /// What a resident of the same category gets in the year.
    private func residentSubsidy(_ matter: Matter, _ rule: String) throws(Gap) -> Int64 {
        var resident = matter
        resident.scheme = "resident"
        guard let provision = try setting.stack.find(resident, \.subsidies) else { return 0 }
        if case .parameter(let name, _) = provision.value.amount,
            let fen = area.fen(name, resident)
        {
            return fen
        }
        let general = resident.withoutCategory
        guard let premium = area.fen("premium", general) else {
            throw area.missing("premium", general, rule: rule)
        }
        guard case .parameter(let name, let floor) = provision.value.amount else {
            return premium
        }
        switch floor {
        case .fen(let fen)?: return fen
        case .premiumShare(let share)?: return (Unrounded(premium, share) + 9_999).rounded(.down)
        default: throw area.missing(name, resident, rule: rule)
        }
    }

    // MARK: What was paid before

    /// A top-up completes; otherwise one subsidy is all there is.
    private func remainder(of due: Due, _ pen: inout Pen) throws(Gap) -> Due {
        guard course.paid > 0 else { return due }
        let isTopUp = subsidy.topUpOf.map { course.keys.contains($0) } ?? false
        let rest = isTopUp ? due.less(course.paid) : .nothing
        pen.write(
            TraceStep(
                isTopUp ? "subsidy.top-up" : "subsidy.duplicate",
                isTopUp
                    ? .greatest([
                        .init("zero", 0), .init("subsidy.less-paid", due.least - course.paid),
                    ])
                    : .words,
                result: rest.least, details: ["paidFen": "\(course.paid)"]),
            rule: setting.stack.clause(\.subsidyHighestRule))
        return rest
    }
}
