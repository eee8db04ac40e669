internal import Foundation
internal import Glibc

/// Another program, run to its end without a shell. What it prints goes through files, which
/// cannot fill up like pipes.
package struct ChildProcess {
    /// Found along `PATH`.
    package let program: String
    /// Without the program's name.
    package let arguments: [String]
    /// Where its output is put.
    package let folder: String
    package let secondsMax: Double

    package init(program: String, arguments: [String], folder: String, secondsMax: Double) {
        self.program = program
        self.arguments = arguments
        self.folder = folder
        self.secondsMax = secondsMax
    }

    package struct Outcome {
        /// Its exit status; 128 and more where a signal ended it.
        package let status: Int32
        package let output: String
        package let errors: String
    }

    package enum Failure: Error {
        case notFound
        case notStarted(errno: Int32)
        case tookTooLong
    }

    package func run() throws(Failure) -> Outcome {
        let output = "\(folder)/output"
        let errors = "\(folder)/errors"
        let status = try wait(for: start(output: output, errors: errors))
        func text(_ path: String) -> String {
            String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        }
        return Outcome(status: status, output: text(output), errors: text(errors))
    }

    private func start(output: String, errors: String) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let toWrite = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, toWrite, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, toWrite, 0o600)
        // What it says is looked at, so it must not speak another language.
        var environment = ProcessInfo.processInfo.environment
        environment["LC_ALL"] = "C"
        // What it leaves where it is ended goes with the folder.
        environment["TMPDIR"] = folder
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, program, &actions, nil, &words, &settings)
        guard code != ENOENT else { throw .notFound }
        guard code == 0 else { throw .notStarted(errno: code) }
        return process
    }

    private func wait(for process: pid_t) throws(Failure) -> Int32 {
        Interruption.add(process: process)
        defer { Interruption.remove(process: process) }
        let end = ContinuousClock.now + .seconds(secondsMax)
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { break }
            if ended < 0, errno != EINTR { throw .notStarted(errno: errno) }
            guard ContinuousClock.now < end else {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
                throw .tookTooLong
            }
            usleep(500)
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
