internal import AidRecords
internal import ArgumentParser
internal import Findings
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite

struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "Run the detectors of fraud and breach, and list what they find.",
        discussion: """
            Detectors are SQL files: those of ledger/detectors, and of each folder given with \
            --detectors. They can read the ledger's tables and nothing else. F is a breach of a \
            rule, W something to look at, S a pattern that honest work seldom makes; \
            ledger/detectors/README.md says on what each may rest. What could not be found out, \
            and for lack of what, is said for each detector.

            Exit status: 1 where --fail-on finds something; 2 where a detector cannot be run, the \
            others having run all the same. With --verify also 1 where the ledger is not sound.
            """)

    @Argument(help: "The ledger's database.", completion: .file())
    var ledger: String?

    @OptionGroup var home: HomeOptions
    @OptionGroup var language: LanguageOption
    @OptionGroup var choice: DetectorChoice
    @OptionGroup var filter: FindingFilterOptions

    @Option(
        name: .customLong("size"),
        help: "As of so many entries (default: all there are).")
    var size: Int64?

    @Option(
        help: "Compare with the first so many entries: what is new, changed, gone.")
    var since: Int64?

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, json, csv
    }

    @Option(
        help: """
            table (default), json (one finding a line, then a summary of each detector) or csv.
            """)
    var format: Format?

    @Option(help: "Exit with 1 where a finding of this grade or a worse one is open: F, W or S.")
    var failOn: Detector.Grade?

    @Option(help: ArgumentHelp("How long one detector may take.", valueName: "seconds"))
    var timeLimit: Int64 = 60

    @OptionGroup var check: TableCheckOptions

    @Flag(help: "Say in JSON how many milliseconds each detector took.")
    var timings = false

    @Flag(help: "List the detectors.")
    var list = false

    @Option(
        help: ArgumentHelp("Say in words what a detector looks for.", valueName: "ID"),
        completion: DetectorChoice.ids)
    var explain: String?

    @Flag(name: .customLong("json"), help: "The same as --format json.")
    var isJSON = false

    private var chosenFormat: Format { isJSON ? .json : format ?? .table }

    func validate() throws {
        if isJSON, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) contradict.")
        }
        if list, explain != nil {
            throw ValidationError("--list and --explain are two questions: ask one at a time.")
        }
        if list || explain != nil, chosenFormat == .csv {
            throw ValidationError("Detectors are told as text or JSON, not as CSV.")
        }
        if ledger == nil, !list, explain == nil {
            throw ValidationError("Say which LEDGER, or --list, or --explain ID.")
        }
        if ledger?.isEmpty == true { throw ValidationError("The ledger's path is empty.") }
        guard (1...86_400).contains(timeLimit) else {
            throw ValidationError("--time-limit is a number of seconds, from 1 to 86400.")
        }
        if let since, since < 1 { throw ValidationError("--since is a number of entries, from 1.") }
        if let since, let size, since > size {
            throw ValidationError("--since is an earlier state than --size.")
        }
    }

    func run() throws {
        let home = try home.home()
        let catalogue = try home.kinds()
        let shelf = try DetectorFolders(home, choice.folders).shelf(catalogue)
        let wording = FigureWording(isChinese: language.isChinese, catalogue: catalogue)
        if list || explain != nil {
            let telling = DetectorTelling(shelf, wording, isJSON: chosenFormat == .json)
            if let explain { try telling.explain(explain) } else { telling.list() }
            return try end(shelf.failures, hasHit: false)
        }
        let run = DetectorRun(
            try choice.detectors(shelf), settings: try choice.settings(shelf),
            timeLimit: .seconds(timeLimit))
        let source = FindingsSource(
            paths: LedgerOptions.paths(of: ledger ?? "", keys: nil), home: home,
            catalogue: catalogue, isQuiet: chosenFormat != .table)
        let verified = try check.verifiedSize(source.judging, isQuiet: source.isQuiet)
        let result = try source.result(run, size)
        let isVerified = TableCheckOptions.covers(verified, result.size, of: source.paths)
        if choice.isAll, shelf.failures.isEmpty {
            let state = SubjectTrace.Origin(
                name: result.origin, size: result.size, rootHash: result.rootHash)
            KeptFindings.keep(result, try source.key(of: run, state, isVerified: isVerified))
        }
        try requireNamed(filter.subjects, source)
        let filter = filter.filter(result.persons)
        let earlier = try since.map { try source.result(run, $0).findings }
        let telling = FindingsTelling(
            result, filter, since: since, earlier: earlier, wording, isVerified: isVerified,
            hasTimings: timings)
        telling.tell(chosenFormat)
        let failures = shelf.failures + result.outcomes.compactMap(\.failure)
        try end(failures, hasHit: failOn.map(telling.hasOpen) ?? false)
    }

    /// That nothing was found about somebody who is not there would say nothing.
    private func requireNamed(_ subjects: [TraceSubject], _ source: FindingsSource) throws {
        guard !subjects.isEmpty else { return }
        try LedgerSnapshot.read(
            source.paths, catalogue: source.catalogue, size: nil,
            policies: source.judging.policies
        ) { snapshot in
            let reader = try TraceReader(snapshot, source.catalogue)
            for subject in subjects { try reader.requireNamed(subject) }
        }
    }

    private func end(_ failures: [DeclarationError], hasHit: Bool) throws {
        for failure in failures { Console.error("aidledger: \(failure)") }
        if !failures.isEmpty { throw ExitCode(Status.badInput.rawValue) }
        if hasHit { throw ExitCode(Status.answerIsNo.rawValue) }
    }
}

extension Detector.Grade: ExpressibleByArgument {}
extension FindingState: ExpressibleByArgument {}
