internal import Foundation
internal import LedgerCore

/// Small files that are no database.
enum TextFile {
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file as a whole; `-` is standard output.
    /// - Parameter mode: the file's, as the umask allows.
    static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws {
        if path == "-" { return Console.output(bytes: bytes) }
        try WholeFile.write(bytes, to: path, mode: mode)
    }
}
