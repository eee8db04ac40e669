import AidRecords

/// Conditions without which no aid is due, whatever the sum.
struct Conditions {
    let at: ClaimCase

    private var setting: Setting { at.setting }
    private var claim: Claim { at.claim }
    private var area: AreaRuling { setting.area }

    /// The clause by which care that was not referred is not aided; nil where none stands against
    /// it.
    ///
    /// - Throws: `Gap` where it depends on what is not laid down.
    func missingReferral() throws(Gap) -> String? {
        guard claim.referral == "none" || claim.referral == "emergency" else { return nil }
        let matter = setting.matter(
            category: claim.category, scheme: claim.scheme, visit: claim.visitType)
        guard let provision = try setting.stack.find(matter, \.referral),
            try isReferralNeeded(provision.value, matter)
        else { return nil }
        if claim.referral == "emergency" {
            switch area.codes(provision.value.emergency, matter)?.first {
            case "yes": return nil
            case nil: throw area.missing(provision.value.emergency, matter)
            default: break
            }
        }
        return provision.rule
    }

    private func isReferralNeeded(_ rule: ReferralRule, _ matter: Matter) throws(Gap) -> Bool {
        guard let institution = setting.institution else {
            throw Gap(text: "institution \(claim.institution) is not on record")
        }
        if institution.area == claim.head.area { return false }
        switch area.codes(rule.required, matter)?.first {
        case "never": return false
        case "outside-county": return true
        case "outside-coordination-area":
            return !AreaChain.areInOneCity(institution.area, claim.head.area)
        default: throw area.missing(rule.required, matter)
        }
    }
}

/// A resolution that lets a person's aid of a year pass the cap.
struct AboveCap {
    let setting: Setting
    let history: PersonHistory
    /// The resolution that the record names; any other does not count then.
    let named: RecordKey?
    /// The resolution must have been held by then.
    let day: CivilDate

    /// The largest total of the year that a sound resolution allows; nil where there is none.
    ///
    /// - Returns: nil for the rule where no rulebook in force provides for aid above the cap.
    func allowed(_ matter: Matter) throws(Gap) -> (rule: String?, total: Int64?) {
        guard let provision = try setting.stack.find(matter, \.aboveCap) else {
            return (nil, nil)
        }
        let quorum = provision.value.quorum.flatMap { setting.area.count($0, matter) } ?? 0
        let totals = history.resolutions.filter { item in
            (named == nil || item.resolution == named) && item.year == setting.year
                && item.heldOn <= day && item.body.contains(provision.value.body)
                && item.departmentCount >= quorum
        }.map(\.approvedYearTotal)
        return (provision.rule, totals.max())
    }

    /// What is lawful where more is paid than the cap leaves, though not more than was due without
    /// it.
    ///
    /// - Parameter paid: what counted against the cap before.
    func pass(
        _ due: Due, of entitlement: Due, paying actual: Int64, after paid: Int64,
        _ matter: Matter, _ pen: inout Pen
    ) throws(Gap) -> (due: Due, breach: Breach?) {
        guard let most = due.most, actual > most, actual <= entitlement.most ?? .max else {
            return (due, nil)
        }
        let allowed = try allowed(matter)
        guard let rule = allowed.rule else { return (due, nil) }
        guard let total = allowed.total, paid + actual <= total else {
            return (due, unresolved(total: allowed.total ?? 0, rule, &pen))
        }
        pen.write(TraceStep("aid.above-cap-allowed", details: ["totalFen": "\(total)"]), rule: rule)
        var passed = due
        passed.most = min(entitlement.most ?? .max, total - paid)
        return (passed, nil)
    }

    func unresolved(total: Int64, _ rule: String, _ pen: inout Pen) -> Breach {
        pen.write(
            TraceStep("aid.above-cap-unresolved", details: ["totalFen": "\(total)"]), rule: rule)
        return Breach(condition: .resolution, rule: rule)
    }
}
