internal import Foundation

/// Small files that are no database.
enum TextFile {
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file as a whole, so that nobody sees half of it; `-` is standard output.
    ///
    /// What is there and is no regular file (a device, a pipe) is written to as it is: renaming
    /// a file over it would put the file in its place.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Console.output(bytes: bytes) }
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type]
        let isSpecial = (type as? FileAttributeType).map { $0 != .typeRegular } ?? false
        do {
            let target = URL(fileURLWithPath: path)
            try Data(bytes).write(to: target, options: isSpecial ? [] : .atomic)
        } catch {
            throw FileError(path: path, reason: reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileNoSuchFile?: "there is no such folder"
        case .fileWriteNoPermission?: "no right to write there"
        case .fileWriteOutOfSpace?: "the disk is full"
        default: "\(error.localizedDescription)"
        }
    }
}

/// A file cannot be written.
struct FileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path) cannot be written: \(reason)" }
}
