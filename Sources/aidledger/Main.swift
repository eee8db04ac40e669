internal import ArgumentParser
internal import CPlatform
internal import Foundation
internal import Glibc
internal import Logging

/// Runs the command line and turns what happened into an exit status.
@main
enum Main {
    static func main() {
        // A reader that goes away (`aidledger show … | head`) is no reason to die loudly.
        signal(SIGPIPE, SIG_DFL)
        // A file that may grow no further (`ulimit -f`) is an error to report, like a full disk.
        signal(SIGXFSZ, SIG_IGN)
        aidledger_explain_lack_of_memory(
            UnsafeRawPointer(lackOfMemory.utf8Start).assumingMemoryBound(to: CChar.self),
            Status.couldNotDo.rawValue)
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            let wanted = ProcessInfo.processInfo.environment["AIDLEDGER_LOG"] ?? "notice"
            handler.logLevel = Logger.Level(rawValue: wanted) ?? .notice
            return handler
        }
        do {
            var command = try AidLedger.parseAsRoot()
            try OpenFiles.ensure()
            try command.run()
        } catch {
            exit(report(error))
        }
    }

    private static let lackOfMemory: StaticString = """
        aidledger: it ended in the midst of its work, most likely for want of memory, which is \
        limited here (ulimit -v). Nothing that was acknowledged is lost: allow more, and run the \
        command again.

        """

    private static func report(_ error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if let status = Status(for: error) {
            Console.error("aidledger: \(error)")
            return status.rawValue
        }
        switch AidLedger.exitCode(for: error) {
        case .success:
            Console.output(AidLedger.fullMessage(for: error))
            return Status.fine.rawValue
        case .validationFailure:
            Console.error(AidLedger.fullMessage(for: error))
            return Status.badInput.rawValue
        default:
            Console.error("aidledger: \(error)")
            return Status.couldNotDo.rawValue
        }
    }
}

/// The whole command.
struct AidLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aidledger",
        abstract: "An append-only ledger of medical aid, and the reports drawn from it.",
        discussion: """
            LEDGER is the path of a ledger's database. Results go to standard output, all else to \
            standard error. Exit status: 0 fine; 1 the answer is no (verification failed); \
            2 bad usage or bad input; 3 it could not be done (disk, lock, no ledger).
            """,
        version: Program.version,
        subcommands: [
            InitCommand.self, ImportCommand.self, ShowCommand.self, VerifyCommand.self,
            RebuildCommand.self, CheckpointCommand.self, ProveCommand.self, CheckCommand.self,
            KeysCommand.self, WitnessCommand.self, AnchorCommand.self, TimesCommand.self,
            PublishCommand.self, ResolutionCommand.self,
            BackupCommand.self, RestoreCommand.self,
            VerdictsCommand.self, ApprovalsCommand.self, PolicyCommand.self,
            FindingsCommand.self, TraceCommand.self, AccessCommand.self, BenfordCommand.self,
            ReportCommand.self, ReportAllCommand.self, SampleCommand.self, KindsCommand.self,
        ])
}

/// What the program is.
enum Program {
    static let version = "0.1.0"
}
