internal import Foundation
internal import LedgerCore

/// Small files that are no database.
enum TextFile {
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file as a whole; `-` is standard output.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Console.output(bytes: bytes) }
        try WholeFile.write(bytes, to: path)
    }
}
