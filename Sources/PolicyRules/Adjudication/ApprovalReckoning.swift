import AidRecords

/// What an approval may grant.
struct ApprovalReckoning {
    let setting: Setting
    let approval: Approval
    let history: PersonHistory
    let course: Course

    struct Found {
        var due: Due
        var breach: Breach?
    }

    private var area: AreaRuling { setting.area }
    private var year: YearCourse { course[setting.year] }

    func reckon(_ pen: inout Pen) throws(Gap) -> Found {
        if let gap = year.gap { throw gap }
        if let gap = setting.nobody, approval.amount > 0 { throw gap }
        guard !setting.categories.isEmpty else {
            pen.write(TraceStep("aid.no-category", result: 0), rule: setting.unheld)
            return Found(due: .nothing, breach: heldNone(setting.unheld ?? ""))
        }
        return try reckonByType(&pen)
    }

    private func heldNone(_ rule: String) -> Breach? {
        approval.amount > 0 ? Breach(condition: .category, rule: rule) : nil
    }

    private func reckonByType(_ pen: inout Pen) throws(Gap) -> Found {
        switch approval.aidType {
        case "tilt":
            let left = max(0, year.leftInScope - year.aidPaid)
            let tilt = TiltAid(setting: setting, matter: matter(approval.category))
            return Found(due: try tilt.due(left: left, paid: year.tiltPaid, &pen))
        case "second": return try underCap(try second(&pen), &pen)
        case "major-illness": return try underCap(try majorIllness(&pen), &pen)
        case "case-by-case": return try underCap(try discretionary(&pen), &pen)
        case "above-cap": return try aboveCap(&pen)
        default: return try underCap(try remaining(&pen), &pen)
        }
    }

    // MARK: By type

    /// What the claims named were entitled to, less what was paid on them.
    private func remaining(_ pen: inout Pen) throws(Gap) -> Due {
        var due = Due.nothing
        for memory in try claims() {
            let entitlement = try memory.entitlement.get()
            let rest = entitlement.less(memory.medicalAidPaid)
            for rule in memory.rules { pen.cite(rule) }
            pen.write(
                TraceStep(
                    "approval.claim",
                    .greatest([
                        .init("zero", 0),
                        .init("aid.less-paid", entitlement.least - memory.medicalAidPaid),
                    ]), result: rest.least,
                    details: [
                        "claim": memory.claim.head.key.id, "paidFen": "\(memory.medicalAidPaid)",
                    ]),
                rule: try ratioRule(memory.claim))
            due = due + rest
        }
        pen.write(
            TraceStep("aid.due", .sum([.init("approval.claims", due.least)]), result: due.least))
        return due
    }

    private func ratioRule(_ claim: Claim) throws(Gap) -> String? {
        var matter = matter(approval.category)
        matter.scheme = claim.scheme
        matter.visit = claim.visitType
        return try setting.stack.find(matter, \.aid.ratio)?.rule
    }

    private func second(_ pen: inout Pen) throws(Gap) -> Due {
        let claims = try claims()
        return try SecondAid(setting: setting, matter: matter(approval.category)).due(
            residual: claims.reduce(0) { $0 + $1.residual },
            total: claims.reduce(0) { $0 + $1.claim.amounts.total },
            paid: claims.reduce(0) { $0 + $1.secondAidPaid }, &pen)
    }

    /// On the bases of the year so far; the held category that gives most.
    private func majorIllness(_ pen: inout Pen) throws(Gap) -> Due {
        _ = try claims()
        return try setting.highest(&pen) { category, pen throws(Gap) in
            let category = category ?? approval.category
            return try OffsetAid(
                setting: setting, matter: matter(category), category: category
            ).due(bases: year.bases, paid: year.medicalAidPaid, &pen)
        }
    }

    /// At the locality's discretion, up to what is left to the person.
    private func discretionary(_ pen: inout Pen) throws(Gap) -> Due {
        let provision = try setting.stack.find(matter(approval.category), \.caseByCase)
        let left = try claims().reduce(0) { $0 + $1.residual }
        pen.write(
            TraceStep("approval.discretionary", details: ["leftFen": "\(left)"]),
            rule: provision?.rule)
        return Due(least: 0, most: left)
    }

