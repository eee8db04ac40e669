import AidRecords
import Foundation
import PolicyRules

/// Random numbers that a seed gives back.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// `AIDLEDGER_SEED`, else the same in each run, so that who has changed nothing sees nothing
    /// new.
    static let seed: UInt64 =
        ProcessInfo.processInfo.environment["AIDLEDGER_SEED"].flatMap { UInt64($0) } ?? 1

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func fen(_ most: Int64) -> Int64 { Int64.random(in: 0...max(0, most), using: &self) }

    mutating func one<Element>(of all: [Element]) -> Element {
        all[Int.random(in: 0..<all.count, using: &self)]
    }

    /// True one time in `count`.
    mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}

/// A locality and a person's year, made up on the ground of one of the settings.
struct RandomHistory {
    let setting: CaseSetting
    let year: Int
    let codes: CaseCodes
    var random: SeededRandom
    private(set) var parameters: [Parameter] = []

    /// The settings that are varied, with a year in which their rulebooks are in force.
    static let grounds: [(setting: String, year: Int)] = [
        ("tongliao", 2023), ("tongliao-layers", 2024), ("tongliao-tilt", 2023),
        ("liupanshui", 2018), ("jiangmen", 2019), ("jiangmen-with-province", 2020),
        ("guangdong-2017", 2018), ("guangdong-offset", 2018), ("guangdong-2022", 2023),
    ]

    init(_ setting: CaseSetting, year: Int, codes: CaseCodes, seed: UInt64) {
        self.setting = setting
        self.year = year
        self.codes = codes
        random = SeededRandom(seed: seed)
        parameters = setting.parameters.map { vary($0) }
    }

    private static let choices: [String: [String]] = [
        "rounding": ["half-up", "down"], "deductible-period": ["year", "stay"],
        "aid-base-mode": ["per-visit", "cumulative", "per-visit-then-cumulative"],
        "offset-mode": ["amount", "base"], "second-aid-base": ["residual", "total"],
        "tilt-mode": ["cumulative-per-visit", "year-end", "on-application"],
        "advance-self-pay-in-base": ["yes", "no"],
        "unreviewed-pays": ["nothing", "up-to-threshold"],
        "rejected-own-expense-borne-by": ["patient", "hospital"],
        "referral-required": ["never", "outside-county", "outside-coordination-area"],
    ]

    /// The parameter with another value of its kind; one in thirty goes under another year and
    /// so is missing.
    private mutating func vary(_ parameter: Parameter) -> Parameter {
        var parameter = parameter
        switch parameter.value {
        case .fen(let fen): parameter.value = .fen(random.fen(2 * max(fen, 50_000)))
        case .basisPoints: parameter.value = .basisPoints(random.fen(10_000))
        case .codes:
            if let choices = RandomHistory.choices[parameter.name] {
                parameter.value = .codes([random.one(of: choices)])
            }
        case .count, .date, .tiers: break
        }
        if random.once(in: 30) { parameter.year = year + 5 }
        return parameter
    }

    /// The value laid down for all by this name.
    func general(_ name: String) -> Parameter.Value? {
        parameters.last { $0.name == name && $0.category == nil && $0.year == nil }?.value
    }

    /// One to eight records of the year; their claims are numbered by their places.
    mutating func records() -> [String] {
        var records: [String] = []
        var claims: [Int] = []
        for number in 1...Int.random(in: 1...8, using: &random) {
            if !claims.isEmpty, random.once(in: 4) {
                records.append(approval(of: random.one(of: claims)))
            } else if random.once(in: 8) {
                records.append(subsidy())
            } else {
                records.append(claim(withOwnExpense: true))
                claims.append(number)
            }
        }
        return records
    }

    /// A claim whose layers pay no more than is left.
    mutating func claim(withOwnExpense: Bool) -> String {
        let visit = random.one(
            of: ["inpatient", "inpatient", "inpatient", "special-outpatient", "chronic-outpatient"])
        let compliant = random.fen(random.one(of: [2_000, 1_000_000, 30_000_000]))
        let basic = random.fen(compliant)
        let major = random.once(in: 2) ? 0 : random.fen(compliant - basic)
        let aid = random.fen(compliant - basic - major)
        let own = withOwnExpense && random.once(in: 3) ? random.fen(2_000_000) : 0
        let month = Int.random(in: 1...12, using: &random)
        let day = Int.random(in: 1...18, using: &random)
        let from = date(month, day)
        let to = date(month, day + Int.random(in: 0...10, using: &random))
        return "claim \(visit) \(from)..\(to) month=\(from.prefix(7)) compliant=\(compliant) "
            + "basic=\(basic) major=\(major) aid=\(aid) own=\(own)"
    }

    private mutating func approval(of claim: Int) -> String {
        let types = ["regular", "major-illness", "second", "tilt", "case-by-case"]
        return "approval \(random.one(of: types)) \(year) amount=\(random.fen(300_000)) "
            + "approved=\(date(12, 30)) claims=\(claim)"
    }

    private mutating func subsidy() -> String {
        let month = Int.random(in: 1...12, using: &random)
        return "subsidy \(year) premium=35000 paid=\(random.fen(35_000)) fund=medical-aid "
            + "approved=\(date(month, 20))"
    }

    private func date(_ month: Int, _ day: Int) -> String {
        CivilDate(year: year, month: month, day: day).map { "\($0)" } ?? "\(year)"
    }

    func history(_ records: [String]) throws -> PersonHistory {
        let place = CasePlace(file: "random", line: 1)
        return try CaseHistory(
            person: setting.person, records: records.map { try CasePhrase($0, at: place) },
            in: setting, codes: codes, at: place
        ).history
    }
}
