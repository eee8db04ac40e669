package import AidRecords

/// Where the money of one settlement, subsidy or approval came from and where it arrived. All
/// amounts in fen.
package struct MoneyTrace: Sendable {
    package var origin: SubjectTrace.Origin
    package let entry: TraceEntry
    /// What the record says it comes to: the bill, the premium, the amount approved.
    package var totalFen: Int64
    package var legs: [MoneyLeg] = []
    /// What the funds received in the year, which is not divided among records.
    package var receipts: [MoneyReceipt] = []
    package var labels: [TraceSubject: String] = [:]

    package init(origin: SubjectTrace.Origin, entry: TraceEntry, totalFen: Int64) {
        self.origin = origin
        self.entry = entry
        self.totalFen = totalFen
    }

    /// What the payers come to, which should be the total; of an approval nil.
    package var payersFen: Int64? {
        let payers = legs.filter { $0.role != .afterwards }
        return payers.isEmpty ? nil : payers.reduce(0) { $0 &+ $1.dueFen }
    }

    /// What has not arrived for certain, of what is followed.
    package var missingLeastFen: Int64 { missing(\.arrivedMostFen) }
    package var missingMostFen: Int64 { missing(\.arrivedLeastFen) }

    private func missing(_ arrived: KeyPath<MoneyLeg, Int64?>) -> Int64 {
        legs.reduce(0) { sum, leg in
            sum &+ (leg[keyPath: arrived].map { max(leg.dueFen &- $0, 0) } ?? 0)
        }
    }

    /// What arrived for certain beyond what is owed, of what is followed.
    package var excessLeastFen: Int64 { excess(\.arrivedLeastFen) }
    package var excessMostFen: Int64 { excess(\.arrivedMostFen) }

    private func excess(_ arrived: KeyPath<MoneyLeg, Int64?>) -> Int64 {
        legs.reduce(0) { sum, leg in
            sum &+ (leg[keyPath: arrived].map { max($0 &- leg.dueFen, 0) } ?? 0)
        }
    }
}

/// What one payer owes, and the entries by which it was paid.
package struct MoneyLeg: Sendable {
    package enum Role: Sendable {
        /// A fund that pays through a clearing, a transfer or a payment.
        case fund
        /// The person, or the hospital itself: the record alone says so.
        case borne
        /// Whoever else: nothing on the ledger says how they pay.
        case other
        /// Aid that was approved afterwards, beside the bill.
        case afterwards
    }

    package let role: Role
    /// The fund's code, where it is one.
    package let fund: String?
    /// What is owed, as the record has it.
    package let components: [(words: Words, fen: Int64)]
    package var steps: [MoneyStep] = []
    /// What arrived at least and at most; nil where it is not followed.
    package private(set) var arrivedLeastFen: Int64?
    package private(set) var arrivedMostFen: Int64?
    package var notes: [Words] = []

    package init(role: Role, fund: String?, components: [(words: Words, fen: Int64)]) {
        self.role = role
        self.fund = fund
        self.components = components
    }

    package var dueFen: Int64 { components.reduce(0) { $0 &+ $1.fen } }

    /// Says that this leg is followed, if only to nothing.
    package mutating func follow() {
        arrivedLeastFen = arrivedLeastFen ?? 0
        arrivedMostFen = arrivedMostFen ?? 0
    }

    /// Money that arrived for this leg alone; negative where it went back.
    package mutating func arrive(_ fen: Int64) {
        follow()
        arrivedLeastFen = (arrivedLeastFen ?? 0) &+ fen
        arrivedMostFen = (arrivedMostFen ?? 0) &+ fen
    }

    /// Money that arrived for several records together.
    ///
    /// Where it covers all of them, each had its due. Where it does not, nothing says who went
    /// short: one record may have borne all of the shortfall, or none. Nor does anything say whose
    /// it is where it is too much, unless this record is the only one.
    ///
    /// - Parameter excess: by how much it is more than was asked for, in fen.
    package mutating func arrive(
        _ paidFen: Int64, forAllOf listedFen: Int64, above excess: Int64 = 0
    ) {
        follow()
        let short = max(listedFen &- paidFen, 0)
        let own = listedFen == dueFen ? excess : 0
        let (least, most) = (arrivedLeastFen ?? 0, arrivedMostFen ?? 0)
        // Where it was short, this record may have got what it had already as well, but need not.
        let room = short > 0 ? max(dueFen &- most, 0) : dueFen
        arrivedLeastFen = least &+ max(dueFen &- short, 0) &+ own
        arrivedMostFen = max(
            most &+ min(room, max(paidFen, 0)) &+ excess, arrivedLeastFen ?? 0)
    }
}

/// An entry by which money moved, or was asked for.
package struct MoneyStep: Hashable, Sendable {
    package let seq: Int64
    package let kind: String
    package let day: CivilDate
    /// Of the entry as a whole.
    package let amountFen: Int64
    package var from: String = ""
    package var to: String = ""
    package var isReversed = false
    package var details: [Words] = []

    package init(seq: Int64, kind: String, day: CivilDate, amountFen: Int64) {
        self.seq = seq
        self.kind = kind
        self.day = day
        self.amountFen = amountFen
    }
}

/// What a fund received from one source in the year.
package struct MoneyReceipt: Hashable, Sendable {
    package let fund: String
    package let fundSource: String
    package let area: String
    package let toAccount: String
    package let count: Int64
    package let amountFen: Int64

    package init(
        fund: String, fundSource: String, area: String, toAccount: String, count: Int64,
        amountFen: Int64
    ) {
        self.fund = fund
        self.fundSource = fundSource
        self.area = area
        self.toAccount = toAccount
        self.count = count
        self.amountFen = amountFen
    }
}