    // MARK: The cap

    private func underCap(_ entitlement: Due, _ pen: inout Pen) throws(Gap) -> Found {
        guard let cap = try cap(&pen) else { return Found(due: entitlement) }
        let room = max(0, cap - year.aidPaid)
        let due = entitlement.limited(to: room)
        pen.write(
            TraceStep(
                "aid.cap", .least([.init("aid.due", entitlement.least), .init("aid.room", room)]),
                result: due.least, details: ["capFen": "\(cap)", "paidFen": "\(year.aidPaid)"]))
        let passed = try resolution.pass(
            due, of: entitlement, paying: approval.amount, after: year.aidPaid,
            matter(approval.category), &pen)
        return Found(due: passed.due, breach: passed.breach)
    }

    private var resolution: AboveCap {
        AboveCap(
            setting: setting, history: history, named: approval.resolution,
            day: approval.approvedOn)
    }

    /// Aid that is above the cap by its name: what a resolution allows, and what is left to pay.
    private func aboveCap(_ pen: inout Pen) throws(Gap) -> Found {
        let room = try cap(&pen).map { max(0, $0 - year.aidPaid) }
        let allowed = try resolution.allowed(matter(approval.category))
        guard let rule = allowed.rule else {
            pen.write(TraceStep("aid.no-clause-above-cap"))
            return Found(due: .nothing)
        }
        guard let room else { throw Gap(text: "there is no annual cap that could be passed") }
        guard let total = allowed.total else {
            guard approval.amount > room else {
                throw Gap(text: "the annual cap is not passed, and no clause says what else is due")
            }
            return Found(
                due: Due(least: 0, most: room),
                breach: resolution.unresolved(total: 0, rule, &pen))
        }
        let most = max(room, total - year.aidPaid)
        guard year.aidPaid + approval.amount <= max(total, year.aidPaid + room) else {
            return Found(
                due: Due(least: 0, most: most),
                breach: resolution.unresolved(total: total, rule, &pen))
        }
        let left = try claims().reduce(0) { $0 + $1.residual }
        pen.write(TraceStep("aid.above-cap-allowed", details: ["totalFen": "\(total)"]), rule: rule)
        return Found(due: Due(least: 0, most: min(left, most)))
    }

    /// The highest of the categories held; nil where one of them has none.
    private func cap(_ pen: inout Pen) throws(Gap) -> Int64? {
        var highest: Int64 = 0
        for category in setting.categories {
            let matter = matter(category)
            let provision = try setting.stack.find(matter, \.aid.cap)
            let limit = provision?.value ?? .parameter("annual-cap", isOptional: true)
            pen.cite(provision?.rule)
            guard let cap = try area.fen(of: limit, matter, rule: provision?.rule) else {
                return nil
            }
            highest = max(highest, cap)
        }
        return highest
    }

    // MARK: The claims

    /// - Throws: `Gap` where none is named, or one is not on record before the approval.
    private func claims() throws(Gap) -> [ClaimMemory] {
        guard !approval.claims.isEmpty else { throw Gap(text: "the approval names no claim") }
        var result: [ClaimMemory] = []
        for key in approval.claims {
            guard let memory = course.claims[key] else {
                throw course.unreckoned[key]
                    ?? Gap(
                        text: "claim \(key.source) \(key.id) is not on record before the approval")
            }
            result.append(memory)
        }
        return result
    }

    /// The claims' visit decides, where they agree.
    private func matter(_ category: String) -> Matter {
        let named = approval.claims.compactMap { course.claims[$0]?.claim }
        var matter = setting.matter(category: category)
        if let first = named.first {
            if named.allSatisfy({ $0.scheme == first.scheme }) { matter.scheme = first.scheme }
            if named.allSatisfy({ $0.visitType == first.visitType }) {
                matter.visit = first.visitType
            }
        }
        return matter
    }
}
