internal import AidRecords
internal import ArgumentParser
internal import LedgerSQLite
internal import PolicyRules

struct PolicyReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract:
            "Judge a year again under other rulebooks or parameters, and show the difference.",
        discussion: """
            Nothing is written. A rulebook takes the place of the adopted one of its name; a \
            parameter that of those on record with the same name, area, keys and first day. Amounts \
            are of the records for which they can be said both before and after.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Option(help: "A rulebook's file; may be given several times.", completion: .file())
    var rulebook: [String] = []

    @Option(
        help: "JSON Lines of parameter.set records, as for import; may be given several times.",
        completion: .file())
    var parameters: [String] = []

    @Option(help: "The year whose limits the records are counted against.")
    var year: Int

    func validate() throws {
        if rulebook.isEmpty && parameters.isEmpty {
            throw ValidationError("Say what is to be other: --rulebook FILE or --parameters FILE.")
        }
    }

    func run() throws {
        let judging = try Judging(ledger, try home.home())
        let replay = PolicyReplay(
            judging.paths, catalogue: judging.catalogue, policies: judging.policies, year: year,
            rulebooks: try rulebook.map { try PolicyFolder.file(at: $0) },
            parameters: try parameters.flatMap {
                try ParameterFile.read($0, catalogue: judging.catalogue)
            })
        let bar = ProgressBar("replaying", isQuiet: json.isWanted)
        defer { bar.finish() }
        let lines = try replay.run { bar.show($0, of: $1, count: Int($0), unit: "shares") }
        bar.finish()
        try judging.tellOfRulebooks()
        for line in lines where json.isWanted || line.isDifferent {
            json.say(text(line), object(line))
        }
        if !json.isWanted { Console.output(total(lines)) }
    }

    private func text(_ line: PolicyReplay.Line) -> String {
        var text =
            "\(line.kind)  \(line.category)  \(grouped(line.records)) records, "
            + "paid \(Fen(line.actual)): due \(change(line.expected)); every layer reckoned anew "
            + "\(change(line.reperformed)); \(grouped(line.otherVerdict)) with another verdict"
        if line.cannotBeJudged.before + line.cannotBeJudged.after > 0 {
            text +=
                "; cannot be judged \(grouped(line.cannotBeJudged.before)) → "
                + grouped(line.cannotBeJudged.after)
        }
        return text
    }

    private func change(_ change: PolicyReplay.Change) -> String {
        let sign = change.difference > 0 ? "+" : ""
        return "\(Fen(change.before)) → \(Fen(change.after)) (\(sign)\(Fen(change.difference)))"
    }

    /// Also of the kinds and categories that are not listed, as nothing in them is different.
    private func total(_ lines: [PolicyReplay.Line]) -> String {
        let difference = lines.map(\.expected.difference).reduce(0, +)
        return "together: \(grouped(lines.map(\.records).reduce(0, +))) records, due "
            + "\(difference > 0 ? "+" : "")\(Fen(difference))"
    }

    private func object(_ line: PolicyReplay.Line) -> [String: Any] {
        [
            "kind": line.kind, "category": line.category, "year": year,
            "records": line.records, "actualFen": line.actual,
            "expectedBeforeFen": line.expected.before, "expectedAfterFen": line.expected.after,
            "differenceFen": line.expected.difference,
            "reperformedBeforeFen": line.reperformed.before,
            "reperformedAfterFen": line.reperformed.after,
            "reperformedDifferenceFen": line.reperformed.difference,
            "otherVerdict": line.otherVerdict,
            "cannotBeJudgedBefore": line.cannotBeJudged.before,
            "cannotBeJudgedAfter": line.cannotBeJudged.after,
        ]
    }
}
