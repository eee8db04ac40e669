internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract:
            "Sign the present tree head, store and print it; add cosignatures or a time-stamp.",
        discussion: """
            Give the checkpoint to others: only one kept elsewhere shows a rewritten ledger. What \
            witnesses give back is added with --add-cosignature; it is then recorded in an entry, \
            and the checkpoint is printed with all its cosignatures. Their keys must be on the \
            ledger (`aidledger keys register`).

            A time-stamping authority (RFC 3161) says when the newest checkpoint existed: \
            --timestamp-request writes what to send it, and --timestamp-response verifies its \
            answer and records it in an entry. `aidledger times` shows what follows from these.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var author: AuthorOption

    @Option(
        name: .shortAndLong, help: "Where to write it (default: standard output).",
        completion: .file())
    var output = "-"

    @Option(
        help: "What a witness gave back; may be given several times.", completion: .file())
    var addCosignature: [String] = []

    @OptionGroup var timeStamp: TimeStampOptions

    func validate() throws {
        try timeStamp.validate(isAlone: addCosignature.isEmpty && output == "-")
    }

    func run() throws {
        if try timeStamp.run(ledger, home, author) { return }
        try OutputGuard.check(output)
        let note =
            try addCosignature.isEmpty
            ? LedgerSigner(ledger.paths).sign(with: ledger.keyRing()) : collected()
        try TextFile.write(note.formatted, to: output)
    }

    private func collected() throws -> SignedNote {
        let files = try addCosignature.map {
            (name: $0, content: try ProofInput.cosignatures($0))
        }
        let collected = try ledger.registrar(home).addCosignatures(files, operator: author.name)
        Console.error(
            collected.seq.map { "aidledger: recorded in entry \(grouped($0))" }
                ?? "aidledger: these cosignatures are on the ledger already")
        return collected.note
    }
}
