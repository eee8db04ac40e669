import SampleRecords
import Testing

struct SampleMoneyTests {
    let sample: SampleReader

    init() throws {
        sample = try SampleReader.shared.get()
    }

    private static let components = [
        "compliantFen", "ownExpenseFen", "overLimitFen", "advanceSelfPayFen",
    ]
    private static let payers = [
        "basicPaidFen", "majorIllnessPaidFen", "employeeLargePaidFen", "civilServantPaidFen",
        "enterprisePaidFen", "medicalAidPaidFen", "secondAidPaidFen", "tiltAidPaidFen",
        "targetedFundPaidFen", "charityPaidFen", "supplementPaidFen", "hospitalBorneFen",
        "accountPaidFen", "accountMutualPaidFen", "cashPaidFen",
    ]

    @Test func everyClaimBalances() throws {
        for claim in sample.of(kind: "claim.settled") {
            let amounts = try #require(claim.body["amounts"] as? [String: Any])
            let fen = amounts.compactMapValues { $0 as? Int }
            let components = Self.components.reduce(0) { $0 + fen[$1, default: 0] }
            let payers = Self.payers.reduce(0) { $0 + fen[$1, default: 0] }
            #expect([components, payers] == [fen["totalFen"], fen["totalFen"]], "\(claim.id)")
            #expect(fen.values.allSatisfy { $0 >= 0 }, "\(claim.id)")
        }
    }

    @Test func nobodyIsGrantedMoreThanIsLeft() throws {
        let claims = Dictionary(
            uniqueKeysWithValues: sample.of(kind: "claim.settled").map { ($0.key, $0) })
        for approval in sample.of(kind: "aid.approved") {
            let list = try #require(approval.body["claims"] as? [Any])
            let claim = try #require(Key(list[0]).flatMap { claims[$0] })
            let amounts = try #require(claim.body["amounts"] as? [String: Any])
            #expect(approval.fen("amountFen") <= amounts["cashPaidFen"] as? Int ?? 0)
            #expect(approval.fen("amountFen") > 0)
        }
    }

    @Test(arguments: [true, false])
    func sourcesStateWhatTheySent(isMonthly: Bool) throws {
        let plan = Plan(entries: 8_000, seed: 6, monthlyFrom: isMonthly ? 0 : Int.max)
        let sample = try SampleReader(plan)
        var statements = 0
        var sent: [String: [ParsedRecord]] = [:]
        for record in sample.records { sent[record.kind + record.area, default: []].append(record) }
        for statement in sample.of(kind: "source.totalled") {
            statements += 1
            let from = statement.text("periodFrom")
            let to = statement.text("periodTo")
            let records = (sent[statement.text("recordKind") + statement.area] ?? [])
                .filter { from <= $0.occurredOn && $0.occurredOn <= to }
            #expect(statement.fen("count") == records.count)
            #expect(statement.fen("amountFen") == records.reduce(0) { $0 + amount(of: $1) })
            #expect(statement.body["firstId"] as? String == records.first?.id)
            #expect(statement.body["lastId"] as? String == records.last?.id)
            #expect(records.allSatisfy { $0.source == statement.source })
        }
        #expect(statements > 100)
    }

    private func amount(of record: ParsedRecord) -> Int {
        switch record.kind {
        case "claim.settled":
            (record.body["amounts"] as? [String: Any])?["totalFen"] as? Int ?? 0
        case "enrolment.subsidised": record.fen("subsidyFen")
        case "clearing.paid": record.fen("paidFen")
        default: record.fen("amountFen")
        }
    }

    @Test func requestsOfHospitalsArePaidDisallowedOrSetOff() throws {
        let requests = Dictionary(
            uniqueKeysWithValues: sample.of(kind: "clearing.requested").map { ($0.key, $0) })
        for payment in sample.of(kind: "clearing.paid") {
            let request = try #require(payment.reference("request").flatMap { requests[$0] })
            let sum =
                payment.fen("paidFen") + payment.fen("disallowedFen")
                + payment.fen("prepaymentAppliedFen")
            #expect(request.fen("amountFen") == sum)
        }
    }

    @Test(arguments: [1_000, 8_000])
    func balancesAreOpeningAndIncomeLessExpenditure(entries: Int) throws {
        let sample = try SampleReader(entries: entries, seed: 8)
        var books = SampleBooks()
        for record in sample.records { try books.post(record) }
        #expect(books.statements > 0)
    }
}

/// The books of every fund and area, kept from the records alone.
struct SampleBooks {
    private struct Book: Hashable {
        let area: String
        let fund: String
    }

    private var balances: [Book: Int] = [:]
    private var prepaid: [String: Int] = [:]
    private var requests: [Key: String] = [:]
    private(set) var statements = 0

    mutating func post(_ record: ParsedRecord) throws {
        let fen = record.fen("amountFen")
        switch record.kind {
        case "fund.received", "recovery.received": add(fen, record.text("fund"), record)
        case "payment.returned": add(fen, "medical-aid", record)
        case "enrolment.refunded" where record.text("to") == "fund":
            add(fen, record.text("fund"), record)
        case "fund.transferred": add(-fen, "medical-aid", record)
        case "aid.paid" where record.text("channel") != "hospital":
            add(-fen, record.text("fund"), record)
        case "prepayment.made": prepaid[record.area, default: 0] += fen
        case "prepayment.returned": prepaid[record.area, default: 0] -= fen
        case "clearing.requested": requests[record.key] = record.text("fund")
        case "clearing.paid": try clear(record)
        case "offset.booked":
            add(-fen, record.text("fromFund"), record)
            add(fen, record.text("toFund"), record)
        case "fund.balance-stated": compare(record)
        default: break
        }
    }

    private mutating func add(_ fen: Int, _ fund: String, _ record: ParsedRecord) {
        balances[Book(area: record.area, fund: fund), default: 0] += fen
    }

    /// What is set against a prepayment is spent too, but left the bank before.
    private mutating func clear(_ record: ParsedRecord) throws {
        let fund = try #require(record.reference("request").flatMap { requests[$0] })
        let applied = record.fen("prepaymentAppliedFen")
        add(-record.fen("paidFen") - applied, fund, record)
        prepaid[record.area, default: 0] -= applied
    }

    private mutating func compare(_ record: ParsedRecord) {
        let isTargeted = record.text("account") == "targeted-poverty-account"
        let book = Book(area: record.area, fund: isTargeted ? "targeted-poverty" : "medical-aid")
        guard let balance = balances[book], record.text("asOf") == record.occurredOn else {
            balances[book, default: 0] += record.fen("bookFen")
            return
        }
        statements += 1
        #expect(record.fen("bookFen") == balance)
        let advanced = isTargeted ? 0 : prepaid[record.area, default: 0]
        #expect(record.fen("bankFen") == balance - advanced)
        #expect(record.fen("bankFen") >= 0)
    }
}
