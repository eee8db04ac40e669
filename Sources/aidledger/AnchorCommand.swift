internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct AnchorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor",
        abstract: "Keep another ledger's checkpoint, so that it cannot be rewritten unseen.",
        discussion: """
            A province keeps its cities' checkpoints. The first is taken as it is; every later one \
            must be shown to go on from the last, by what `aidledger prove OTHER --since SIZE` \
            writes. Exit status 1 where it contradicts the last one.
            """)

    @OptionGroup var ledger: LedgerOptions

    @Argument(
        help: "A checkpoint of the other ledger, or what `prove --since` writes.",
        completion: .file())
    var checkpoint: String

    @Option(
        help: "The other ledger's verifier key, as its keeper gave it: itself, or a file.",
        completion: .file())
    var vkey: String

    @OptionGroup var home: HomeOptions
    @OptionGroup var author: AuthorOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let key = try ProofInput.verifierKey(vkey)
        guard let sent = try ProofInput.file(checkpoint).head else {
            throw UsageError("\(checkpoint) is a proof of one entry, and no checkpoint")
        }
        let seq = try ledger.registrar(home).anchor(
            sent.note, sent.proof, key: key, operator: author.name)
        var object: [String: Any] = ["origin": key.name.text]
        object["seq"] = seq
        json.say(
            seq.map { "entry \(grouped($0)) keeps this checkpoint of \(key.name)" }
                ?? "this checkpoint of \(key.name) is the last one kept already", object)
    }
}
