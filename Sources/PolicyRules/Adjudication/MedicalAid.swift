/// Medical aid on one claim for one category.
struct MedicalAid {
    let at: ClaimCase
    let category: String
    let terms: AidTerms

    private var setting: Setting { at.setting }
    private var area: AreaRuling { setting.area }
    private var matter: Matter { terms.matter }

    init(_ at: ClaimCase, _ category: String) throws(Gap) {
        self.at = at
        self.category = category
        terms = try at.setting.aidTerms(at.matter(category))
    }

    /// What one category's reckoning comes to.
    struct Result {
        let category: String
        /// Before the annual cap.
        let entitlement: Due
        let due: Due
        let course: YearCourse.CategoryCourse
        let pen: Pen
    }

    /// - Parameters:
    ///   - base: what is left in scope of this claim.
    ///   - year: how the year went before it.
    func reckon(_ base: Int64, _ year: YearCourse, _ pen: Pen) throws(Gap) -> Result {
        var pen = pen
        var course = year.byCategory[category] ?? YearCourse.CategoryCourse()
        let above = try takeDeductible(from: base, &course, &pen)
        course.add(above, terms.ratio)
        let entitlement = try entitlement(above, base, course, year, &pen)
        var due = entitlement
        if let cap = terms.cap {
            let room = max(0, cap - year.aidPaid)
            due = entitlement.limited(to: room)
            pen.write(
                TraceStep(
                    "aid.cap",
                    .least([.init("aid.due", entitlement.least), .init("aid.room", room)]),
                    result: due.least, details: ["capFen": "\(cap)", "paidFen": "\(year.aidPaid)"]),
                clause: terms.rules.cap)
            if due != entitlement { pen.cite(setting.stack.clause(\.aid.sharedRule)) }
        } else {
            pen.write(
                TraceStep("aid.no-cap", details: ["category": category]), clause: terms.rules.cap)
        }
        return Result(
            category: category, entitlement: entitlement, due: due,
            course: course, pen: pen)
    }

    /// What is above the deductible; of one of the year only what is not used up yet.
    private func takeDeductible(
        from base: Int64, _ course: inout YearCourse.CategoryCourse, _ pen: inout Pen
    ) throws(Gap) -> Int64 {
        let leftOfYear = max(0, terms.deductible - course.deductibleUsed)
        if terms.period == nil, min(leftOfYear, base) != min(terms.deductible, base) {
            throw area.missing("deductible-period", matter, rule: terms.rules.deductible?.rule)
        }
        let left = terms.period == .stay ? terms.deductible : leftOfYear
        let taken = min(left, base)
        course.deductibleUsed += taken
        pen.write(
            TraceStep(
                "aid.above-deductible",
                .sum([.init("aid.base", base), .init("aid.deductible", -taken)]),
                result: base - taken,
                details: [
                    "deductibleFen": "\(terms.deductible)", "leftFen": "\(left)",
                    "category": category,
                ]), clause: terms.rules.deductible)
        return base - taken
    }

    // MARK: By the visit or cumulatively

    private func entitlement(
        _ above: Int64, _ base: Int64, _ course: YearCourse.CategoryCourse, _ year: YearCourse,
        _ pen: inout Pen
    ) throws(Gap) -> Due {
        let provision = try setting.stack.find(matter, \.aid.mode)
        // Where no clause speaks of it, each bill stands for itself unless the locality says more.
        let choice = provision?.value ?? .parameter("aid-base-mode")
        let mode = area.resolve(choice, matter) ?? (provision == nil ? .perVisit : nil)
        if let mode {
            return try entitlement(mode, above, base, course, year, provision?.rule, &pen)
        }
        var attempt = pen
        let first = try entitlement(.perVisit, above, base, course, year, nil, &attempt)
        let hasOffset = setting.stack.contains(matter, \.aid.offset)
        for mode in [BaseMode.cumulative] + (hasOffset ? [.perVisitThenCumulative] : []) {
            var other = pen
            let second = try? entitlement(mode, above, base, course, year, nil, &other)
            guard second == first else {
                throw area.missing("aid-base-mode", matter, rule: provision?.rule)
            }
        }
        pen = attempt
        return first
    }

    private func entitlement(
        _ mode: BaseMode, _ above: Int64, _ base: Int64, _ course: YearCourse.CategoryCourse,
        _ year: YearCourse, _ rule: String?, _ pen: inout Pen
    ) throws(Gap) -> Due {
        switch mode {
        case .perVisit: return try perVisit(above, year, &pen)
        case .cumulative: return try cumulative(course, year, rule, &pen)
        case .perVisitThenCumulative:
            let reached = try reachesMajorIllness(year)
            return try reached
                ? OffsetAid(setting: setting, matter: matter, category: category).due(
                    bases: year.bases + base, paid: year.medicalAidPaid, &pen)
                : perVisit(above, year, &pen)
        }
    }

    private func perVisit(
        _ above: Int64, _ year: YearCourse, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let room = terms.cap.map { max(0, $0 - year.aidPaid) }
        let due = try terms.ratio.share(of: above, area, matter, room: room)
        pen.write(
            TraceStep(
                "aid.due",
                .share(
                    of: .init("aid.above-deductible", above), basisPoints: terms.ratio.least,
                    rounding: area.shownRounding(matter)),
                result: due.least, details: ["category": category]), clause: terms.rules.ratio)
        return due
    }

    private func cumulative(
        _ course: YearCourse.CategoryCourse, _ year: YearCourse, _ rule: String?, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let least = try area.rounded(course.least, matter)
        let whole = Due(
            least: least,
            most: course.most == course.least ? least : try area.rounded(course.most, matter),
            floor: terms.ratio.floor == nil ? nil : try area.rounded(course.floor, matter))
        let due = whole.less(year.medicalAidPaid)
        pen.cite(terms.rules.ratio)
        pen.write(
            TraceStep(
                "aid.cumulative", result: least,
                details: ["category": category, "ratio": "\(terms.ratio.least)"]), rule: rule)
        pen.write(
            TraceStep(
                "aid.due",
                .greatest([
                    .init("zero", 0), .init("aid.less-paid", least - year.medicalAidPaid),
                ]), result: due.least, details: ["paidFen": "\(year.medicalAidPaid)"]), rule: rule)
        return due
    }

    /// Whether the year's burden after basic insurance has reached the major-illness deductible.
    ///
    /// The burden of this claim is in `year` already.
    private func reachesMajorIllness(_ year: YearCourse) throws(Gap) -> Bool {
        let matter = matter.withoutCategory
        guard
            let deductible = area.fen("major-illness-deductible", self.matter)
                ?? area.fen("major-illness-deductible", matter)
        else { throw area.missing("major-illness-deductible", matter) }
        return year.burden >= deductible
    }
}

extension AidTerms.AidRatio {
    /// - Parameter room: what is due at most in any case.
    func share(
        of fen: Int64, _ area: AreaRuling, _ matter: Matter, room: Int64? = nil
    ) throws(Gap) -> Due {
        let least = try area.rounded(Unrounded(fen, least), matter, room: room)
        return Due(
            least: least,
            most: most == self.least
                ? least : try area.rounded(Unrounded(fen, most), matter, room: room),
            floor: try floor.map { floor throws(Gap) in
                try area.rounded(Unrounded(fen, floor), matter, room: room)
            })
    }
}
