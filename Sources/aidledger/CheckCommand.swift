internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import TransparencyLog

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a proof or a checkpoint, on files alone and without any ledger.",
        discussion: """
            FILE is a .tlog-proof, an add-checkpoint request or a checkpoint, as `prove` and \
            `checkpoint` write them. The verifier key must come from elsewhere than the proof: from \
            the ledger's keeper in person, or from who kept it. Exit status 1 where it does not hold.
            """)

    @Argument(help: "What is to be checked.", completion: .file())
    var file: String

    @Option(help: "The ledger's verifier key: itself, or a file.", completion: .file())
    var vkey: String?

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
        guard vkey != nil || policy != nil else {
            throw ValidationError("Say the ledger's key with --vkey VKEY, or --policy FILE.")
        }
    }

    func run() throws {
        let trust = Trust(
            key: try vkey.map(ProofInput.verifierKey), policy: try policy.map(ProofInput.policy))
        let proof = try ProofInput.file(file)
        do {
            tell(try shown(by: proof, trust))
        } catch let error as DoesNotHold {
            if json.isWanted {
                Console.output(json: ["holds": false, "reason": error.description])
            } else {
                Console.output("DOES NOT HOLD: \(error)")
            }
            throw ExitCode(Status.answerIsNo.rawValue)
        }
    }

    // MARK: What is checked

    /// Whom the one who checks believes.
    private struct Trust {
        let key: VerifierKey?
        let policy: WitnessPolicy?

        func open(_ note: SignedNote) throws -> VerifiedCheckpoint {
            do {
                let checkpoint = try policy?.open(note)
                guard let key else {
                    if let checkpoint { return checkpoint } else { throw NoKey() }
                }
                return try note.openCheckpoint(
                    logKey: key, cosignerKeys: policy?.witnessKeys ?? [])
            } catch {
                throw DoesNotHold(reason: "\(error)")
            }
        }
    }

    private struct NoKey: Error {}

    private struct DoesNotHold: Error, CustomStringConvertible {
        let reason: String
        var description: String { reason }
    }

    private struct Shown {
        let sentence: String
        let checkpoint: VerifiedCheckpoint
        var old: VerifiedCheckpoint?
        var index: Int64?
    }

    private func shown(by file: ProofFile, _ trust: Trust) throws -> Shown {
        switch file {
        case .inclusion(let proof):
            if old != nil {
                throw UsageError("a .tlog-proof speaks of one checkpoint; --old says nothing of it")
            }
            return try inclusion(proof, trust)
        case .consistency(let request):
            try refuseEntry("an add-checkpoint request")
            return try consistency(request, trust)
        case .checkpoint(let note):
            try refuseEntry("a checkpoint")
            return try checkpoint(note, trust)
        }
    }

    /// Whoever asks after an entry must not be answered by what says nothing of any.
    private func refuseEntry(_ kind: String) throws {
        guard entry != nil else { return }
        throw UsageError(
            "\(file) is \(kind) and says nothing of any single entry: --entry needs a .tlog-proof")
    }

    private func inclusion(_ proof: TLogProof, _ trust: Trust) throws -> Shown {
        guard let entry else {
            throw UsageError(
                "a .tlog-proof speaks of an entry: give its bytes with --entry FILE "
                    + "(`aidledger show LEDGER SEQ --bytes > FILE`)")
        }
        guard let data = FileManager.default.contents(atPath: entry) else {
            throw UsageError("\(entry): there is no such file, or it cannot be read")
        }
        let bytes = Array(data)
        let checkpoint = try trust.open(proof.note)
        do { try proof.inclusion.verify(LeafHash(entry: bytes), in: checkpoint.head) } catch {
            let hint =
                bytes.last == UInt8(ascii: "\n")
                ? "; \(entry) ends with a line feed, and no entry does" : ""
            throw DoesNotHold(reason: "\(error)\(hint)")
        }
        let index = proof.inclusion.index
        return Shown(
            sentence: "entry \(index) of \(checkpoint.origin) is these "
                + "\(grouped(bytes.count)) bytes, as of \(size(checkpoint))",
            checkpoint: checkpoint, index: index.value)
    }

    private func consistency(_ request: AddCheckpointRequest, _ trust: Trust) throws -> Shown {
        guard let old else {
            throw UsageError(
                "a consistency proof needs the older checkpoint that it goes on from: --old FILE")
        }
        let checkpoint = try trust.open(request.note)
        let before = try older(old, than: checkpoint, trust)
        guard before.size == request.oldSize else {
            throw DoesNotHold(
                reason: "the proof goes on from \(request.oldSize) entries, and \(old) is of "
                    + "\(before.size)")
        }
        do { try request.consistency.verify(from: before.head, to: checkpoint.head) } catch {
            throw DoesNotHold(reason: "\(error)")
        }
        return Shown(
            sentence: "\(checkpoint.origin) at \(size(checkpoint)) begins with all that it was at "
                + "\(size(before)): nothing of that was changed, removed or put in between",
            checkpoint: checkpoint, old: before)
    }

    private func checkpoint(_ note: SignedNote, _ trust: Trust) throws -> Shown {
        let checkpoint = try trust.open(note)
        let signed = "the key of \(checkpoint.origin) has signed a head of \(size(checkpoint))"
        guard let old else { return Shown(sentence: signed, checkpoint: checkpoint) }
        let before = try older(old, than: checkpoint, trust)
        guard before.size == checkpoint.size else {
            throw UsageError(
                "\(file) and \(old) are of different sizes: that one goes on from the other is "
                    + "shown by `aidledger prove LEDGER --since \(min(before.size, checkpoint.size))`"
            )
        }
        guard before.rootHash == checkpoint.rootHash else {
            throw DoesNotHold(
                reason: "the ledger's key has signed two histories of \(size(checkpoint)): "
                    + "\(before.rootHash.hex) in \(old) and \(checkpoint.rootHash.hex) in \(file)")
        }
        return Shown(
            sentence: signed + ", the same as in \(old)", checkpoint: checkpoint, old: before)
    }

    /// The older checkpoint needs the ledger's signature, and nobody else's.
    private func older(
        _ path: String, than newer: VerifiedCheckpoint, _ trust: Trust
    ) throws -> VerifiedCheckpoint {
        let note = try ProofInput.checkpoint(path)
        let keys = trust.key.map { [$0] } ?? trust.policy?.logKeys ?? []
        for key in keys {
            guard let found = try? note.openCheckpoint(logKey: key) else { continue }
            guard found.origin == newer.origin else { continue }
            return found
        }
        throw DoesNotHold(reason: "\(path) is not signed by the key of \(newer.origin)")
    }

    private func size(_ checkpoint: VerifiedCheckpoint) -> String {
        "\(grouped(checkpoint.size.value)) entries"
    }

    // MARK: What is told

    private func tell(_ shown: Shown) {
        if json.isWanted { return Console.output(json: object(shown)) }
        Console.output("shown: \(shown.sentence)")
        Console.output("  root hash    \(shown.checkpoint.rootHash.hex)")
        for cosignature in shown.checkpoint.cosignatures {
            Console.output(
                "  cosigned by  \(cosignature.key.name) at \(CheckCommand.time(cosignature))")
        }
        Console.output("not shown: \(notShown(shown))")
    }

    private func notShown(_ shown: Shown) -> String {
        let lone =
            "that everybody is shown the same ledger: no witness that you named has cosigned "
            + "(--policy FILE); compare the checkpoint with one that others keep"
        let truth = "that what was recorded is true"
        return shown.checkpoint.cosignatures.isEmpty ? "\(truth); \(lone)" : truth
    }

    private static func time(_ cosignature: Cosignature) -> String {
        Date(timeIntervalSince1970: Double(cosignature.timestampSeconds)).ISO8601Format()
    }

    private func object(_ shown: Shown) -> [String: Any] {
        var object: [String: Any] = [
            "holds": true, "shown": shown.sentence, "notShown": notShown(shown),
            "origin": "\(shown.checkpoint.origin)", "size": shown.checkpoint.size.value,
            "rootHash": shown.checkpoint.rootHash.hex,
            "cosignatures": shown.checkpoint.cosignatures.map {
                ["name": "\($0.key.name)", "at": CheckCommand.time($0)]
            },
        ]
        object["entry"] = shown.index
        object["oldSize"] = shown.old?.size.value
        return object
    }
}
