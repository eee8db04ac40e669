internal import AidRecords
internal import ArgumentParser
internal import Glibc
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take records from JSON Lines or CSV files.",
        discussion: """
            Good records are recorded; refused ones go to a rejects file, where they can be mended \
            and from where they can be imported. The same content again changes nothing, so an \
            import that was interrupted is simply run again.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Argument(help: "Files; - is standard input.", completion: .file())
    var files: [String]

    @Option(
        help: "Read CSV by this mapping: a name of ledger/mappings, or a file.",
        completion: .file(extensions: ["yaml"]))
    var mapping: String?

    @Option(help: "automatic, utf8 or gb18030.")
    var encoding = InputEncoding.automatic

    @Flag(help: "Say what would be recorded, and record nothing.")
    var dryRun = false

    @Flag(help: "All or nothing: record nothing if a single record is refused.")
    var strict = false

    @Option(
        help:
            "Where refused records go (default: FILE.rejects.jsonl, or FILE.rejects-2.jsonl and so on where that exists).",
        completion: .file())
    var rejects: String?

    @Option(help: "Area of the entry that closes the import (default: of the first record).")
    var area: String?

    @Option(help: "Operator of the entry that closes the import (default: of the first record).")
    var `operator`: String?

    @Flag(help: "Leave out judging; it is done before verdicts are next read.")
    var noJudge = false

    func validate() throws {
        if dryRun && strict { throw ValidationError("--dry-run and --strict exclude each other.") }
        if rejects != nil && files.count > 1 {
            throw ValidationError("--rejects goes with one file.")
        }
    }

    func run() throws {
        _ = try area.map(AreaOption.checked)
        if `operator`?.isEmpty == true { throw UsageError("--operator must not be empty") }
        if let rejects {
            try OutputGuard.check(rejects)
            let isInput = files.contains { $0 != "-" && OutputGuard.isSame($0, rejects) }
            let isRejectsFile =
                OutputGuard.beginning(of: rejects)?.starts(with: Array("{\"rejected\":".utf8))
                ?? true
            if isInput && !isRejectsFile {
                throw UsageError(
                    "\(rejects) is the input; say another file for the refused records")
            }
        }
        if mapping == nil, let file = files.first(where: { $0.lowercased().hasSuffix(".csv") }) {
            let known = try home.home().mappingNames.joined(separator: ", ")
            throw UsageError("\(file) looks like CSV; say how to read it with --mapping (\(known))")
        }
        let home = try home.home()
        let format = try mapping.map { try CSVMapping.read($0, home) } ?? .jsonLines
        let judging = try Judging(ledger, home)
        let check = AdoptionCheck(judging.policies, judging.catalogue)
        let writer = try LedgerWriter(
            ledger.paths, catalogue: judging.catalogue, keys: try ledger.keyRing(),
            surroundings: .system)
        var hasRejects = false
        for file in files {
            let result = try run(file, format, writer, check)
            hasRejects = hasRejects || result.rejected > 0
        }
        try writer.close()
        if !dryRun {
            if !noJudge { try judge(judging) }
            try signCheckpoint()
        }
        if hasRejects { throw ExitCode(Status.badInput.rawValue) }
    }

    private func run(
        _ file: String, _ format: InputFormat, _ writer: LedgerWriter, _ check: AdoptionCheck
    ) throws -> ImportResult {
        let name = file == "-" ? "stdin" : file
        var plan = ImportPlan(rejectsPath: rejectsPath(of: name))
        plan.mode = dryRun ? .dryRun : strict ? .strict : .lenient
        plan.format = format
        plan.encoding = encoding
        plan.area = area
        plan.operator = `operator`
        plan.examine = { check.issue(of: $0) }
        let bar = ProgressBar(name, isQuiet: json.isWanted)
        var shown = 0
        var events = ImportEvents()
        events.committed = { line, size in
            if json.isWanted {
                Console.output(json: ["committedThroughLine": line, "size": size])
            }
        }
        events.rejected = { line, issues in
            bar.finish()
            shown += 1
            if shown <= ImportCommand.mostShown {
                for issue in issues { Console.error(printable("\(name):\(line): \(issue)")) }
            } else if shown == ImportCommand.mostShown + 1 {
                Console.error("… more refused records: see the rejects file")
            }
        }
        events.progress = { bar.show($0, of: $1, count: $2, unit: "records") }
        let importer = LedgerImport(
            into: writer, plan: plan, surroundings: .system, events: events)
        let result: ImportResult
        do { result = try importer.run(path: file) } catch let error as InputError {
            if case .cannotOpen = error { throw error }
            throw UsageError("\(name): \(error)")
        }
        bar.finish()
        guard result.records > 0 else { throw UsageError("\(name) holds no record") }
        tell(result, name, writer)
        return result
    }

    /// Somebody may be mending an older rejects file, so none is overwritten that was not named.
    private func rejectsPath(of name: String) -> String {
        if let rejects { return rejects }
        let first = "\(name).rejects.jsonl"
        let others = (2...).lazy.map { "\(name).rejects-\($0).jsonl" }
        return isTaken(first) ? others.first { !isTaken($0) } ?? first : first
    }

    /// What cannot be looked at may be there.
    private func isTaken(_ path: String) -> Bool { access(path, F_OK) == 0 || errno != ENOENT }

    private static let mostShown = 10

    private func tell(_ result: ImportResult, _ name: String, _ writer: LedgerWriter) {
        if result.doubtful > 0 {
            let lines = result.doubtfulLines.map(String.init).joined(separator: ", ")
            let more = result.doubtful > result.doubtfulLines.count ? ", …" : ""
            Console.error(
                "aidledger: \(name): identity numbers that cannot be right "
                    + "(check digit, birth date or sex): \(grouped(result.doubtful)), "
                    + "in lines \(lines)\(more); "
                    + "spreadsheets spoil long numbers")
        }
        if json.isWanted {
            var summary: [String: Any] = [
                "file": name, "lines": result.lines, "accepted": result.accepted,
                "duplicates": result.duplicates, "rejected": result.rejected,
                "size": writer.head.size.value, "rootHash": writer.head.rootHash.hex,
                "recorded": result.isRecorded, "encoding": result.encoding.rawValue,
            ]
            summary["rejects"] = result.rejects
            summary["sha256"] = result.contentSHA256
            return Console.output(json: summary)
        }
        let verb =
            result.isRecorded
            ? "recorded" : dryRun ? "would be recorded (dry run)" : "could be recorded, none was"
        Console.output(
            "\(name): \(grouped(result.accepted)) \(verb), "
                + "\(grouped(result.duplicates)) on the ledger already, "
                + "\(grouped(result.rejected)) refused")
        if let rejects = result.rejects {
            Console.output("  refused records: \(rejects) (mend them there and import that file)")
        }
        if result.isRecorded {
            Console.output("  the ledger has \(grouped(writer.head.size.value)) entries")
        }
    }

    /// What was imported is recorded, whether or not it can be judged now.
    private func judge(_ judging: Judging) throws {
        guard let outcome = try judging.bringUpToDate(isQuiet: json.isWanted) else {
            return Console.error("aidledger: they are judged before they are next read")
        }
        try judging.tellOfRulebooks()
        if outcome.records > 0 && !json.isWanted {
            Console.output("  judged \(grouped(outcome.records)) records")
        }
    }

    private func signCheckpoint() throws {
        do { _ = try LedgerSigner(ledger.paths).sign(with: ledger.keyRing()) } catch StoreError
            .missingKey
        {
            Console.error(
                "aidledger: no checkpoint was signed, for the signing key is not in "
                    + "\(ledger.paths.keys); run `aidledger checkpoint` where it is")
        }
    }
}

extension InputEncoding: ExpressibleByArgument {}

extension CSVMapping {
    static func read(_ name: String, _ home: Home) throws -> InputFormat {
        let path = home.mappingFile(name)
        guard let text = TextFile.read(path) else {
            let known = home.mappingNames.joined(separator: ", ")
            throw UsageError("there is no mapping \(name); known are: \(known)")
        }
        return .csv(try CSVMapping(file: path, text: text))
    }
}
