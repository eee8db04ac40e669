internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the read model anew from the entries.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions

    func run() throws {
        let bar = ProgressBar("rebuilding")
        let entries = try LedgerRebuild.run(
            ledger.paths, catalogue: try home.home().kinds()
        ) { done, total in
            bar.show(done, of: total, count: Int(done), unit: "entries")
        }
        bar.finish()
        Console.output("rebuilt the read model from \(grouped(entries)) entries")
    }
}

struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Sign the present tree head, store and print it.",
        discussion:
            "Give the checkpoint to others: only one kept elsewhere shows a rewritten ledger.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions

    @Option(
        name: .shortAndLong, help: "Where to write it (default: standard output).",
        completion: .file())
    var output = "-"

    func run() throws {
        try OutputGuard.check(output)
        let note = try LedgerSigner(ledger.paths).sign(with: ledger.keyRing())
        try TextFile.write(note.formatted, to: output)
    }
}
