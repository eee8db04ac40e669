internal import AidRecords
internal import ArgumentParser
internal import Findings
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show everything that touches a person, institution, account, operator or entry.",
        discussion: """
            In time order, each line with its entry, verdict and findings; then who is linked with \
            the subject, by what, and the entries that say so. What more than --hub subjects share \
            (a county's only approver) is named, and not followed. `money` follows the money of \
            a settlement, a subsidy or an approval, from the fund to where it arrived.

            Names are masked where the vault's keys are at hand, and otherwise not shown. --reveal \
            first puts on the ledger who is shown what and why.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, html, dot
    }

    enum What: String, ExpressibleByArgument, CaseIterable {
        case person, institution, account, `operator`, entry, money
    }

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "What to trace: person, institution, account, operator, entry or money.")
    var what: What

    @Argument(
        help: ArgumentHelp(
            "A pseudonym (p:… or a:…), an institution's code, an operator's id; an entry's number, or "
                + "its source/id.", valueName: "id"))
    var id: String?

    @Option(
        help: ArgumentHelp(
            "`-`: read a person's identity number from standard input. It is looked up by the "
                + "vault's keyed index; numbers on a command line can be seen by others.",
            valueName: "-"))
    var idNumber: String?

    @Option(help: "The type of the identity number's document.")
    var idType = "resident-id"

    @Option(help: "text, json, html or dot (for Graphviz).")
    var format: Format?

    @OptionGroup var json: JSONOption

    @OptionGroup var language: LanguageOption

    @Option(help: "Trace in the first so many entries (default: all).")
    var size: Int64?

    @Option(help: "How many steps of links to follow: 0, 1 or 2.")
    var steps = 2

    @Option(help: "What more subjects than this share is named, and not followed.")
    var hub = 20

    @OptionGroup var check: TableCheckOptions

    @Flag(help: "Do not look up detectors' findings.")
    var noFindings = false

    @Option(
        name: .shortAndLong, help: "Where to write (default: standard output).",
        completion: .file())
    var output = "-"

    @OptionGroup(title: "Showing who a person is") var reveal: RevealOptions

    @Option(name: .customLong("case"), help: "The case that persons are shown for (`--reveal`).")
    var caseID: String?

    @OptionGroup var home: HomeOptions

    func validate() throws {
        guard (0...2).contains(steps), hub >= 2 else {
            throw ValidationError("--steps is 0, 1 or 2, and --hub at least 2.")
        }
        guard !json.isWanted || format == nil || format == .json else {
            throw ValidationError("--json and --format \(format?.rawValue ?? "") contradict.")
        }
        if idNumber != nil {
            guard what == .person, id == nil, idNumber == "-" else {
                throw ValidationError(
                    "--id-number takes - alone, with person and without a pseudonym: the number "
                        + "is read from standard input, so that nobody sees it in a list of programs."
                )
            }
        } else if id == nil {
            throw ValidationError("Say which \(what.rawValue) to trace.")
        }
        guard reveal.isWanted || caseID == nil else {
            throw ValidationError("--case needs --reveal.")
        }
        guard !reveal.isWanted || (what != .money && size == nil && chosenFormat != .dot) else {
            throw ValidationError("--reveal goes with no money, no --size and no dot.")
        }
        guard what != .money || chosenFormat != .dot else {
            throw ValidationError("Money is shown as text, json or html.")
        }
    }

    private var chosenFormat: Format { json.isWanted ? .json : format ?? .text }

    func run() throws {
        try OutputGuard.check(output)
        let home = try home.home()
        let catalogue = try home.kinds()
        let word = TraceWording(isChinese: language.isChinese, catalogue: catalogue)
        let judging = Judging(
            paths: ledger.paths, catalogue: catalogue, policies: PolicyFolder(home))
        let verified = try check.verifiedSize(judging, isQuiet: chosenFormat == .json)
        let names = try VaultNames.atHand(ledger)
        if what == .money {
            var trace = try read(judging) {
                try MoneyReader($0, catalogue).trace(try entryName())
            }
            trace.origin.isVerified = TableCheckOptions.covers(
                verified, trace.origin.size, of: ledger.paths)
            return try write(trace, word)
        }
        let target = try target(names)
        let reach = TraceReader.Reach(steps: steps, hubLimit: hub)
        var trace = try read(judging) { try TraceReader($0, catalogue).trace(target, reach) }
        trace.origin.isVerified = TableCheckOptions.covers(
            verified, trace.origin.size, of: ledger.paths)
        try addFindings(to: &trace, home, catalogue)
        try trace.mask(by: names)
        if reveal.isWanted {
            try OutputGuard.requireFolder(of: output)
            trace.revealed = try reveal.revealed(
                trace.namedPersons, for: caseID, ledger, catalogue)
        }
        try write(trace, word)
    }

    // MARK: Asking

    private func target(_ names: VaultNames?) throws -> TraceTarget {
        switch what {
        case .person: .person(try id ?? pseudonym(names))
        case .account: .account(id ?? "")
        case .institution: .institution(id ?? "")
        case .operator: .operator(id ?? "")
        case .entry, .money: .entry(try entryName())
        }
    }

    private func entryName() throws -> TraceTarget.EntryName {
        guard let name = TraceTarget.EntryName(id ?? "") else {
            throw UsageError(
                "an entry is given by its number, from 0, or as source/id: "
                    + "\(printable(id ?? "")) is neither")
        }
        return name
    }

    /// The pseudonym of whoever has the identity number that standard input gives.
    private func pseudonym(_ names: VaultNames?) throws -> String {
        let names =
            try names
            ?? VaultNames(
                ledger.paths, keys: try ledger.keyRing(), surroundings: .system)
        guard let number = readLine()?.trimmingCharacters(in: .whitespaces), !number.isEmpty else {
            throw UsageError("standard input gives no identity number")
        }
        guard let found = try names.person(idType: idType, idNumber: number) else {
            throw UsageError(
                "the vault knows no person with this number and type \(printable(idType)); "
                    + "other types: --id-type (`codes.yaml`, id-type)")
        }
        return found
    }

    private func read<Result>(
        _ judging: Judging, _ body: (LedgerSnapshot) throws -> Result
    ) throws -> Result {
        if size == nil, try judging.bringUpToDate(isQuiet: chosenFormat == .json) == nil {
            Console.error("aidledger: they are judged for this answer only")
        }
        return try LedgerSnapshot.read(
            ledger.paths, catalogue: judging.catalogue, size: size, policies: judging.policies,
            body)
    }

    private func addFindings(
        to trace: inout SubjectTrace, _ home: Home, _ catalogue: KindCatalogue
    ) throws {
        guard !noFindings else { return }
        let lookup = try TraceFindings.lookup(
            ledger, home, catalogue, of: trace.origin, size: size,
            isQuiet: chosenFormat == .json, verified: trace.origin.isVerified ? { true } : nil)
        let findings = try lookup.findings(naming: Set(trace.entries.map(\.seq)))
        for index in trace.entries.indices {
            trace.entries[index].findings = findings[trace.entries[index].seq, default: []].sorted()
        }
        trace.hasFindings = true
    }

    // MARK: Answering

    private func write(_ trace: SubjectTrace, _ word: TraceWording) throws {
        switch chosenFormat {
        case .text: try writeLines(TraceText.lines(trace, word))
        case .json: try write(TraceJSON.bytes(trace, word))
        case .html: try write(Array(TraceHTML.text(trace, word).utf8))
        case .dot: try write(Array(TraceDOT.text(trace, word).utf8))
        }
    }

    private func write(_ trace: MoneyTrace, _ word: TraceWording) throws {
        switch chosenFormat {
        case .json: try write(MoneyJSON.bytes(trace, word))
        case .html: try write(Array(MoneyHTML.text(trace, word).utf8))
        default: try writeLines(MoneyText.lines(trace, word))
        }
    }

    private func writeLines(_ lines: [String]) throws {
        try write(Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// A trace is for whoever asked: it holds health data, and perhaps names.
    private func write(_ bytes: [UInt8]) throws {
        if output == "-" { return Console.output(bytes: bytes) }
        try WholeFile.write(bytes, to: output, mode: 0o600)
    }
}
