internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import TransparencyLog

struct WitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Watch others' ledgers, and cosign their checkpoints.",
        discussion: """
            A witness is another department. It keeps the last checkpoint that it has seen of a \
            ledger, and cosigns a newer one only where that is shown to go on from it: then the \
            keeper cannot show two histories, nor go back behind what was cosigned.
            """,
        subcommands: [Init.self, Cosign.self, Show.self])
}

/// Ledgers that a witness is to watch.
struct LogOption: ParsableArguments {
    @Option(
        name: .customLong("log"),
        help:
            "The verifier key of a ledger to watch: itself, or a file; may be given several times.",
        completion: .file())
    var given: [String] = []

    func keys() throws -> [VerifierKey] { try given.map(ProofInput.verifierKey) }
}

extension WitnessCommand {
    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a witness's folder and key.")

        @Argument(help: "The folder to make.", completion: .directory)
        var folder: String

        @Option(help: "The witness's name, like finance.example.gov.cn.")
        var name: String

        @OptionGroup var logs: LogOption
        @OptionGroup var json: JSONOption

        func run() throws {
            let key = try SigningKey(
                name: try KeysCommand.name(name), type: .cosignature,
                seed: Surroundings.system.randomBytes(32))
            _ = try WitnessFolder.make(folder, key: key, logs: try logs.keys())
            json.say(
                """
                Made the witness \(name) in \(folder).
                  verifier key  \(key.verifierKey)
                                also in \(folder)/witness.vkey; give it to the keeper of each ledger that
                                you watch (`aidledger keys register`) and to all who are to count on you
                """, ["folder": folder, "vkey": key.verifierKey.formatted])
        }
    }

    struct Cosign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cosign a checkpoint, if it goes on from the last one seen.",
            discussion: """
                FILE is a checkpoint, or what `aidledger prove LEDGER --since SIZE` writes, where \
                SIZE is that of the last one seen (`aidledger witness show`). Give what is printed \
                back to the ledger's keeper, for `aidledger checkpoint LEDGER --add-cosignature \
                FILE`. Exit status 1 where it is refused; checkpoints that contradict each other \
                are kept.
                """)

        @Argument(help: "The witness's folder.", completion: .directory)
        var folder: String

        @Argument(help: "What the ledger's keeper sent.", completion: .file())
        var file: String

        @OptionGroup var logs: LogOption

        @Option(
            name: .shortAndLong, help: "Where to write it (default: standard output).",
            completion: .file())
        var output = "-"

        func run() throws {
            try OutputGuard.check(output)
            let witness = WitnessFolder(folder)
            let sent = try ProofInput.file(file)
            for key in try logs.keys() { try witness.trust(key) }
            let cosigned = try witness.cosign(
                sent, unixSeconds: Surroundings.system.now().unixSeconds)
            try TextFile.write(cosigned.formatted, to: output)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which ledgers are watched, and what was seen of them last.")

        @Argument(help: "The witness's folder.", completion: .directory)
        var folder: String

        @OptionGroup var json: JSONOption

        func run() throws {
            let witness = WitnessFolder(folder)
            let key = try witness.key().verifierKey
            let logs = try witness.logs().map(Seen.init)
            if json.isWanted {
                return Console.output(json: ["vkey": key.formatted, "logs": logs.map(\.json)])
            }
            Console.output("witness \(key)")
            for log in logs { Console.output(log.line) }
        }
    }

    /// A watched ledger, for people and programs.
    private struct Seen {
        let log: WitnessFolder.Log
        let last: Checkpoint?

        init(_ log: WitnessFolder.Log) throws {
            self.log = log
            last = try log.last.map { try Checkpoint(parsing: $0.text) }
        }

        var line: String {
            let seen = last.map { "\(grouped($0.size.value)) entries cosigned last" }
            let conflicts = log.conflicts.map { "\n  CONFLICT kept in \($0)" }.joined()
            return "\(log.keys[0].name)  \(seen ?? "nothing seen yet")\(conflicts)"
        }

        var json: [String: Any] {
            var object: [String: Any] = [
                "origin": log.keys[0].name.text, "vkeys": log.keys.map(\.formatted),
                "conflicts": log.conflicts,
            ]
            object["size"] = last?.size.value
            object["rootHash"] = last?.rootHash.hex
            return object
        }
    }
}
