internal import AidRecords
internal import Findings
internal import GRDB
internal import PolicyRules

/// The entries by which money reached those to whom it was owed.
extension MoneyReader {
    // MARK: Clearing with an institution

    /// Adds the clearings that cover a claim: those that list it, or where a request lists none,
    /// those of its institution, fund and month.
    func clear(
        _ leg: inout MoneyLeg, _ claim: TraceEntry, institution: String, fund: String,
        _ components: [String]
    ) throws {
        let requests = try Row.fetchAll(
            database,
            sql: """
                SELECT seq, source, id, occurredOnDay, period, amountFen, claimCount,
                  EXISTS (SELECT 1 FROM live_clearing_requested AS live
                    WHERE live.ledger = request.ledger AND live.seq = request.seq) AS stands,
                  EXISTS (SELECT 1 FROM clearing_requested__claims AS item
                    WHERE item.ledger = request.ledger AND item.seq = request.seq) AS lists
                FROM clearing_requested AS request
                WHERE ledger = 1 AND institution = ? AND fund = ?
                  AND (seq IN (SELECT item.seq FROM clearing_requested__claims AS item
                      WHERE item.ledger = 1 AND item.source = ? AND item.id = ?)
                    OR (period = ? AND NOT EXISTS (SELECT 1 FROM clearing_requested__claims AS item
                      WHERE item.ledger = 1 AND item.seq = request.seq)))
                ORDER BY seq
                """,
            arguments: [
                institution, fund, claim.source, claim.id, String(claim.day.description.prefix(7)),
            ])
        // Of requests that list no claims, the claim is in one, or was paid by itself: they count
        // together, or not at all.
        let isPaidItself = leg.steps.contains { $0.kind == "aid.paid" && !$0.isReversed }
        var unlisted = Cleared()
        var all: [Cleared] = []
        for request in requests where request["lists"] as Bool || !isPaidItself {
            let cleared = try clear(&leg, request, institution, fund, components)
            if request["lists"] as Bool { all.append(cleared) } else { unlisted.add(cleared) }
        }
        // What was paid in full first: a part of another request is then no second payment.
        for cleared in (all + [unlisted]).sorted(by: { $0.shortFen < $1.shortFen }) {
            leg.arrive(cleared)
        }
        guard requests.isEmpty, leg.steps.isEmpty else { return }
        let isKnown = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM clearing_requested WHERE ledger = 1 AND fund = ?)",
            arguments: [fund])
        if isKnown == true {
            leg.follow()
        } else {
            leg.notes.append(
                Words(
                    zh: "账本没有该资金的任何清算，无从追踪",
                    en: "no clearing of this fund is on the ledger: it is not followed"))
        }
    }

    private func clear(
        _ leg: inout MoneyLeg, _ row: Row, _ institution: String, _ fund: String,
        _ components: [String]
    ) throws -> Cleared {
        var request = MoneyStep(
            seq: row["seq"], kind: "clearing.requested", day: day(row), amountFen: row["amountFen"])
        let (stands, lists): (Bool, Bool) = (row["stands"], row["lists"])
        request.isReversed = !stands
        let count: Int64 = row["claimCount"]
        let listed = lists ? try listed(request.seq, components) : request.amountFen
        request.details.append(
            Words(
                zh: "所涉 \(grouped(count)) 笔结算" + (lists ? "，合计 \(Fen(listed))" : "（未列明细，按机构和月份）"),
                en: "\(grouped(count)) claims"
                    + (lists
                        ? ", which come to \(Fen(listed))"
                        : " (not listed: by institution and month)")))
        leg.steps.append(request)
        leg.follow()
        var cleared = Cleared()
        guard stands else { return cleared }
        cleared.requestedFen = request.amountFen
        cleared.listedFen = listed
        for row in try payments(of: row) {
            let (step, fen) = clearing(row, institution)
            leg.steps.append(step)
            if !step.isReversed { cleared.paidFen &+= fen }
            if row["prepaymentAppliedFen"] as Int64 > 0 {
                leg.steps += try prepayments(institution, fund, before: step.seq)
            }
        }
        return cleared
    }

    private func day(_ row: Row) -> CivilDate {
        CivilDate(dayNumber: Int(row["occurredOnDay"] as Int64))
    }

    /// What the claims that a request lists come to, of these components.
    private func listed(_ seq: Int64, _ components: [String]) throws -> Int64 {
        let sum = components.map { "coalesce(claim.amounts_\($0), 0)" }.joined(separator: " + ")
        return try Int64.fetchOne(
            database,
            sql: """
                SELECT coalesce(sum(\(sum)), 0) FROM clearing_requested__claims AS item
                JOIN entry ON entry.ledger = item.ledger AND entry.source = item.source
                  AND entry.id = item.id
                JOIN live_claim_settled AS claim ON claim.ledger = entry.ledger
                  AND claim.seq = entry.seq
                WHERE item.ledger = 1 AND item.seq = ?
                """, arguments: [seq]) ?? 0
    }

    private func payments(of request: Row) throws -> [Row] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT paid.*, EXISTS (SELECT 1 FROM live_clearing_paid AS live
                  WHERE live.ledger = paid.ledger AND live.seq = paid.seq) AS stands
                FROM clearing_paid AS paid
                WHERE ledger = 1 AND request_source = ? AND request_id = ? ORDER BY seq
                """, arguments: [request["source"], request["id"]])
    }

    private func clearing(_ row: Row, _ institution: String) -> (MoneyStep, Int64) {
        let (paid, applied): (Int64, Int64) = (row["paidFen"], row["prepaymentAppliedFen"])
        let disallowed: Int64 = row["disallowedFen"]
        var step = MoneyStep(
            seq: row["seq"], kind: "clearing.paid", day: day(row), amountFen: paid)
        step.from = row["fromAccount"]
        step.to = institution
        step.isReversed = !(row["stands"] as Bool)
        if applied != 0 {
            step.details.append(
                Words(zh: "另冲抵预付 \(Fen(applied))", en: "and \(Fen(applied)) of prepayments applied")
            )
        }
        if disallowed != 0 {
            step.details.append(
                Words(zh: "扣减 \(Fen(disallowed))", en: "\(Fen(disallowed)) disallowed"))
        }
        return (step, paid &+ applied)
    }

    /// The prepayments to an institution on which a clearing may have drawn.
    private func prepayments(
        _ institution: String, _ fund: String, before seq: Int64
    ) throws -> [MoneyStep] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT seq, occurredOnDay, amountFen, fromAccount FROM live_prepayment_made
                WHERE ledger = 1 AND institution = ? AND fund = ? AND seq < ? ORDER BY seq
                """, arguments: [institution, fund, seq]
        ).map { row in
            var step = MoneyStep(
                seq: row["seq"], kind: "prepayment.made", day: day(row),
                amountFen: row["amountFen"])
            step.from = row["fromAccount"]
            step.to = institution
            return step
        }
    }

    // MARK: Advances among funds

    /// What another fund advanced of the medical aid, and whether it had it back.
    func advance(_ claim: Row, _ entry: TraceEntry) throws -> MoneyLeg? {
        guard let advanced: Int64 = claim["amounts_medicalAidAdvancedFen"], advanced != 0,
            let by: String = claim["amounts_medicalAidAdvancedBy"]
        else { return nil }
        let fund = catalogue.codes["fund"]?.words(by) ?? Words(zh: by, en: by)
        let words = Words(
            zh: "归还垫付的医疗救助：\(fund.zh)", en: "Repaying medical aid advanced: \(fund.en)")
        var leg = MoneyLeg(role: .afterwards, fund: "medical-aid", components: [(words, advanced)])
        leg.follow()
        let offsets = try Row.fetchAll(
            database,
            sql: """
                SELECT booked.seq, booked.occurredOnDay, booked.amountFen, booked.fromFund,
                  booked.toFund,
                  EXISTS (SELECT 1 FROM live_offset_booked AS live
                    WHERE live.ledger = booked.ledger AND live.seq = booked.seq) AS stands,
                  (SELECT coalesce(sum(claim.amounts_medicalAidAdvancedFen), 0)
                   FROM offset_booked__claims AS other
                   JOIN entry ON entry.ledger = other.ledger AND entry.source = other.source
                     AND entry.id = other.id
                   JOIN live_claim_settled AS claim ON claim.ledger = entry.ledger
                     AND claim.seq = entry.seq
                   WHERE other.ledger = booked.ledger AND other.seq = booked.seq) AS listed
                FROM offset_booked__claims AS item
                JOIN offset_booked AS booked ON booked.ledger = item.ledger
                  AND booked.seq = item.seq
                WHERE item.ledger = 1 AND item.source = ? AND item.id = ? ORDER BY booked.seq
                """, arguments: [entry.source, entry.id])
        for row in offsets {
            var step = MoneyStep(
                seq: row["seq"], kind: "offset.booked", day: day(row), amountFen: row["amountFen"])
            step.from = row["fromFund"]
            step.to = row["toFund"]
            step.isReversed = !(row["stands"] as Bool)
            leg.steps.append(step)
            if !step.isReversed { leg.arrive(step.amountFen, forAllOf: row["listed"]) }
        }
        return leg
    }

    // MARK: Payments to a person's account

    /// Adds the payments of a claim itself, less what came back.
    func pay(_ leg: inout MoneyLeg, claim: TraceEntry, fund: String) throws {
        try pay(&leg, "claim", RecordKey(source: claim.source, id: claim.id), fund: fund)
    }

    /// Aid approved on application.
    func approval(seq: Int64) throws -> MoneyLeg {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT approved.*, EXISTS (SELECT 1 FROM live_aid_approved AS live
                  WHERE live.ledger = approved.ledger AND live.seq = approved.seq) AS stands
                FROM aid_approved AS approved WHERE ledger = 1 AND seq = ?
                """, arguments: [seq])
        guard let row else { return MoneyLeg(role: .afterwards, fund: nil, components: []) }
        let stands: Bool = row["stands"]
        let type: String = row["aidType"]
        let words =
            catalogue.codes["aid-type"]?.words(type) ?? Words(zh: type, en: type)
        let approved: Int64 = row["amountFen"]
        var leg = MoneyLeg(
            role: .afterwards, fund: nil,
            components: [(words: words, fen: stands ? approved : 0)])
        leg.follow()
        var step = MoneyStep(
            seq: seq, kind: "aid.approved", day: day(row), amountFen: row["amountFen"])
        step.from = row["approver"]
        step.isReversed = !stands
        leg.steps.append(step)
        try pay(&leg, "approval", RecordKey(source: row["source"], id: row["id"]), fund: nil)
        return leg
    }

    private func pay(
        _ leg: inout MoneyLeg, _ reference: String, _ key: RecordKey, fund: String?
    ) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT paid.*, subject.pseudonym AS account,
                  EXISTS (SELECT 1 FROM live_aid_paid AS live
                    WHERE live.ledger = paid.ledger AND live.seq = paid.seq) AS stands
                FROM aid_paid AS paid
                LEFT JOIN subject ON subject.ledger = paid.ledger
                  AND subject.seq = paid.payee_account AND subject.pseudonym LIKE 'a:%'
                WHERE paid.ledger = 1 AND paid.\(reference)_source = ? AND paid.\(reference)_id = ?
                ORDER BY paid.seq
                """, arguments: [key.source, key.id])
        for row in rows {
            if let fund, row["fund"] as String != fund { continue }
            var step = MoneyStep(
                seq: row["seq"], kind: "aid.paid", day: day(row), amountFen: row["amountFen"])
            step.from = row["fromAccount"]
            step.to = row["account"] ?? row["channel"]
            step.isReversed = !(row["stands"] as Bool)
            let relation: String = row["payee_relation"]
            let word = catalogue.codes["payee-relation"]?.words(relation)
            step.details.append(word ?? Words(zh: relation, en: relation))
            leg.steps.append(step)
            guard !step.isReversed else { continue }
            leg.arrive(step.amountFen)
            try takeBack(&leg, row)
        }
    }

    private func takeBack(_ leg: inout MoneyLeg, _ payment: Row) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT seq, occurredOnDay, amountFen FROM live_payment_returned
                WHERE ledger = 1 AND payment_source = ? AND payment_id = ? ORDER BY seq
                """, arguments: [payment["source"], payment["id"]])
        for row in rows {
            var step = MoneyStep(
                seq: row["seq"], kind: "payment.returned", day: day(row),
                amountFen: row["amountFen"])
            step.from = payment["account"] ?? ""
            step.to = payment["fromAccount"]
            leg.steps.append(step)
            leg.arrive(0 &- step.amountFen)
        }
    }

    // MARK: Transfers of subsidies

    func transfer(_ leg: inout MoneyLeg, batch: RecordKey) throws {
        let found = try Row.fetchOne(
            database,
            sql: """
                SELECT transferred.*, EXISTS (SELECT 1 FROM live_fund_transferred AS live
                  WHERE live.ledger = transferred.ledger AND live.seq = transferred.seq) AS stands
                FROM fund_transferred AS transferred
                JOIN entry ON entry.ledger = transferred.ledger AND entry.seq = transferred.seq
                WHERE entry.ledger = 1 AND entry.source = ? AND entry.id = ?
                """, arguments: [batch.source, batch.id])
        guard let row = found else {
            leg.notes.append(
                Words(
                    zh: "所指划拨 \(batch.source)/\(batch.id) 不在账本上",
                    en:
                        "the transfer \(batch.source)/\(batch.id) that it names is not on the ledger"
                ))
            return
        }
        if let source: String = row["request_source"] {
            leg.steps += try request(RecordKey(source: source, id: row["request_id"]))
        }
        let listed = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS records, coalesce(sum(subsidyFen), 0) AS fen
                FROM live_enrolment_subsidised
                WHERE ledger = 1 AND batch_source = ? AND batch_id = ?
                """, arguments: [batch.source, batch.id])
        let (count, fen): (Int64, Int64) = (listed?["records"] ?? 0, listed?["fen"] ?? 0)
        var step = MoneyStep(
            seq: row["seq"], kind: "fund.transferred", day: day(row), amountFen: row["amountFen"])
        step.from = row["fromAccount"]
        step.to = row["toAccount"]
        step.isReversed = !(row["stands"] as Bool)
        step.details.append(
            Words(
                zh: "随此划拨的资助 \(grouped(count)) 笔，合计 \(Fen(fen))",
                en: "\(grouped(count)) subsidies name it, which come to \(Fen(fen))"))
        leg.steps.append(step)
        if !step.isReversed { leg.arrive(step.amountFen, forAllOf: fen) }
    }

    private func request(_ key: RecordKey) throws -> [MoneyStep] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT request.seq, request.occurredOnDay, request.amountFen
                FROM subsidy_requested AS request
                JOIN entry ON entry.ledger = request.ledger AND entry.seq = request.seq
                WHERE entry.ledger = 1 AND entry.source = ? AND entry.id = ?
                """, arguments: [key.source, key.id]
        ).map {
            MoneyStep(
                seq: $0["seq"], kind: "subsidy.requested", day: day($0),
                amountFen: $0["amountFen"])
        }
    }
}

/// What came of a request, or of several together; in fen.
private struct Cleared {
    var requestedFen: Int64 = 0
    /// What the claims that it lists come to; of a request that lists none, what it asks for.
    var listedFen: Int64 = 0
    var paidFen: Int64 = 0

    var shortFen: Int64 { max(listedFen &- paidFen, 0) }

    mutating func add(_ other: Cleared) {
        requestedFen &+= other.requestedFen
        listedFen &+= other.listedFen
        paidFen &+= other.paidFen
    }
}

extension MoneyLeg {
    /// A request may ask for more than its claims come to, such as for aid approved afterwards:
    /// too much is only what is above both.
    fileprivate mutating func arrive(_ cleared: Cleared) {
        guard cleared.requestedFen != 0 || cleared.paidFen != 0 else { return }
        let asked = max(cleared.listedFen, cleared.requestedFen)
        arrive(
            cleared.paidFen, forAllOf: cleared.listedFen, above: max(cleared.paidFen &- asked, 0))
    }
}
