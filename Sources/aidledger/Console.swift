internal import AidRecords
internal import Foundation
internal import Glibc
internal import LedgerCore

/// Writing to the terminal: results to standard output, all else to standard error.
enum Console {
    /// Lines of ours, and what they quote: whoever sent it gives no orders to the terminal.
    static func error(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        write(lines.map { printable(String($0)) + "\n" }.joined(), to: STDERR_FILENO)
    }

    static func output(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    static func output(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        let code = writeAll(bytes, to: descriptor)
        if code != 0 { failed(descriptor, code) }
    }

    /// A result that could not be written is no success.
    private static func failed(_ descriptor: Int32, _ code: Int32) {
        guard descriptor == STDOUT_FILENO else { return }
        let reason = String(cString: strerror(code))
        error("aidledger: standard output cannot be written: \(reason)")
        exit(Status.couldNotDo.rawValue)
    }

    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// What stands in JSON for what is not known.
    static let null: any Sendable = NSNull()

    static func value(_ known: (any Sendable)?) -> Any { known ?? null }

    /// One JSON object, keys sorted, on a line of its own.
    static func output(json: [String: Any]) {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        if let data = try? JSONSerialization.data(withJSONObject: json, options: options) {
            output(String(decoding: data, as: UTF8.self))
        }
    }
}

/// A progress bar on a terminal; silent where standard error is none.
final class ProgressBar {
    private let label: String
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    init(_ label: String, isQuiet: Bool = false) {
        self.label = label
        isShown = Console.isErrorTerminal && !isQuiet
    }

    /// Says what is being done, where nobody can say how far it is.
    func begin() {
        guard isShown else { return }
        lastShown = .now
        Console.write("\r\(label) …\u{1B}[K", to: STDERR_FILENO)
    }

    /// - Parameters:
    ///   - total: nil where it is not known.
    ///   - unit: what `count` counts, for the rate.
    func show(_ done: Int64, of total: Int64?, count: Int, unit: String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastShown, now - lastShown < .milliseconds(100) { return }
        lastShown = now
        let seconds =
            max(Double((now - start).components.seconds), 0.001)
            + Double((now - start).components.attoseconds) / 1e18
        let rate = Int(Double(count) / seconds)
        var line = "\r\(label) "
        if let total, total > 0 {
            let share = min(max(Double(done) / Double(total), 0), 1)
            let filled = Int(share * 24)
            line +=
                "[" + String(repeating: "█", count: filled)
                + String(repeating: "░", count: 24 - filled) + "] \(Int(share * 100))%"
            if share > 0.01 {
                line += "  \(ProgressBar.time(seconds / share - seconds)) left"
            }
        }
        line += "  \(grouped(count)) \(unit), \(grouped(rate))/s"
        Console.write(line + "\u{1B}[K", to: STDERR_FILENO)
    }

    /// Clears the line.
    func finish() {
        if isShown, lastShown != nil { Console.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
