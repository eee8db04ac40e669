internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make the read model anew from the entries, and judge everything anew.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions

    func run() throws {
        let bar = ProgressBar("rebuilding")
        let judging = try Judging(ledger, try home.home())
        let entries = try LedgerRebuild.run(ledger.paths, catalogue: judging.catalogue) {
            bar.show($0, of: $1, count: Int($0), unit: "entries")
        }
        bar.finish()
        try judging.bringUpToDate(isQuiet: false)
        Console.output("rebuilt the read model from \(grouped(entries)) entries")
    }
}
