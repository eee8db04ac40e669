internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct ResolutionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolution",
        abstract: "Have departments sign a resolution of the coordination mechanism.",
        discussion: """
            All goes from file to file: `draft` makes of an input record the text that is to be \
            signed, each department adds its signature with `sign`, where its key is, and \
            `attach` puts the signatures into the record, which is then imported. Keys are made \
            by `keys new`, and put on the ledger by `keys register`.
            """,
        subcommands: [Draft.self, Sign.self, Attach.self])
}

/// Who has to sign.
struct ResolutionPolicyOption: ParsableArguments {
    @Option(
        name: [.customShort("p"), .customLong("policy")],
        help: "The policy that `resolution draft -p` wrote: tells whether it is met.",
        completion: .file())
    var file: String?

    /// - Throws: `UsageError`.
    func policy() throws -> WitnessPolicy? {
        try file.map(ProofInput.resolutionPolicy)
    }
}

/// Where a result goes.
struct ResolutionOutput: ParsableArguments {
    @Option(
        name: .shortAndLong, help: "Where to write it (default: standard output).",
        completion: .file())
    var output = "-"

    @OptionGroup var json: JSONOption

    /// Writes the result, says about it what is to be said, and answers in JSON where it is wanted;
    /// then standard output has nothing else.
    func write(_ bytes: [UInt8], _ remark: String, _ object: [String: Any]) throws {
        if output != "-" || !json.isWanted { try TextFile.write(bytes, to: output) }
        if json.isWanted {
            Console.output(json: object)
        } else {
            Console.error("aidledger: \(remark)")
        }
    }
}

extension Resolution {
    /// What it is, in one line.
    var title: String {
        "\(printable(body)), \(printable(number)), held on \(heldOn)"
    }
}

/// How far a policy is met, for people and programs.
struct PolicyProgress {
    let isMet: Bool
    let text: String

    init(_ policy: WitnessPolicy, _ signers: Set<VerifierKey>) {
        isMet = policy.quorum.isMet(by: signers)
        text =
            "the policy is \(isMet ? "met" : "NOT met"): "
            + policy.quorum.progress(of: signers)
    }
}
