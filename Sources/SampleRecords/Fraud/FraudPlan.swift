/// What is planted, when, and by whom. It draws from a source of its own, so that a sample without
/// fraud does not depend on it, and its records come on top of those that were asked for.
struct FraudPlan {
    let ofEachRule: Int
    private(set) var records: [PlantedRecord] = []
    /// The persons of the cases, each in one case only.
    var cast: [Member: Actor] = [:]
    /// Households taken so far, by county.
    var households: [Int: Int] = [:]
    /// Accounts of cases so far, which are nobody's own.
    var accounts = 0
    /// Set while planted records are written.
    private(set) var isPlanting = false
    /// Who enters the next records, and at which second of the day, where it is part of a case.
    var operatorName: String?
    var second: Int?
    /// On which day the next records' matter took place, where they are sent in later.
    var occurredOn: Day?
    /// What is attached to the next records.
    var attachment: Attachment?
    /// What becomes of the records that come round by themselves.
    var omissions = Omissions()
    /// So much is bent at places and in years that only one case may have.
    var taken: Set<String> = []

    private var random: RandomSource
    private var deeds: [Day: [Deed]] = [:]
    private var cases: [String: Int] = [:]

    init(ofEachRule count: Int, seed: UInt64) {
        ofEachRule = count
        random = RandomSource(seed: mixed(seed) ^ 0x00F4_A0D0)
    }

    var isActive: Bool { ofEachRule > 0 }

    // MARK: Cases

    /// Begins a case; its name is the rule's with a number.
    mutating func open(
        _ rule: String, _ shape: String, grade: String, also: [String], isSound: Bool
    ) -> FraudCase {
        cases[rule, default: 0] += 1
        return FraudCase(
            name: rule + "-" + String(cases[rule, default: 0]), rule: rule, shape: shape,
            grade: grade, also: also, isSound: isSound)
    }

    mutating func note(_ planted: FraudCase, _ reference: Reference, subject: String = "") {
        records.append(
            PlantedRecord(planted: planted, reference: reference, subject: subject))
    }

    // MARK: Deeds

    mutating func add(_ deed: @escaping Deed, on day: Day) {
        deeds[day, default: []].append(deed)
    }

    mutating func take(_ day: Day) -> [Deed] { deeds.removeValue(forKey: day) ?? [] }

    /// From here on chance is the plan's own, until it is called again.
    mutating func change(_ other: inout RandomSource) {
        isPlanting.toggle()
        (random, other) = (other, random)
    }
}

/// What is done on a day; it may put off more to later ones.
typealias Deed = (inout Simulation) -> Void

/// A case of fraud or breach, or something sound that looks like one.
struct FraudCase {
    let name: String
    let rule: String
    let shape: String
    let grade: String
    /// Other rules that the same records rightly set off.
    let also: [String]
    let isSound: Bool
}

/// A person of a case.
struct Actor {
    var person: Person
    /// Index in `Simulation.benefitYears`.
    let state: Int
}

/// One record of a planted case.
package struct PlantedRecord {
    let planted: FraudCase
    package let reference: Reference
    let subject: String

    package var rule: String { planted.rule }
    package var isSound: Bool { planted.isSound }

    package static let header = [
        "case", "rule", "label", "grade", "source", "id", "also", "shape", "subject",
    ].joined(separator: "\t")

    /// A line of the truth file, without its end.
    package var line: String {
        [
            planted.name, planted.rule, planted.isSound ? "look-alike" : "case", planted.grade,
            reference.source, reference.id, planted.also.joined(separator: ","), planted.shape,
            subject,
        ].joined(separator: "\t")
    }
}

/// What a person of a case shares with others, or gives wrongly.
struct Particulars {
    var phone: String?
    var address: String?
    var account: String?
    var idNumber: String?
}

/// By how much what a claim states differs from what it comes to, in fen.
struct Misstatement {
    var total = 0
    var overLimit = 0
    var cash = 0
}
