/// Second aid: by tiers, on what is left after aid or on the total cost.
struct SecondAid {
    let setting: Setting
    let matter: Matter

    private var area: AreaRuling { setting.area }

    /// Before the annual cap.
    ///
    /// - Parameters:
    ///   - residual: what is left to the person.
    ///   - total: the whole cost.
    ///   - paid: second aid paid on it before.
    func due(
        residual: Int64, total: Int64, paid: Int64, _ pen: inout Pen
    ) throws(Gap) -> Due {
        guard let provision = try setting.stack.find(matter, \.secondAid) else {
            throw Gap(text: "no rulebook in force speaks of second aid")
        }
        guard let mode = area.resolve(provision.value.base, matter) else {
            throw area.missing("second-aid-base", matter, rule: provision.rule)
        }
        guard let tiers = area.tiers(provision.value.tiers, matter) else {
            throw area.missing(provision.value.tiers, matter, rule: provision.rule)
        }
        let base = mode == .residual ? residual : total
        let whole = try area.rounded(tiers.unrounded(of: base), matter)
        pen.write(
            TraceStep(
                "second.tiers",
                .tiers(
                    of: .init("second.base-\(mode.rawValue)", base), tiers,
                    rounding: area.shownRounding(matter)), result: whole), rule: provision.rule)
        let rest = mode == .total ? max(0, whole - paid) : whole
        let due = min(rest, residual)
        pen.write(
            TraceStep(
                "second.due",
                .least([.init("second.less-paid", rest), .init("second.residual", residual)]),
                result: due, details: ["paidFen": "\(paid)"]), rule: provision.rule)
        return Due(due)
    }
}

/// Tilt aid: on what is left in scope over the year after all three layers.
struct TiltAid {
    let setting: Setting
    let matter: Matter

    private var area: AreaRuling { setting.area }

    func provision() throws(Gap) -> Provision<TiltRule>? {
        try setting.stack.find(matter, \.tilt)
    }

    func missingMode(_ provision: Provision<TiltRule>) -> Gap {
        guard case .parameter(let name) = provision.value.mode else {
            return Gap(text: "it is not said when tilt aid is paid", rule: provision.rule)
        }
        return area.missing(name, matter, rule: provision.rule)
    }

    func mode() throws(Gap) -> TiltMode? {
        try provision().flatMap { area.resolve($0.value.mode, matter) }
    }

    /// - Parameters:
    ///   - left: what is left in scope over the year, tilt aid not taken off.
    ///   - paid: tilt aid paid in the year before.
    func due(left: Int64, paid: Int64, _ pen: inout Pen) throws(Gap) -> Due {
        guard let provision = try provision() else {
            throw Gap(text: "no rulebook in force speaks of tilt aid")
        }
        let rule = provision.value
        guard left > 0 else { return .nothing }
        let deductible =
            try area.fen(of: rule.deductible, matter, rule: provision.rule) ?? 0
        let above = max(0, left - deductible)
        pen.write(
            TraceStep(
                "tilt.above-deductible",
                .greatest([.init("zero", 0), .init("tilt.less-deductible", left - deductible)]),
                result: above, details: ["leftFen": "\(left)", "deductibleFen": "\(deductible)"]),
            rule: provision.rule)
        let whole = try share(of: above, rule.ratio, provision.rule, &pen)
        let due = whole.less(paid)
        guard let cap = try area.fen(of: rule.cap, matter, rule: provision.rule) else { return due }
        let room = max(0, cap - paid)
        let limited = due.limited(to: room)
        pen.write(
            TraceStep(
                "tilt.cap", .least([.init("tilt.due", due.least), .init("tilt.room", room)]),
                result: limited.least, details: ["capFen": "\(cap)", "paidFen": "\(paid)"]),
            rule: rule.apartRule ?? provision.rule)
        return limited
    }

    private func share(
        of above: Int64, _ ratio: Ratio, _ rule: String, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let allowed: AidTerms.AidRatio =
            switch ratio {
            case .exact(let ratio): AidTerms.AidRatio(least: ratio, most: ratio, floor: nil)
            case .parameter(let name, let floor):
                try AidTerms.local(name, floor, rule, area, matter)
            }
        let due = try allowed.share(of: above, area, matter)
        pen.write(
            TraceStep(
                "tilt.share",
                .share(
                    of: .init("tilt.above-deductible", above), basisPoints: allowed.least,
                    rounding: area.shownRounding(matter)), result: due.least), rule: rule)
        return due
    }
}
