internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct TimesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "times",
        abstract: "Show between which times entries were made, by others' clocks.",
        discussion: """
            An entry was made before a time at which a witness or a time-stamping authority had \
            seen a checkpoint that covers it, and after every such time that stands in an entry \
            before it. Who gave these times is named: they are worth as much as those are \
            independent of the ledger's keeper. The chain is verified first.

            Told are entries recorded long after they happened, which is no fault by itself; and \
            contradictions: entries that say a time outside of their bounds, and bounds that \
            exclude each other. Exit status 1 where there are contradictions, where the ledger is \
            not sound, or where a time-stamp does not hold.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption
    @OptionGroup var tsa: TimeStampTrust

    @Option(
        help: ArgumentHelp("How many days after it happened an entry is late.", valueName: "days"))
    var late = 30

    @Option(
        help: ArgumentHelp("By how many seconds clocks may differ.", valueName: "seconds"))
    var tolerance: Int64 = 300

    @Option(
        help: "A policy (C2SP tlog-policy): only its witnesses count (default: all on the ledger).",
        completion: .file())
    var policy: String?

    @Option(
        help: "Where to write each entry of which something is told, as CSV.", completion: .file())
    var csv: String?

    func validate() throws {
        guard (0...400_000).contains(late) else {
            throw ValidationError("--late is a number of days, from 0.")
        }
        guard (0...1_000_000_000).contains(tolerance) else {
            throw ValidationError("--tolerance is a number of seconds, from 0.")
        }
        if csv == "-" { throw ValidationError("--csv needs the name of a file.") }
    }

    func run() throws {
        if let csv { try OutputGuard.check(csv) }
        let times = LedgerTimes(
            verifier: LedgerVerifier(
                paths: ledger.paths, catalogue: try home.home().kinds(), keys: KeyRing(),
                surroundings: .system),
            rules: TimeRules(lateDays: late, toleranceSeconds: tolerance),
            witnesses: try policy.map { Set(try ProofInput.policy($0).witnessKeys) },
            timeStamps: try tsa.verifier())
        let table = try csv.map(TimesTable.init)
        let bar = ProgressBar("reading", isQuiet: json.isWanted)
        let outcome = try times.run {
            bar.show($0, of: $1, count: Int($0), unit: "entries")
        } forEach: {
            try table?.add($0)
        }
        bar.finish()
        switch outcome {
        case .unsound(let verification):
            tellUnsound(verification)
            throw ExitCode(Status.answerIsNo.rawValue)
        case .report(let report, let evidence, let verification):
            try table?.finish()
            let telling = TimesTelling(
                report: report, evidence: evidence, origin: verification.origin,
                entries: verification.entries, csv: csv)
            if json.isWanted {
                Console.output(json: telling.json)
            } else {
                telling.lines.forEach(Console.output)
            }
            if report.hasContradictions || !evidence.faults.isEmpty {
                throw ExitCode(Status.answerIsNo.rawValue)
            }
        }
    }

    private func tellUnsound(_ verification: Verification) {
        let count = verification.problemCount
        if json.isWanted {
            return Console.output(json: [
                "sound": false, "origin": verification.origin, "problemCount": count,
                "problems": verification.inOrder.map(\.description),
            ])
        }
        for problem in verification.inOrder.prefix(20) { Console.output("\(problem)") }
        Console.output(
            "NOT SOUND: \(grouped(count)) \(count == 1 ? "problem" : "problems"), so nothing is "
                + "said of times; `aidledger verify` says all that is wrong")
    }
}
