internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite
internal import PolicyRules

struct VerdictsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdicts",
        abstract: "List what each subsidy, settlement and approval is found to be.",
        discussion: """
            What was recorded since they were last judged is judged first. Expected is the least \
            that was due, each layer reckoned from those before it as they were recorded; \
            re-performed, with every layer reckoned anew. `aidledger policy explain LEDGER SEQ` says \
            how.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var check: TableCheckOptions
    @OptionGroup var json: JSONOption

    @Option(help: "Only those counted against the limits of this year.")
    var year: Int?

    @Option(
        help: """
            Only these: exact, within, under, over, below-floor, in-breach, excused or \
            cannot-be-judged. May be given several times.
            """)
    var verdict: [Verdict] = []

    func run() throws {
        let judging = try Judging(ledger, try home.home())
        try judging.read(check, isQuiet: json.isWanted) { snapshot in
            var counts: [String: Int] = [:]
            try snapshot.forEachRow(of: sql, parameters) { columns, values in
                let row = AnswerRow(columns, values)
                counts[row.text("verdict"), default: 0] += 1
                if json.isWanted {
                    Console.output(bytes: VerdictLine.text(row))
                } else {
                    Console.output(line(row))
                }
            }
            if !json.isWanted { tell(counts) }
        }
    }

    private var parameters: [String: QueryValue] {
        var parameters: [String: QueryValue] = [:]
        parameters["year"] = year.map { .integer(Int64($0)) }
        return parameters
    }

    private var sql: String {
        let wanted = verdict.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            SELECT verdict.*, entry.source, entry.id
            FROM verdict JOIN entry ON entry.ledger = verdict.ledger AND entry.seq = verdict.seq
            WHERE verdict.ledger = 1\(year == nil ? "" : " AND verdict.year = :year")
            \(verdict.isEmpty ? "" : " AND verdict.verdict IN (\(wanted))")
            ORDER BY verdict.seq
            """
    }

    private func line(_ row: AnswerRow) -> String {
        let verdict = row.text("verdict")
        let padding = String(repeating: " ", count: max(17 - verdict.count, 1))
        var text =
            "entry \(row.integer("seq") ?? 0): \(verdict)\(padding)"
            + "paid \(row.yuan("actualFen")), due \(due(row)); \(row.text("kind")) "
            + printable("\(row.text("source")) / \(row.text("id"))")
        let reasons = row.list("missing", by: "\n")
        if !reasons.isEmpty { text += "; missing: " + printable(reasons.joined(separator: "; ")) }
        return text
    }

    private func due(_ row: AnswerRow) -> String {
        let (least, most) = (row.yuan("expectedFen"), row.yuan("expectedMostFen"))
        return least == most || most == "-" ? least : "\(least) to \(most)"
    }

    private func tell(_ counts: [String: Int]) {
        let listed = Verdict.allCases.compactMap { verdict in
            counts[verdict.rawValue].map { "\(grouped($0)) \(verdict.rawValue)" }
        }
        Console.output(listed.isEmpty ? "no verdicts" : listed.joined(separator: ", "))
    }
}

extension Verdict: ExpressibleByArgument {}
