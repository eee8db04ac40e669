internal import ArgumentParser
internal import CPlatform
internal import Foundation
internal import Glibc
internal import Reporting

/// What runs stylesheets that are not ours: a process of its own, started by `StylesheetProcess`.
struct ReportTransformCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transform",
        abstract: "Run a stylesheet under limits, from standard input to standard output.",
        shouldDisplay: false)

    @Argument var stylesheet: String
    @Option(name: .customLong("folder")) var folders: [String] = []
    @Flag(name: .customLong("page")) var isPage = false

    /// Seconds of the processor, bytes of memory, open files.
    private static var limits: aidledger_limits {
        aidledger_limits(processor_seconds: 60, memory_bytes: 2 << 30, open_files: 16)
    }

    /// This command, for whoever is to start it. A process that waits longer than it may work
    /// waits for nothing.
    static let process = StylesheetProcess(
        program: "/proc/self/exe", arguments: ["report", "transform"], secondsMax: 120)

    func run() throws {
        var limits = ReportTransformCommand.limits
        let code = aidledger_confine(&limits)
        guard code == 0 else { throw Unconfined(code: code) }
        do {
            let library = try StylesheetLibrary(folders: folders, isSelfContained: isPage)
            let xml = FileHandle.standardInput.readDataToEndOfFile()
            Console.output(bytes: try library.transform(Array(xml), by: stylesheet))
        } catch ReportError.template(let problem) {
            Console.error(problem)
            throw ExitCode(StylesheetProcess.stylesheetFailed)
        }
    }

    /// Nothing is read before the limits are set.
    private struct Unconfined: Error, CustomStringConvertible {
        let code: Int32

        var description: String {
            "no limits could be set for the stylesheet: \(String(cString: strerror(code)))"
        }
    }
}
