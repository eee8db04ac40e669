internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Prove to others that the ledger holds an entry, or that it only grew.",
        discussion: """
            A proof speaks of the newest checkpoint, and shows nothing of any other entry. Send it \
            with the entry's bytes (`aidledger show LEDGER SEQ --bytes`); `aidledger check` and \
            every other client of C2SP tlog-proof can check it against the ledger's verifier key.
            """)

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "The entry's number, from 0.")
    var seq: Int64?

    @Option(
        help: ArgumentHelp(
            "Prove that the ledger begins with what it was at this size: the body of a witness's "
                + "add-checkpoint request.", valueName: "size"))
    var since: Int64?

    @Option(
        name: .shortAndLong, help: "Where to write it (default: standard output).",
        completion: .file())
    var output = "-"

    func validate() throws {
        guard (seq == nil) != (since == nil) else {
            throw ValidationError("Say either an entry's number or --since SIZE.")
        }
    }

    func run() throws {
        try OutputGuard.check(output)
        let proof = try LedgerProver.read(try LedgerReader(ledger.paths)) { prover in
            if let seq { return try prover.inclusion(of: seq).formatted }
            return try prover.consistency(since: since ?? 0).formatted
        }
        try TextFile.write(proof, to: output)
    }
}
