/// What basic insurance pays of a bill. Money in fen, ratios in basis points.
struct BasicTerms {
    let deductible: Int64
    /// As the locality laid it down, before what a clause adds.
    let laidDown: Int64
    let ratio: Int64
    let cap: Int64?
    let rule: String?

    /// - Parameter entitlements: those that the person holds on the day.
    init(setting: Setting, matter: Matter, entitlements: [String]) throws(Gap) {
        let provision = try setting.stack.find(matter) { rulebook in
            rulebook.layers.basic.filter { provision in
                provision.value.entitlement.map { entitlements.contains($0) } ?? true
            }
        }
        let area = setting.area
        guard let laidDown = area.basisPoints("basic-ratio", matter) else {
            throw area.missing("basic-ratio", matter)
        }
        self.laidDown = laidDown
        ratio = min(
            laidDown + (provision?.value.added ?? 0), provision?.value.atMost ?? 10_000)
        if provision?.value.isWithoutDeductible == true {
            deductible = 0
        } else if let fen = area.fen("basic-deductible", matter) {
            deductible = fen
        } else {
            throw area.missing("basic-deductible", matter)
        }
        cap = area.fen("basic-cap", matter)
        rule = provision?.rule
    }
}
