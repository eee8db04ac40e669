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
