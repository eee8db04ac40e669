internal import ArgumentParser

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Draw reports, and check those that were drawn.",
        discussion: """
            `aidledger report NAME LEDGER --year Y -o FILE` draws; `--list` says which reports there \
            are, `--explain NAME` what one tells; `aidledger report draw --help` its options.
            """,
        subcommands: [
            ReportDrawCommand.self, ReportTraceCommand.self, ReportCheckCommand.self,
            ReportStylesheetCommand.self, ReportTransformCommand.self,
        ],
        defaultSubcommand: ReportDrawCommand.self)
}
