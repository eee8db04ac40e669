internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite
internal import PolicyRules

struct PolicyExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Reckon what one record should have paid, line by line, each with its clause.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption
    @OptionGroup var language: LanguageOption

    @Argument(help: "The entry's number, from 0.")
    var seq: Int64

    @Flag(help: "Reckon every layer anew, also those that other offices paid.")
    var reperformed = false

    func run() throws {
        let home = try home.home()
        let judging = try Judging(ledger, home)
        let explanation = try LedgerExplainer.explain(
            seq, judging.paths, catalogue: judging.catalogue, policies: judging.policies)
        try judging.tellOfRulebooks()
        let file = home.reckoningWords
        let wording = try TextFile.read(file).map {
            try TraceWording(file: file, text: $0, codes: judging.catalogue.codes)
        }
        let text = TraceText(
            wording ?? TraceWording(lines: [:]), language.isChinese ? .chinese : .english)
        let trace = reperformed ? explanation.reperformed : explanation.asRecorded
        if json.isWanted {
            Console.output(json: object(explanation, trace, text))
        } else {
            for line in lines(explanation, trace, text) { Console.output(line) }
        }
    }

    // MARK: For people

    private func lines(
        _ explanation: LedgerExplainer.Explanation, _ trace: Trace, _ text: TraceText
    ) -> [String] {
        let judgement = explanation.judgement
        var lines = [
            printable(
                "entry \(judgement.seq): \(explanation.kind), "
                    + "\(judgement.key.source) / \(judgement.key.id)"), "",
        ]
        for (number, step) in trace.steps.enumerated() {
            let formula = text.formula(step).map { language.isChinese ? "：\($0)" : ": \($0)" }
            lines.append("\(number + 1). \(printable(text.words(step) + (formula ?? "")))")
            lines += clause(step.rule, explanation).map {
                "     \($0.rule.id) (\(text.nature($0.rule.nature.rawValue)), "
                    + "\($0.rulebook.document))「\(step.quote ?? $0.rule.quote)」"
            }
        }
        lines += [
            "",
            "\(judgement.verdict.rawValue): paid \(Fen(judgement.actual)), "
                + "due \(yuan(judgement.expected))",
        ]
        if judgement.expected != judgement.expectedMost {
            lines[lines.count - 1] += " to \(yuan(judgement.expectedMost))"
        }
        lines[lines.count - 1] +=
            "; every layer reckoned anew: \(yuan(judgement.reperformed))"
        return lines + judgement.missing.map { "missing: \(printable($0))" }
    }

    private func yuan(_ fen: Int64?) -> String { fen.map { Fen($0).description } ?? "-" }

    /// The clause in each rulebook that has one of this id.
    private func clause(
        _ id: String?, _ explanation: LedgerExplainer.Explanation
    ) -> [(rulebook: Rulebook, rule: Rule)] {
        guard let id else { return [] }
        let inForce = explanation.rulebooks.filter {
            explanation.judgement.rulebooks.contains($0.name)
        }
        var seen: Set<String> = []
        return inForce.compactMap { rulebook in
            guard let rule = rulebook.rule(id), seen.insert(rulebook.name).inserted else {
                return nil
            }
            return (rulebook, rule)
        }
    }

    // MARK: For programs

    private func object(
        _ explanation: LedgerExplainer.Explanation, _ trace: Trace, _ text: TraceText
    ) -> [String: Any] {
        let judgement = explanation.judgement
        return [
            "seq": judgement.seq, "source": judgement.key.source, "id": judgement.key.id,
            "kind": explanation.kind, "year": judgement.year,
            "verdict": judgement.verdict.rawValue, "actualFen": judgement.actual,
            "expectedFen": value(judgement.expected),
            "expectedMostFen": value(judgement.expectedMost),
            "reperformedFen": value(judgement.reperformed), "rulebooks": judgement.rulebooks,
            "rules": judgement.rules, "missing": judgement.missing,
            "steps": trace.steps.map { step($0, explanation, text) },
        ]
    }

    private func step(
        _ step: TraceStep, _ explanation: LedgerExplainer.Explanation, _ text: TraceText
    ) -> [String: Any] {
        var object: [String: Any] = [
            "name": step.name, "text": text.words(step), "resultFen": value(step.result),
            "details": step.details,
        ]
        object["formula"] = text.formula(step)
        object["rule"] = step.rule
        if let (rulebook, rule) = clause(step.rule, explanation).first {
            object["rulebook"] = rulebook.name
            object["document"] = rulebook.document
            object["nature"] = rule.nature.rawValue
            object["quote"] = step.quote ?? rule.quote
        }
        return object
    }

    private func value(_ fen: Int64?) -> Any { Console.value(fen) }
}
