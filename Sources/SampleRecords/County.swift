/// The running state of one county.
struct County {
    let place: Place
    let population: Int
    var institutions: [Institution]
    /// Index of its first person in `Simulation.benefitYears`.
    let firstPerson: Int

    /// Books of the medical-aid fund and of the targeted-poverty fund.
    var books = [Books(), Books()]
    /// Aid advanced by hospitals and not yet asked for, by slot and fund.
    var advanced = Array(repeating: Advances(), count: Institution.Slot.count * 2)
    /// Aid that the targeted fund advanced for the medical-aid fund in the month.
    var toOffset = Advances()
    /// Prepaid to the institution of each slot and not yet set off.
    var prepaid = Array(repeating: 0, count: Institution.Slot.count)

    /// Subsidies not yet transferred.
    var batch = Batch()
    /// Persons on the list of aid recipients, and its changes since the last list.
    var listed = 0
    var added = 0
    var removed = 0
    /// Newborns so far.
    var newborns = 0
    /// A recent claim with aid, for what refers to any claim.
    var recentClaim: SettledClaim?
    var isOpen = false
}

/// A fund's book balance: opening + income − expenditure in cash. What is prepaid to hospitals
/// is expenditure only when it is set off, so the bank holds less than the books by that much.
struct Books {
    var balance = 0
    var spentThisYear = 0
    var spentLastYear = 0
}

struct Advances {
    var fen = 0
    var claims: [Reference] = []
    var count = 0

    /// The claims are named while they are few.
    static let namedAtMost = 100
}

struct Batch {
    var count = 0
    var fen = 0
}

/// What later records need to know of a claim.
struct SettledClaim {
    let reference: Reference
    let member: Member
    let slot: Int
    let day: Day
    let category: Category
    let amounts: Amounts
}

enum Fund: Int {
    case medicalAid = 0
    case targeted = 1

    var code: String { self == .medicalAid ? "medical-aid" : "targeted-poverty" }

    /// The account that a city keeps the fund in.
    func account(in city: Int) -> String {
        switch (self, city) {
        case (.targeted, _): "targeted-poverty-account"
        case (_, City.guangzhou), (_, City.jiangmen): "medical-aid-subaccount"
        default: "medical-aid-treasury-account"
        }
    }
}
