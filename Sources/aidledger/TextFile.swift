internal import Foundation

/// Small files that are no database.
enum TextFile {
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file as a whole, or standard output where `path` is `-`.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Console.output(bytes: bytes) }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw FileError(path: path, reason: error.localizedDescription)
        }
    }
}

/// A file cannot be written.
struct FileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path) cannot be written: \(reason)" }
}
