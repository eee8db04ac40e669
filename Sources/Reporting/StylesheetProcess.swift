internal import AidRecords
internal import Foundation
internal import Glibc
internal import LedgerCore

/// Runs stylesheets that are not ours in a process of their own, which the system limits.
///
/// The process is this program again: it gets the XML as standard input, from a file, and gives the
/// document, or what is wrong, through pipes, so that it needs no right to write any file.
package struct StylesheetProcess: Sendable {
    private let program: String
    /// Before those that name the stylesheet and the folders.
    private let arguments: [String]
    private let secondsMax: Int

    package init(program: String, arguments: [String], secondsMax: Int) {
        self.program = program
        self.arguments = arguments
        self.secondsMax = secondsMax
    }

    /// No process could be started, or it could not be listened to.
    package struct Failure: Error, CustomStringConvertible {
        let code: Int32

        package var description: String {
            "the process that runs stylesheets could not be started: "
                + String(cString: strerror(code))
        }
    }

    /// The status by which the process says that the stylesheet failed, and why on standard error.
    package static let stylesheetFailed: Int32 = 2

    private static let outputBytesMax = 256 << 20
    private static let problemBytesMax = 64 << 10

    /// - Parameters:
    ///   - folders: what it may read.
    ///   - isPage: whether it must be a page that fetches and runs nothing.
    /// - Throws: `ReportError.template`, `Failure`, `TemporaryFolder.Failure`, `FileError`.
    func transform(
        _ xml: [UInt8], by stylesheet: [UInt8], folders: [String], isPage: Bool
    ) throws -> [UInt8] {
        try TemporaryFolder.with { folder in
            try WholeFile.write(xml, to: "\(folder)/report.xml", mode: 0o600)
            try WholeFile.write(stylesheet, to: "\(folder)/layered.xsl", mode: 0o600)
            let names = (folders + [folder]).flatMap { ["--folder", $0] }
            return try run(
                arguments + ["\(folder)/layered.xsl"] + names + (isPage ? ["--page"] : []),
                input: "\(folder)/report.xml")
        }
    }

    private func run(_ words: [String], input: String) throws -> [UInt8] {
        let (output, problem) = (try Pipe.make(), try Pipe.make())
        defer { for pipe in [output, problem] { close(pipe.reader) } }
        let process: pid_t
        do {
            defer { for pipe in [output, problem] { close(pipe.writer) } }
            process = try start(words, input, output, problem)
        }
        let listening = Result {
            try listen(to: [output.reader, problem.reader])
        }
        if case .failure = listening { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let texts = try listening.get()
        if status == 0 { return texts[0] }
        throw ReportError.template(reason(status, texts[1]))
    }

    private func reason(_ status: Int32, _ words: [UInt8]) -> String {
        let text = String(decoding: words, as: UTF8.self).split(separator: "\n")
            .joined(separator: "\n")
        if status & 0x7F == 0, (status >> 8) & 0xFF == StylesheetProcess.stylesheetFailed {
            return text
        }
        let end =
            status & 0x7F == SIGXCPU
            ? "it took more processor time than it may"
            : "most likely it took more memory than it may"
        return "the process that ran the layers' stylesheets came to no good end: \(end)"
            + (text.isEmpty ? "" : " (\(printable(String(text.prefix(300)))))")
    }

    // MARK: The process

    private struct Pipe {
        let reader: Int32
        let writer: Int32

        static func make() throws(Failure) -> Pipe {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw Failure(code: errno) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return Pipe(reader: ends[0], writer: ends[1])
        }
    }

    /// Nothing of ours goes along: no environment, and the process closes what may be open.
    private func start(
        _ words: [String], _ input: String, _ output: Pipe, _ problem: Pipe
    ) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writer, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, problem.writer, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var texts = ([program] + words).map { strdup($0) } + [nil]
        var settings = [strdup("LC_ALL=C"), nil]
        defer { for text in texts + settings { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, program, &actions, &attributes, &texts, &settings)
        guard code == 0 else { throw Failure(code: code) }
        return process
    }

    /// All that the process says, until it has closed both.
    private func listen(to readers: [Int32]) throws -> [[UInt8]] {
        let most = [StylesheetProcess.outputBytesMax, StylesheetProcess.problemBytesMax]
        let end = ContinuousClock.now + .seconds(secondsMax)
        var texts: [[UInt8]] = [[], []]
        var polled = readers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while polled.contains(where: { $0.fd >= 0 }) {
            guard ContinuousClock.now < end else {
                throw ReportError.template(
                    "the layers' stylesheets did not come to an end within \(secondsMax) seconds")
            }
            if poll(&polled, nfds_t(polled.count), 200) < 0, errno != EINTR {
                throw Failure(code: errno)
            }
            for index in polled.indices where polled[index].fd >= 0 && polled[index].revents != 0 {
                let count = read(polled[index].fd, &chunk, chunk.count)
                if count < 0 {
                    guard errno == EINTR else { throw Failure(code: errno) }
                } else if count == 0 {
                    polled[index].fd = -1
                } else {
                    texts[index].append(contentsOf: chunk[..<count])
                }
                guard texts[index].count <= most[index] else {
                    throw ReportError.template(
                        "the layers' stylesheets give more than \(grouped(most[index])) bytes")
                }
            }
        }
        return texts
    }
}
