internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import LedgerCore
internal import TransparencyLog

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a proof, an evidence pack or a checkpoint, on files alone.",
        discussion: """
            FILE is an evidence pack, a .tlog-proof, an add-checkpoint request or a checkpoint, as \
            `prove` and `checkpoint` write them. The verifier key must come from elsewhere than the \
            proof: from the ledger's keeper in person, or from who kept it. Exit status 1 where it \
            does not hold.
            """)

    @Argument(help: "What is to be checked.", completion: .file())
    var file: String

    @Option(
        help: "The ledger's verifier key: itself, or a file; several times where it was replaced.",
        completion: .file())
    var vkey: [String] = []

    @Option(
        help: "A policy (C2SP tlog-policy): the ledger's key, and whose cosignatures are enough.",
        completion: .file())
    var policy: String?

    @Option(
        help: "Of a .tlog-proof: the entry's bytes, as `aidledger show --bytes` gives them.",
        completion: .file())
    var entry: String?

    @Option(
        help: "An older checkpoint of the same ledger, kept elsewhere.", completion: .file())
    var old: String?

    @OptionGroup var json: JSONOption

    func validate() throws {
        guard !vkey.isEmpty || policy != nil else {
            throw ValidationError("Say the ledger's key with --vkey VKEY, or --policy FILE.")
        }
    }

    func run() throws {
        let trust = Trust(
            keys: try vkey.map(ProofInput.verifierKey), policy: try policy.map(ProofInput.policy))
        guard let trust else { return }
        do {
            tell(try demonstration(ProofCheck(trust, name: file)))
        } catch let error as DoesNotHold {
            json.say(
                "DOES NOT HOLD: \(error)", ["holds": false, "reason": error.description])
            throw ExitCode(Status.answerIsNo.rawValue)
        }
    }

    private func demonstration(_ check: ProofCheck) throws -> Demonstration {
        if let bytes = try ProofInput.archive(file) {
            for (option, value) in [("--entry", entry), ("--old", old)] where value != nil {
                throw UsageError("\(file) is an evidence pack, which needs no \(option)")
            }
            return try check.run(ProofInput.pack(bytes, file))
        }
        return try check.run(
            ProofInput.file(file), entry: try entry.map { ($0, try ProofInput.bytes($0)) },
            old: try old.map { ($0, try ProofInput.checkpoint($0)) })
    }

    // MARK: What is told

    private func tell(_ shown: Demonstration) {
        if json.isWanted { return Console.output(json: object(shown)) }
        Console.output("shown: \(shown.sentence)")
        Console.output("  root hash    \(shown.checkpoint.rootHash.hex)")
        for cosignature in shown.checkpoint.cosignatures {
            Console.output(
                "  cosigned by  \(cosignature.key.name) at \(CheckCommand.time(cosignature))")
        }
        if shown.entries.count > 1 || !shown.disclosures.isEmpty {
            for entry in shown.entries {
                Console.output("  entry \(entry.seq)  \(Headline(entry.bytes))")
            }
        }
        for disclosure in shown.disclosures {
            Console.output(
                "  disclosed    of \(whose(disclosure, shown)) (entry \(disclosure.seq)): "
                    + "\(disclosure.field) = \(printable(disclosure.value))")
        }
        Console.output("not shown: \(shown.notShown.joined(separator: "; "))")
    }

    /// The person whose particular it is, by pseudonym: which entries are of that person, must be
    /// seen from what was shown.
    private func whose(_ disclosure: Disclosure, _ shown: Demonstration) -> String {
        shown.entries.first { $0.seq == disclosure.seq }
            .flatMap { Disclosure.text(at: "person", ofBody: $0.bytes) } ?? "its text"
    }

    /// What an entry is, in a line, with the persons whom it names.
    private struct Headline: CustomStringConvertible {
        let description: String

        init(_ bytes: [UInt8]) {
            let entry =
                (try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]) ?? [:]
            let people = Set(
                String(decoding: bytes, as: UTF8.self)
                    .matches(of: /p:[0-9a-f]{32}/).map { String($0.output) })
            let words = ["kind", "occurredOn", "source", "id"].compactMap { entry[$0] as? String }
            description = printable((words + people.sorted()).joined(separator: " "))
        }
    }

    private static func time(_ cosignature: Cosignature) -> String {
        let seconds = cosignature.timestampSeconds
        // The end of the year 9999, beyond which there is no such notation.
        guard seconds < 253_402_300_800 else { return "\(seconds) s after 1970" }
        return Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
    }

    private func object(_ shown: Demonstration) -> [String: Any] {
        var object: [String: Any] = [
            "holds": true, "shown": shown.sentence,
            "notShown": shown.notShown.joined(separator: "; "),
            "origin": "\(shown.checkpoint.origin)", "size": shown.checkpoint.size.value,
            "rootHash": shown.checkpoint.rootHash.hex,
            "cosignatures": shown.checkpoint.cosignatures.map {
                ["name": "\($0.key.name)", "at": CheckCommand.time($0)]
            },
            "entries": shown.entries.map(\.seq),
            "disclosed": shown.disclosures.map {
                [
                    "entry": $0.seq, "field": $0.field, "path": $0.path, "value": $0.value,
                    "of": whose($0, shown),
                ]
                    as [String: Any]
            },
        ]
        object["entry"] = shown.entries.count == 1 ? shown.entries.first?.seq : nil
        object["oldSize"] = shown.old?.size.value
        return object
    }
}
