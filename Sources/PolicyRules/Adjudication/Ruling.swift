import AidRecords
internal import Synchronization

/// All that decides how records are judged, apart from the persons' own: what is in force where
/// and when.
package final class Ruling: Sendable {
    /// By SHA-256 of the file.
    let rulebooks: [String: Rulebook]
    let adoptions: [Adoption]
    let parameters: [Parameter]
    let institutions: [String: Institution]
    private let areas = Mutex<[String: AreaRuling]>([:])

    /// - Parameters:
    ///   - rulebooks: by SHA-256 of their files, as `policy.adopted` names them.
    ///   - institutions: by code.
    package init(
        rulebooks: [String: Rulebook], adoptions: [Adoption], parameters: [Parameter],
        institutions: [String: Institution]
    ) {
        self.rulebooks = rulebooks
        self.adoptions = adoptions
        self.parameters = parameters
        self.institutions = institutions
    }

    /// What is in force in an area.
    func area(_ code: String) -> AreaRuling {
        areas.withLock { areas in
            if let known = areas[code] { return known }
            let made = AreaRuling(code, self)
            areas[code] = made
            return made
        }
    }
}

/// GB/T 2260 codes: the area, its city, its province.
package enum AreaChain {
    package static func of(_ code: String) -> [String] {
        var chain = [code]
        for length in [4, 2] {
            let wider = code.prefix(length) + String(repeating: "0", count: 6 - length)
            if !chain.contains(String(wider)) { chain.append(String(wider)) }
        }
        return chain
    }

    /// Whether both lie in one pooling area, which is a city.
    static func areInOneCity(_ first: String, _ second: String) -> Bool {
        first.prefix(4) == second.prefix(4)
    }
}

/// What is in force in one area, through time.
final class AreaRuling: Sendable {
    let code: String
    let parameters: ParameterBook
    /// The spans in which rulebooks are in force, in order of their names.
    let spans: [Span]
    private let stacks = Mutex<[[Int]: PolicyStack]>([:])
    let basicTerms = TermsCache<BasicTerms>()
    let majorIllnessTerms = TermsCache<MajorIllnessTerms>()
    let majorIllnessScope = TermsCache<Bool>()
    let aidBaseRules = TermsCache<[String]>()
    let aidTerms = TermsCache<AidTerms>()

    /// A rulebook is in force from a day to a day.
    final class Span: Sendable {
        let name: String
        /// The area of its adoption.
        let area: String
        let sha256: String
        /// nil where the ledger has not got the file.
        let rulebook: Rulebook?
        /// The clause of the period.
        let rule: String?
        let from: CivilDate
        let to: CivilDate?
        /// How the rulebook says that a record's day is found.
        let attribution: Choice<DateName>?

        init(
            name: String, area: String, sha256: String, rulebook: Rulebook?, rule: String?,
            from: CivilDate, to: CivilDate?
        ) {
            self.name = name
            self.area = area
            self.sha256 = sha256
            self.rulebook = rulebook
            self.rule = rule
            self.from = from
            self.to = to
            attribution = rulebook?.attribution?.value
        }

        func contains(_ day: CivilDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
    }

    init(_ code: String, _ ruling: Ruling) {
        self.code = code
        let chain = AreaChain.of(code)
        parameters = ParameterBook(ruling.parameters, chain: chain)
        let here = ruling.adoptions.filter { chain.contains($0.area) }
        spans = Dictionary(grouping: here, by: \.rulebook).sorted { $0.key < $1.key }
            .flatMap { AreaRuling.spans(of: $0.value, ruling, chain) }
    }

    /// One rulebook's adoptions, each in force until the next.
    private static func spans(
        of adoptions: [Adoption], _ ruling: Ruling, _ chain: [String]
    ) -> [Span] {
        let sorted = adoptions.sorted { ($0.effectiveFrom, $0.key) < ($1.effectiveFrom, $1.key) }
        return sorted.indices.flatMap { index -> [Span] in
            let adoption = sorted[index]
            let next = index + 1 < sorted.count ? sorted[index + 1].effectiveFrom : nil
            let end = next.map { CivilDate(dayNumber: $0.dayNumber - 1) }
            guard let rulebook = ruling.rulebooks[adoption.sha256] else {
                return [span(adoption, nil, nil, adoption.effectiveFrom, end)].compactMap { $0 }
            }
            guard chain.contains(rulebook.area) else { return [] }
            return rulebook.inForce.compactMap { period in
                span(
                    adoption, rulebook, period.rule,
                    max(adoption.effectiveFrom, period.from ?? adoption.effectiveFrom),
                    [end, period.to].compactMap { $0 }.min())
            }
        }
    }

    private static func span(
        _ adoption: Adoption, _ rulebook: Rulebook?, _ rule: String?, _ from: CivilDate,
        _ to: CivilDate?
    ) -> Span? {
        if let to, to < from { return nil }
        return Span(
            name: adoption.rulebook, area: adoption.area, sha256: adoption.sha256,
            rulebook: rulebook, rule: rule, from: from, to: to)
    }

    /// The rulebooks of these spans together.
    func stack(_ indices: [Int]) -> PolicyStack {
        stacks.withLock { stacks in
            if let known = stacks[indices] { return known }
            let made = PolicyStack(indices.compactMap { spans[$0].rulebook })
            stacks[indices] = made
            return made
        }
    }

    // MARK: Parameters

    func parameter(_ name: String, _ matter: Matter) -> Parameter.Value? {
        parameters.value(name, matter)
    }

    func fen(_ name: String, _ matter: Matter) -> Int64? {
        if case .fen(let value) = parameter(name, matter) { value } else { nil }
    }

    func basisPoints(_ name: String, _ matter: Matter) -> Int64? {
        if case .basisPoints(let value) = parameter(name, matter) { value } else { nil }
    }

    func count(_ name: String, _ matter: Matter) -> Int64? {
        if case .count(let value) = parameter(name, matter) { value } else { nil }
    }

    func codes(_ name: String, _ matter: Matter) -> [String]? {
        if case .codes(let value) = parameter(name, matter) { value } else { nil }
    }

    func tiers(_ name: String, _ matter: Matter) -> [Parameter.Tier]? {
        if case .tiers(let value) = parameter(name, matter) { value } else { nil }
    }

    func code<Code: RawRepresentable>(
        _ name: String, _ matter: Matter
    ) -> Code? where Code.RawValue == String {
        codes(name, matter)?.first.flatMap { Code(rawValue: $0) }
    }

    /// What a choice comes to; nil where it is left to a parameter that is not laid down.
    func resolve<Code: RawRepresentable>(
        _ choice: Choice<Code>, _ matter: Matter
    ) -> Code? where Code.RawValue == String {
        switch choice {
        case .laidDown(let value): value
        case .parameter(let name): code(name, matter)
        }
    }

    func missing(_ name: String, _ matter: Matter, rule: String? = nil) -> Gap {
        Gap.parameter(name, matter, area: code, rule: rule)
    }

    /// Whole fen; asks for the rounding only where there is a fraction that matters.
    ///
    /// - Parameter room: what is due at most in any case.
    func rounded(
        _ sum: Unrounded, _ matter: Matter, room: Int64? = nil
    ) throws(Gap) -> Int64 {
        let down = sum.rounded(.down)
        if sum.isWhole { return down }
        if let rounding: Rounding = code("rounding", matter) { return sum.rounded(rounding) }
        guard let room, down >= room else { throw missing("rounding", matter) }
        return down
    }
}
