package import AidRecords
package import Findings
internal import GRDB
internal import PolicyRules

/// Follows the money of one record through a state of a ledger.
package struct MoneyReader {
    let database: Database
    let catalogue: KindCatalogue
    private let origin: SubjectTrace.Origin
    private let rows: TraceRows
    private let columns: [TraceColumns]

    package init(_ snapshot: LedgerSnapshot, _ catalogue: KindCatalogue) throws {
        database = snapshot.database
        self.catalogue = catalogue
        columns = TraceColumns.all(of: catalogue)
        rows = try TraceRows(snapshot.database, catalogue, columns)
        origin = try TraceReader(snapshot, catalogue).origin
    }

    /// - Throws: `TraceRefusal`, `StoreError`.
    package func trace(_ name: TraceTarget.EntryName) throws -> MoneyTrace {
        let (seq, bytes) = try name.find(database)
        guard let kind = TraceTarget.EntryName.kind(of: bytes, catalogue),
            var row = try rows.row(of: kind, seq: seq)
        else { throw TraceRefusal.noEntry("\(seq)", size: origin.size) }
        let keys = Set(
            row.subjects.compactMap { named -> SubjectNumbers.Key? in
                if case .numbered(let key) = named { key } else { nil }
            })
        let names = try SubjectNumbers(database).pseudonyms(of: keys)
        row.entry.subjects = TraceReader.subjects(of: row, names)
        var trace = MoneyTrace(
            origin: origin, entry: row.entry, totalFen: row.entry.amountFen ?? 0)
        switch kind.name {
        case "claim.settled": try settlement(&trace)
        case "enrolment.subsidised": try subsidy(&trace)
        case "aid.approved":
            trace.legs = [try approval(seq: seq)]
        default: throw TraceRefusal.notMoney(seq: seq, kind: kind.name)
        }
        trace.labels = try labels(of: trace)
        return trace
    }

    private func labels(of trace: MoneyTrace) throws -> [TraceSubject: String] {
        var around = SubjectTrace(origin: trace.origin, start: .subject(.init(.person, "")))
        around.entries = [trace.entry]
        return try InstitutionNames.read(database, of: around)
    }

    // MARK: What a record owes

    private func settlement(_ trace: inout MoneyTrace) throws {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM claim_settled WHERE ledger = 1 AND seq = ?",
                arguments: [trace.entry.seq])
        else { return }
        var components: [Payer: [(words: Words, fen: Int64)]] = [:]
        for (field, payer) in payers(scheme: row["scheme"]) {
            guard let fen = row["amounts_\(field.name)"] as Int64?, fen != 0 else { continue }
            components[payer, default: []].append((MoneyReader.withoutUnit(field.words), fen))
        }
        let institution: String = row["institution"]
        for (payer, owed) in components.sorted(by: { $0.key < $1.key }) {
            var leg = MoneyLeg(role: payer.role, fund: payer.fund, components: owed)
            if let fund = payer.fund {
                let names = payers(scheme: row["scheme"]).filter { $0.1 == payer }.map(\.0.name)
                try pay(&leg, claim: trace.entry, fund: fund)
                try clear(&leg, trace.entry, institution: institution, fund: fund, names)
            }
            trace.legs.append(leg)
        }
        if let advance = try advance(row, trace.entry) { trace.legs.append(advance) }
        for seq in try approvals(of: trace.entry) { trace.legs.append(try approval(seq: seq)) }
        trace.receipts = try receipts(trace, year: row["benefitYear"])
    }

    /// Who pays a share of a bill.
    struct Payer: Hashable, Comparable {
        let role: MoneyLeg.Role
        let fund: String?

        static func < (first: Payer, second: Payer) -> Bool {
            (first.order, first.fund ?? "") < (second.order, second.fund ?? "")
        }

        private var order: Int {
            switch role {
            case .fund: 0
            case .borne: 1
            case .other: 2
            case .afterwards: 3
            }
        }
    }

    /// The payers of a bill, as `claim.settled` declares them, and the fund that each pays from.
    private func payers(scheme: String) -> [(Field, Payer)] {
        guard let body = catalogue.kind("claim.settled")?.body,
            let position = body.position("amounts"),
            case .object(let amounts) = body.fields[position].type
        else { return [] }
        return amounts.fields.compactMap { field in
            let payer: Payer? =
                switch field.name {
                case "medicalAidPaidFen", "secondAidPaidFen", "tiltAidPaidFen":
                    Payer(role: .fund, fund: "medical-aid")
                case "targetedFundPaidFen": Payer(role: .fund, fund: "targeted-poverty")
                case "basicPaidFen":
                    Payer(
                        role: .fund,
                        fund: scheme == "employee" ? "basic-employee" : "basic-resident")
                case "majorIllnessPaidFen": Payer(role: .fund, fund: "major-illness")
                case "cashPaidFen", "accountPaidFen", "accountMutualPaidFen", "hospitalBorneFen":
                    Payer(role: .borne, fund: nil)
                default:
                    field.name.hasSuffix("PaidFen") ? Payer(role: .other, fund: nil) : nil
                }
            return payer.map { (field, $0) }
        }
    }

    private func subsidy(_ trace: inout MoneyTrace) throws {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM enrolment_subsidised WHERE ledger = 1 AND seq = ?",
                arguments: [trace.entry.seq])
        else { return }
        trace.totalFen = row["premiumFen"]
        let fund: String = row["fund"]
        var leg = MoneyLeg(
            role: .fund, fund: fund,
            components: [(words(of: "subsidyFen", in: "enrolment.subsidised"), row["subsidyFen"])])
        leg.follow()
        if let source: String = row["batch_source"] {
            try transfer(&leg, batch: RecordKey(source: source, id: row["batch_id"]))
        } else {
            leg.notes.append(
                Words(zh: "记录未载明随哪一笔划拨", en: "the record names no transfer that carried it"))
        }
        trace.legs = [leg]
        let own: Int64 = row["personPaidFen"]
        if own != 0 {
            let component = (
                words: words(of: "personPaidFen", in: "enrolment.subsidised"), fen: own
            )
            trace.legs.append(MoneyLeg(role: .borne, fund: nil, components: [component]))
        }
        trace.receipts = try receipts(trace, year: row["year"])
    }

    func words(of field: String, in kind: String) -> Words {
        let body = catalogue.kind(kind)?.body
        let position = body?.position(field)
        let words = position.flatMap { body?.fields[$0].words } ?? Words(zh: field, en: field)
        return MoneyReader.withoutUnit(words)
    }

    /// The words of an amount in fen, which is shown in yuan.
    private static func withoutUnit(_ words: Words) -> Words {
        func cut(_ text: String, _ unit: String) -> String {
            text.hasSuffix(unit) ? String(text.dropLast(unit.count)) : text
        }
        return Words(zh: cut(words.zh, "（分）"), en: cut(words.en, " in fen"))
    }

    private func approvals(of claim: TraceEntry) throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT DISTINCT seq FROM aid_approved__claims
                WHERE ledger = 1 AND source = ? AND id = ? ORDER BY seq
                """, arguments: [claim.source, claim.id])
    }

    private func receipts(_ trace: MoneyTrace, year: Int64) throws -> [MoneyReceipt] {
        let area = trace.entry.area
        let areas = [area, "\(area.prefix(4))00", "\(area.prefix(2))0000"]
        return try Set(trace.legs.compactMap(\.fund)).sorted().flatMap { fund in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT fundSource, area, toAccount, count(*) AS records,
                      sum(amountFen) AS amountFen
                    FROM live_fund_received
                    WHERE ledger = 1 AND fund = ? AND year = ? AND area IN (?, ?, ?)
                    GROUP BY fundSource, area, toAccount ORDER BY area, fundSource, toAccount
                    """, arguments: [fund, year, areas[0], areas[1], areas[2]]
            ).map {
                MoneyReceipt(
                    fund: fund, fundSource: $0["fundSource"], area: $0["area"],
                    toAccount: $0["toAccount"], count: $0["records"],
                    amountFen: $0["amountFen"])
            }
        }
    }
}
