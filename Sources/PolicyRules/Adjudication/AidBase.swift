/// What medical aid is reckoned from: what is left in policy scope after the insurers.
struct AidBase {
    let at: ClaimCase

    private var setting: Setting { at.setting }
    private var claim: Claim { at.claim }
    private var area: AreaRuling { setting.area }

    /// - Parameter insurance: basic and major-illness insurance together, as it counts here.
    func base(
        basicPaid: Int64, majorIllnessPaid: Int64, _ pen: inout Pen
    ) throws(Gap) -> Int64 {
        let matter = setting.matter(
            category: claim.category, scheme: claim.scheme, visit: claim.visitType)
        let amounts = claim.amounts
        let advance = try counted(
            amounts.advanceSelfPay, "advance-self-pay-in-base", matter, part: "advanceSelfPay")
        let overLimit = try counted(
            amounts.overLimit, "over-limit-in-base", matter, part: "overLimit")
        let supplement = try counted(amounts.supplementPaid, "supplement-deducted", matter)
        let base =
            amounts.compliant - basicPaid - majorIllnessPaid - claim.otherInsurance + advance
            + overLimit - supplement
        func terms() -> [TraceStep.Term] {
            let always: [TraceStep.Term] = [
                .init("compliant", amounts.compliant), .init("basicPaid", -basicPaid),
                .init("majorIllnessPaid", -majorIllnessPaid),
            ]
            let others: [TraceStep.Term] = [
                .init("otherInsurance", -claim.otherInsurance), .init("advanceSelfPay", advance),
                .init("overLimit", overLimit), .init("supplementPaid", -supplement),
            ]
            return always + others.filter { $0.fen != 0 }
        }
        let rules = setting.aidBaseRules(matter)
        pen.write(TraceStep("aid.base", .sum(terms()), result: base), rule: rules.first)
        for rule in rules.dropFirst() { pen.cite(rule) }
        if base < 0 { pen.write(TraceStep("aid.nothing-left", result: 0)) }
        return max(0, base)
    }

    /// The sum, or nothing where it does not count; asked only where there is one.
    ///
    /// - Parameter part: its name as own expense: what is settled as that does not count again.
    private func counted(
        _ fen: Int64, _ name: String, _ matter: Matter, part: String? = nil
    ) throws(Gap) -> Int64 {
        guard fen > 0 else { return 0 }
        switch area.codes(name, matter)?.first {
        case "yes": return fen
        case "no": return 0
        default: break
        }
        guard let part, let whole = setting.stack.wholeSettlement else {
            throw area.missing(name, matter)
        }
        guard let components = area.codes(whole.components, matter) else {
            throw area.missing(whole.components, matter, rule: whole.ownExpenseRule)
        }
        if components.contains(part) { return 0 }
        throw area.missing(name, matter, rule: whole.inScopeRule)
    }

    /// Whether aid covers this type of visit: by a document, or because the locality laid down a
    /// ratio for it.
    func isInScope() -> Bool {
        let matter = setting.matter(
            category: claim.category, scheme: claim.scheme, visit: claim.visitType)
        if setting.stack.contains(matter, \.aid.scope) { return true }
        return area.parameters.find("aid-ratio", matter)?.visitType == claim.visitType
    }
}
