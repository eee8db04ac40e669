import AidRecords

/// The terms on which one category is aided for one type of visit.
struct AidTerms {
    let area: AreaRuling
    let matter: Matter
    let ratio: AidRatio
    let deductible: Int64
    /// nil where neither a clause nor the locality says.
    let period: DeductiblePeriod?
    /// nil where there is none.
    let cap: Int64?
    let rules: Rules

    struct Rules {
        var ratio: Clause?
        var deductible: Clause?
        var cap: Clause?
    }

    /// The least and the most that the clauses and the locality allow, in basis points.
    struct AidRatio {
        let least: Int64
        let most: Int64
        /// What the document itself demands at least.
        let floor: Int64?
    }

    /// - Parameter ratioName: the parameter that stands in for the ratio, where one is laid down.
    /// - Throws: `Gap` where a parameter is missing.
    init(
        setting: Setting, matter: Matter, overridingRatio ratioName: String? = nil
    ) throws(Gap) {
        area = setting.area
        self.matter = matter
        let ratio = try Self.ratio(setting, matter)
        if let ratioName, let laidDown = area.basisPoints(ratioName, matter) {
            self.ratio = AidRatio(least: laidDown, most: laidDown, floor: nil)
        } else {
            self.ratio = ratio.value
        }
        let deductible = try Self.deductible(setting, matter)
        self.deductible = deductible.fen
        period = deductible.period
        let cap = try Self.cap(setting, matter)
        self.cap = cap.fen
        rules = Rules(ratio: ratio.clause, deductible: deductible.clause, cap: cap.clause)
    }

    // MARK: Ratio

    private static func ratio(
        _ setting: Setting, _ matter: Matter
    ) throws(Gap) -> (value: AidRatio, clause: Clause?) {
        guard let provision = try setting.stack.find(matter, \.aid.ratio) else {
            return (try local("aid-ratio", nil, nil, setting.area, matter), nil)
        }
        switch provision.value {
        case .exact(let ratio):
            return (AidRatio(least: ratio, most: ratio, floor: nil), Clause(provision))
        case .parameter(let name, let floor):
            let local = try local(name, floor, provision.rule, setting.area, matter)
            return (local, Clause(provision))
        }
    }

    /// The locality's figure, but never less than the floor of the document.
    static func local(
        _ name: String, _ floor: Int64?, _ rule: String?, _ area: AreaRuling, _ matter: Matter
    ) throws(Gap) -> AidRatio {
        if let laidDown = area.basisPoints(name, matter) {
            guard laidDown <= 10_000 else {
                throw Gap(text: "parameter \(name) is laid down above 100%", rule: rule)
            }
            let ratio = max(laidDown, floor ?? 0)
            return AidRatio(least: ratio, most: ratio, floor: floor)
        }
        guard let floor else { throw area.missing(name, matter, rule: rule) }
        return AidRatio(least: floor, most: 10_000, floor: floor)
    }

    // MARK: Deductible

    private static func deductible(
        _ setting: Setting, _ matter: Matter
    ) throws(Gap) -> (fen: Int64, period: DeductiblePeriod?, clause: Clause?) {
        let provision = try setting.stack.find(matter, \.aid.deductible)
        let limit = provision?.value.limit ?? .parameter("deductible", isOptional: true)
        let fen = try setting.area.fen(of: limit, matter, rule: provision?.rule) ?? 0
        let choice = provision?.value.period ?? .parameter("deductible-period")
        return (fen, setting.area.resolve(choice, matter), provision.map { Clause($0) })
    }

    // MARK: Cap

    private static func cap(
        _ setting: Setting, _ matter: Matter
    ) throws(Gap) -> (fen: Int64?, clause: Clause?) {
        let provision = try setting.stack.find(matter, \.aid.cap)
        let limit = provision?.value ?? .parameter("annual-cap", isOptional: true)
        let fen = try setting.area.fen(of: limit, matter, rule: provision?.rule)
        return (fen, provision.map { Clause($0) })
    }
}

extension AreaRuling {
    /// nil where there is none.
    func fen(
        of limit: Limit, _ matter: Matter, rule: String? = nil
    ) throws(Gap) -> Int64? {
        switch limit {
        case .none: return nil
        case .fen(let fen): return fen
        case .parameter(let name, let isOptional):
            if let fen = fen(name, matter) { return fen }
            guard isOptional else { throw missing(name, matter, rule: rule) }
            return nil
        }
    }
}

/// A clause with the words that a provision rests on.
struct Clause: Hashable {
    let rule: String
    /// Where they are others than the rule's own.
    let quote: String?

    init<Value>(_ provision: Provision<Value>) {
        rule = provision.rule
        quote = provision.quote
    }
}

extension Pen {
    mutating func write(_ step: @autoclosure () -> TraceStep, clause: Clause?) {
        write(step(), rule: clause?.rule, quote: clause?.quote)
    }

    mutating func cite(_ clause: Clause?) { cite(clause?.rule) }
}
