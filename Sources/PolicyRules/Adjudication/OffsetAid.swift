/// Aid on the year's bases together, less what was paid by the visit.
struct OffsetAid {
    let setting: Setting
    let matter: Matter
    let category: String

    private var area: AreaRuling { setting.area }

    /// - Parameters:
    ///   - bases: what was left in scope, of all claims together.
    ///   - paid: medical aid paid on them before.
    func due(bases: Int64, paid: Int64, _ pen: inout Pen) throws(Gap) -> Due {
        let own = try setting.stack.find(matter, \.majorIllnessAid)
        let terms = try AidTerms(setting: setting, matter: matter, overridingRatio: own?.value)
        let above = max(0, bases - terms.deductible)
        let offset = try setting.stack.find(matter, \.aid.offset)
        pen.cite(terms.rules.deductible)
        pen.write(
            TraceStep(
                "major-aid.above-deductible",
                .sum([
                    .init("major-aid.bases", bases),
                    .init("aid.deductible", -min(bases, terms.deductible)),
                ]), result: above, details: ["category": category]),
            clause: own.map { Clause($0) } ?? terms.rules.ratio)
        switch try mode(offset, paid) {
        case .amount: return try byAmount(above, paid, terms, offset?.rule, &pen)
        case .base: return try byBase(above, paid, terms, offset?.rule, &pen)
        }
    }

    private func mode(
        _ offset: Provision<Choice<OffsetMode>>?, _ paid: Int64
    ) throws(Gap) -> OffsetMode {
        guard paid > 0, let offset else { return .amount }
        guard let mode = area.resolve(offset.value, matter) else {
            throw area.missing("offset-mode", matter, rule: offset.rule)
        }
        return mode
    }

    private func byAmount(
        _ above: Int64, _ paid: Int64, _ terms: AidTerms, _ rule: String?, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let whole = try share(of: above, terms, &pen)
        let due = whole.less(paid)
        pen.write(
            TraceStep(
                "aid.due",
                .greatest([.init("zero", 0), .init("aid.less-paid", whole.least - paid)]),
                result: due.least, details: ["paidFen": "\(paid)"]), rule: rule)
        return due
    }

    private func byBase(
        _ above: Int64, _ paid: Int64, _ terms: AidTerms, _ rule: String?, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let rest = max(0, above - paid)
        pen.write(
            TraceStep(
                "major-aid.base-less-paid",
                .greatest([.init("zero", 0), .init("major-aid.rest", above - paid)]),
                result: rest, details: ["paidFen": "\(paid)"]), rule: rule)
        let due = try share(of: rest, terms, &pen)
        pen.write(
            TraceStep("aid.due", .sum([.init("major-aid.share", due.least)]), result: due.least))
        return due
    }

    private func share(
        of fen: Int64, _ terms: AidTerms, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let due = try terms.ratio.share(of: fen, area, matter)
        pen.write(
            TraceStep(
                "major-aid.share",
                .share(
                    of: .init("major-aid.above-deductible", fen), basisPoints: terms.ratio.least,
                    rounding: area.shownRounding(matter)), result: due.least),
            clause: terms.rules.ratio)
        return due
    }
}
