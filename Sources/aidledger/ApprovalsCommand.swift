internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite

struct ApprovalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals", abstract: "List approvals of aid with their verdicts.",
        discussion: """
            With --above-cap those that were approved as being above the annual cap, or that name a \
            resolution, with the resolution, who took part in it, and by how much the year's aid \
            passes the cap that the resolution states.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var check: TableCheckOptions
    @OptionGroup var json: JSONOption

    @Flag(help: "Only approvals above the annual cap.")
    var aboveCap = false

    func run() throws {
        let judging = try Judging(ledger, try home.home())
        try judging.read(check, isQuiet: json.isWanted) { snapshot in
            let list = try ApprovalList(snapshot, isAboveCapOnly: aboveCap)
            try list.read { json.say(text($0), $0.json) }
        }
    }

    private func text(_ approval: ApprovalList.Approval) -> String {
        var text =
            "entry \(approval.seq): \(approval.verdict)  approved \(Fen(approval.amount)) for "
            + "\(approval.year), \(printable("\(approval.source) / \(approval.id)"))"
        if let resolution = approval.resolution {
            text += "; resolution \(printable("\(resolution.source) / \(resolution.id)"))"
            text +=
                resolution.signers.map { " of \($0.joined(separator: ", "))" }
                ?? " (not on the ledger)"
            if !resolution.signed.isEmpty { text += "; signed by \(resolution.signed.count)" }
        } else if approval.aidType == ApprovalList.aboveCap {
            text += "; no resolution"
        }
        if let excess = approval.excess { text += "; above the cap by \(Fen(excess))" }
        return text
    }
}

/// The approvals of a ledger with what resolutions say of them.
struct ApprovalList {
    static let aboveCap = "above-cap"

    struct Approval {
        let seq: Int64
        let source, id, area, aidType, verdict: String
        let year, amount: Int64
        let resolution: Resolution?
        /// By how much the year's aid up to and with this approval passes the cap that the
        /// resolution states, in fen; nil where none is stated.
        let excess: Int64?
    }

    struct Resolution {
        let source, id: String
        /// The departments that took part; nil where the resolution is not on the ledger.
        let signers: [String]?
        /// Those of them whose digital signatures hold.
        let signed: [String]
        /// Of its item for the person and year.
        let cap, approvedYearTotal: Int64?
    }

    private let snapshot: LedgerSnapshot
    private let isAboveCapOnly: Bool
    private let signatures: [Int64: [String]]

    init(_ snapshot: LedgerSnapshot, isAboveCapOnly: Bool) throws {
        self.snapshot = snapshot
        self.isAboveCapOnly = isAboveCapOnly
        signatures = try snapshot.resolutionSigners()
    }

    func read(_ body: (Approval) throws -> Void) throws {
        let condition =
            isAboveCapOnly
            ? "AND (approval.aidType = 'above-cap' OR approval.resolution_id IS NOT NULL)" : ""
        try snapshot.forEachRow(
            of: """
                SELECT approval.seq, approval.source, approval.id, approval.area, approval.aidType,
                  approval.year, approval.amountFen, approval.occurredOnDay,
                  approval.resolution_source, approval.resolution_id,
                  verdict.person, verdict.verdict
                FROM verdict
                JOIN aid_approved AS approval
                  ON approval.ledger = verdict.ledger AND approval.seq = verdict.seq
                WHERE verdict.ledger = 1 AND verdict.kind = 'aid.approved' \(condition)
                ORDER BY approval.seq
                """, [:]
        ) { columns, values in
            let row = AnswerRow(columns, values)
            let resolution = try resolution(of: row)
            try body(
                Approval(
                    seq: row.integer("seq") ?? 0, source: row.text("source"), id: row.text("id"),
                    area: row.text("area"), aidType: row.text("aidType"),
                    verdict: row.text("verdict"), year: row.integer("year") ?? 0,
                    amount: row.integer("amountFen") ?? 0, resolution: resolution,
                    excess: try resolution?.cap.map { max(try yearTotal(of: row) - $0, 0) }))
        }
    }

    private func resolution(of approval: AnswerRow) throws -> Resolution? {
        let (source, id) = (approval.text("resolution_source"), approval.text("resolution_id"))
        guard !source.isEmpty else { return nil }
        var seq: Int64?
        try snapshot.forEachRow(
            of: """
                SELECT seq FROM resolution_adopted
                WHERE ledger = 1 AND source = :source AND id = :id
                """, ["source": .text(source), "id": .text(id)]
        ) { seq = AnswerRow($0, $1).integer("seq") }
        // Those in force are here, and a reversal that was itself reversed counts for nothing.
        guard let seq, signatures[seq] != nil else {
            return Resolution(
                source: source, id: id, signers: nil, signed: [], cap: nil, approvedYearTotal: nil)
        }
        let item = try item(of: seq, for: approval)
        return Resolution(
            source: source, id: id, signers: try signers(of: seq),
            signed: signatures[seq] ?? [],
            cap: item?.integer("capFen"), approvedYearTotal: item?.integer("approvedYearTotalFen"))
    }

    private func signers(of resolution: Int64) throws -> [String] {
        var signers: [String] = []
        try snapshot.forEachRow(
            of: """
                SELECT department FROM resolution_adopted__departments
                WHERE ledger = 1 AND seq = :seq ORDER BY position
                """, ["seq": .integer(resolution)]
        ) { signers.append(AnswerRow($0, $1).text("department")) }
        return signers
    }

    /// - Parameter resolution: the `seq` of it.
    private func item(of resolution: Int64, for approval: AnswerRow) throws -> AnswerRow? {
        let persons = try snapshot.pseudonyms(of: approval.integer("person") ?? -1)
        var found: AnswerRow?
        try snapshot.forEachRow(
            of: """
                SELECT person, capFen, approvedYearTotalFen FROM resolution_adopted__items
                WHERE ledger = 1 AND seq = :seq AND year = :year ORDER BY position
                """,
            ["seq": .integer(resolution), "year": .integer(approval.integer("year") ?? 0)]
        ) {
            let row = AnswerRow($0, $1)
            if persons.contains(row.integer("person") ?? -1) { found = row }
        }
        return found
    }

    /// The aid of the person's year up to and with the approval: medical and second aid of claims
    /// and all approvals but tilt aid, as the cap counts them.
    private func yearTotal(of approval: AnswerRow) throws -> Int64 {
        var total: Int64 = 0
        try snapshot.forEachRow(
            of: """
                SELECT coalesce(sum(claim.amounts_medicalAidPaidFen
                  + coalesce(claim.amounts_secondAidPaidFen, 0)), 0) AS totalFen
                FROM verdict
                JOIN claim_settled AS claim
                  ON claim.ledger = verdict.ledger AND claim.seq = verdict.seq
                WHERE verdict.ledger = 1 AND verdict.person = :person AND verdict.year = :year
                  AND claim.settledAtSeconds < :end
                UNION ALL
                SELECT coalesce(sum(other.amountFen), 0) AS totalFen
                FROM verdict
                JOIN aid_approved AS other
                  ON other.ledger = verdict.ledger AND other.seq = verdict.seq
                WHERE verdict.ledger = 1 AND verdict.person = :person AND verdict.year = :year
                  AND other.aidType <> 'tilt'
                  AND (other.occurredOnDay < :day OR other.occurredOnDay = :day
                    AND (other.source < :source
                      OR other.source = :source AND other.id <= :id))
                """,
            [
                "person": .integer(approval.integer("person") ?? -1),
                "year": .integer(approval.integer("year") ?? 0),
                "day": .integer(day(approval)), "end": .integer(startOfDay(approval)),
                "source": .text(approval.text("source")), "id": .text(approval.text("id")),
            ]
        ) { total += AnswerRow($0, $1).integer("totalFen") ?? 0 }
        return total
    }

    private func day(_ approval: AnswerRow) -> Int64 { approval.integer("occurredOnDay") ?? 0 }

    /// In China's time, in seconds since 1970.
    private func startOfDay(_ approval: AnswerRow) -> Int64 {
        day(approval) * 86_400 - Moment.chinaOffsetSeconds
    }
}

extension ApprovalList.Approval {
    var json: [String: Any] {
        var object: [String: Any] = [
            "seq": seq, "source": source, "id": id, "area": area, "aidType": aidType,
            "year": year, "amountFen": amount, "verdict": verdict,
            "excessFen": Console.value(excess),
        ]
        object["resolution"] = Console.null
        if let resolution { object["resolution"] = resolution.json }
        return object
    }
}

extension ApprovalList.Resolution {
    var json: [String: Any] {
        [
            "source": source, "id": id, "signers": Console.value(signers), "signed": signed,
            "capFen": Console.value(cap),
            "approvedYearTotalFen": Console.value(approvedYearTotal),
        ]
    }
}
