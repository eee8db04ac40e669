/// What major-illness insurance pays of a year's burden.
struct MajorIllnessTerms {
    let area: AreaRuling
    let matter: Matter
    let deductible: Int64
    /// The whole sum at one ratio is one tier.
    let tiers: [Parameter.Tier]
    let added: Int64
    let cap: Int64?
    /// The locality's own ratio was below the floor of the document.
    let isRaisedToFloor: Bool
    let rule: String?
    /// The clause of the floor, where the locality's ratio is raised to it.
    let floorRule: String?
    /// By which terms the year's burden counts: see `Provision.regime`.
    let regime: String

    init(setting: Setting, matter: Matter) throws(Gap) {
        let provision = try setting.stack.find(matter, \.layers.majorIllness)
        regime = provision?.regime ?? ""
        area = setting.area
        self.matter = matter
        rule = provision?.rule
        added = provision?.value.added ?? 0
        deductible = try Self.deductible(area, matter, provision?.value)
        let laidDown = try Self.tiers(area, matter, provision?.value)
        let floor = try setting.stack.find(matter, \.layers.majorIllnessFloor)
        let least = laidDown.map { $0.basisPoints + (provision?.value.added ?? 0) }.min() ?? 0
        isRaisedToFloor = floor.map { least < $0.value } ?? false
        floorRule = isRaisedToFloor ? floor?.rule : nil
        if let floor, isRaisedToFloor {
            let extra = provision?.value.added ?? 0
            tiers = laidDown.map {
                Parameter.Tier(
                    from: $0.from, to: $0.to, basisPoints: max($0.basisPoints, floor.value - extra))
            }
        } else {
            tiers = laidDown
        }
        cap =
            provision?.value.isWithoutCap == true ? nil : area.fen("major-illness-cap", matter)
    }

    private static func deductible(
        _ area: AreaRuling, _ matter: Matter, _ rule: MajorIllnessRule?
    ) throws(Gap) -> Int64 {
        if rule?.isWithoutDeductible == true { return 0 }
        let general = rule?.deductibleTimes == nil ? matter : matter.withoutCategory
        guard let fen = area.fen("major-illness-deductible", general) else {
            throw area.missing("major-illness-deductible", general)
        }
        guard let times = rule?.deductibleTimes else { return fen }
        return try area.rounded(Unrounded(fen, times), matter)
    }

    private static func tiers(
        _ area: AreaRuling, _ matter: Matter, _ rule: MajorIllnessRule?
    ) throws(Gap) -> [Parameter.Tier] {
        if let ratio = rule?.ratio { return [Parameter.Tier(from: 0, to: nil, basisPoints: ratio)] }
        let general = rule?.added == 0 || rule == nil ? matter : matter.withoutCategory
        if let tiers = area.tiers("major-illness-tiers", general) { return tiers }
        guard let ratio = area.basisPoints("major-illness-ratio", general) else {
            throw area.missing("major-illness-ratio", general)
        }
        return [Parameter.Tier(from: 0, to: nil, basisPoints: ratio)]
    }

    /// Of the year's burden, less what was paid before.
    func due(of burden: Int64, paid: Int64, _ pen: inout Pen) throws(Gap) -> Int64 {
        let above = max(0, burden - deductible)
        let gross = try area.rounded(tiers.unrounded(of: above, added: added), matter)
        let whole = min(gross, cap ?? gross)
        pen.write(
            TraceStep(
                "major.above-deductible",
                .greatest([
                    .init("zero", 0), .init("major.burden-less-deductible", burden - deductible),
                ]), result: above, details: ["deductibleFen": "\(deductible)"]), rule: rule)
        let raised = tiers.map {
            Parameter.Tier(
                from: $0.from, to: $0.to, basisPoints: min($0.basisPoints + added, 10_000))
        }
        pen.write(
            TraceStep(
                "major.share",
                .tiers(
                    of: .init("major.above-deductible", above), raised,
                    rounding: area.shownRounding(matter)), result: gross), rule: rule)
        if let cap {
            pen.write(
                TraceStep(
                    "major.cap", .least([.init("major.share", gross), .init("major.cap", cap)]),
                    result: whole))
        }
        let due = max(0, whole - paid)
        pen.write(
            TraceStep(
                "major.due",
                .greatest([.init("zero", 0), .init("major.less-paid", whole - paid)]), result: due,
                details: ["paidFen": "\(paid)"]))
        return due
    }
}

extension Matter {
    var withoutCategory: Matter {
        var matter = self
        matter.category = nil
        return matter
    }
}
