internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check everything: bytes, chain, tree, checkpoints, read model, guards, vault.",
        discussion: "Nothing is written. Exit status 1 where something is wrong.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Option(
        help: "A checkpoint that was kept elsewhere; may be given several times.",
        completion: .file())
    var checkpoint: [String] = []

    func run() throws {
        let notes = try checkpoint.map { path in
            guard let text = TextFile.read(path) else {
                throw UsageError("\(path): there is no such file")
            }
            do { return (name: path, note: try SignedNote(parsing: Array(text.utf8))) } catch {
                throw UsageError("\(path) is not a checkpoint: \(error)")
            }
        }
        let bar = ProgressBar("verifying", isQuiet: json.isWanted)
        let verifier = LedgerVerifier(
            paths: ledger.paths, catalogue: try home.home().kinds(), keys: try ledger.keyRing(),
            surroundings: .system, checkpoints: notes)
        let verification = try verifier.run { done, total in
            bar.show(done, of: total, count: Int(done), unit: "entries")
        }
        bar.finish()
        if json.isWanted { tellJSON(verification) } else { tell(verification) }
        if !verification.isSound { throw ExitCode(Status.answerIsNo.rawValue) }
    }

    private func tell(_ verification: Verification) {
        for problem in verification.inOrder { Console.output("\(problem)") }
        let more = verification.problemCount - verification.problems.count
        if more > 0 { Console.output("… and \(grouped(more)) more") }
        for notice in verification.notices { Console.output("note: \(notice)") }
        for (area, reason) in verification.notChecked.sorted(by: {
            $0.key.rawValue < $1.key.rawValue
        }) {
            Console.output("not checked: \(area.rawValue): \(reason)")
        }
        guard verification.isSound, let head = verification.head else {
            let count = verification.problemCount
            return Console.output(
                "NOT SOUND: \(grouped(count)) \(count == 1 ? "problem" : "problems")")
        }
        Console.output(
            """
            sound: \(grouped(verification.entries)) entries of \(verification.origin), \
            compared with \(grouped(verification.checkpoints)) \
            \(verification.checkpoints == 1 ? "checkpoint" : "checkpoints")
              root hash \(head.rootHash.hex)
            """)
        if verification.checkpoints == 0 {
            Console.output(
                "  no checkpoint was compared: a cut-off end or a rewritten whole would not be seen"
            )
        }
    }

    private func tellJSON(_ verification: Verification) {
        var object: [String: Any] = [
            "sound": verification.isSound, "origin": verification.origin,
            "entries": verification.entries, "checkpoints": verification.checkpoints,
            "problemCount": verification.problemCount,
            "problems": verification.inOrder.map { problem in
                var object: [String: Any] = ["area": problem.area.rawValue, "text": problem.text]
                object["seq"] = problem.seq
                return object
            },
            "notices": verification.notices,
            "notChecked": Dictionary(
                uniqueKeysWithValues: verification.notChecked.map { ($0.key.rawValue, $0.value) }),
        ]
        object["rootHash"] = verification.head?.rootHash.hex
        Console.output(json: object)
    }
}
