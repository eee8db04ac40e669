/// A ZIP archive whose files are stored as they are (APPNOTE.TXT 6.3, method 0): what a ZIP needs
/// for every program to open it, and nothing that could vary.
///
/// Parsing accepts exactly what `formatted` emits, so no byte of an archive can be changed unseen,
/// nothing inflates, and no two archives hold the same files.
package struct StoredZip: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        /// ASCII letters, digits, `.`, `_`, `-`, and `/` between parts.
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    package let files: [File]

    /// The longest archive that is read or written.
    package static let byteCountMax = 64 << 20
    package static let fileCountMax = 32_768

    package enum Failure: Error, Hashable, Sendable {
        case badName
        case twice(String)
        case tooLarge
        case notAnArchive
        /// It is an archive, but not one of this plain form: packed anew, cut off, or altered.
        case notPlain
    }

    /// - Throws: `Failure` where names are not plain or not unique, or it is too much.
    package init(_ files: [File]) throws(Failure) {
        var names: Set<String> = []
        for file in files {
            guard StoredZip.isPlain(file.name) else { throw .badName }
            guard names.insert(file.name).inserted else { throw .twice(file.name) }
        }
        guard files.count <= StoredZip.fileCountMax,
            files.reduce(0, { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 76 }) + 22
                <= StoredZip.byteCountMax
        else { throw .tooLarge }
        self.files = files
    }

    private static func isPlain(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 100
            && parts.allSatisfy { part in
                !part.isEmpty && !part.hasPrefix(".")
                    && part.utf8.allSatisfy {
                        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                            || [45, 46, 95].contains($0)
                    }
            }
    }

    /// Whether bytes begin like a ZIP archive.
    package static func begins(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: Record.file.signature)
    }

    // MARK: Reading

    package init(parsing bytes: [UInt8]) throws(Failure) {
        guard StoredZip.begins(bytes) else { throw .notAnArchive }
        guard bytes.count <= StoredZip.byteCountMax else { throw .tooLarge }
        var files: [File] = []
        var rest = bytes[...]
        while rest.starts(with: Record.file.signature) {
            guard rest.count >= 30, files.count < StoredZip.fileCountMax else { throw .notPlain }
            let header = Array(rest.prefix(30))
            let (size, nameLength) = (
                StoredZip.number(header[18..<22]), StoredZip.number(header[26..<28])
            )
            guard rest.count >= 30 + nameLength + size else { throw .notPlain }
            let body = rest.dropFirst(30)
            files.append(
                File(
                    name: String(decoding: body.prefix(nameLength), as: UTF8.self),
                    bytes: Array(body.dropFirst(nameLength).prefix(size))))
            rest = body.dropFirst(nameLength + size)
        }
        try self.init(files)
        guard formatted == bytes else { throw .notPlain }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    // MARK: Writing

    private enum Record {
        case file, directory, end

        /// 4.3.7, 4.3.12, 4.3.16.
        var signature: [UInt8] {
            switch self {
            case .file: [0x50, 0x4B, 0x03, 0x04]
            case .directory: [0x50, 0x4B, 0x01, 0x02]
            case .end: [0x50, 0x4B, 0x05, 0x06]
            }
        }
    }

    package var formatted: [UInt8] {
        var archive = Writer()
        var directory = Writer()
        for file in files {
            let start = archive.bytes.count
            let common = StoredZip.common(file)
            archive.add(Record.file.signature, common, [])
            archive.bytes += file.name.utf8
            archive.bytes += file.bytes
            // Made on Unix; no comment, disk 0, binary; rights 0644.
            directory.add(Record.directory.signature + [0x14, 0x03], common, [0, 0, 0, 0, 0, 0])
            directory.add(0o100644 << 16, byteCount: 4)
            directory.add(start, byteCount: 4)
            directory.bytes += file.name.utf8
        }
        var end = Writer()
        end.bytes += Record.end.signature + [0, 0, 0, 0]
        for _ in 0..<2 { end.add(files.count, byteCount: 2) }
        end.add(directory.bytes.count, byteCount: 4)
        end.add(archive.bytes.count, byteCount: 4)
        end.bytes += [0, 0]
        return archive.bytes + directory.bytes + end.bytes
    }

    /// What a file's header and its line in the directory have in common: version 1.0 needed, names
    /// in UTF-8, stored, 1980-01-01, checksum, sizes, length of the name, no extra field.
    private static func common(_ file: File) -> [UInt8] {
        var writer = Writer()
        writer.bytes += [10, 0, 0, 0x08, 0, 0, 0, 0, 0x21, 0]
        writer.add(Int(CRC32.of(file.bytes)), byteCount: 4)
        for _ in 0..<2 { writer.add(file.bytes.count, byteCount: 4) }
        writer.add(file.name.utf8.count, byteCount: 2)
        writer.bytes += [0, 0]
        return writer.bytes
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func add(_ parts: [UInt8]...) { for part in parts { bytes += part } }

        /// Little-endian.
        mutating func add(_ number: Int, byteCount: Int) {
            for place in 0..<byteCount {
                bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
            }
        }
    }
}

/// The checksum of ZIP archives (APPNOTE.TXT 4.4.7), against accidents only.
enum CRC32 {
    private static let table = (UInt32(0)..<256).map { index in
        var value = index
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        return value
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        var value = ~UInt32(0)
        for byte in bytes {
            let index = UInt8(truncatingIfNeeded: value) ^ byte
            value = table[Int(index)] ^ (value >> 8)
        }
        return ~value
    }
}

extension StoredZip.Failure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badName: "it holds a file whose name is not plain"
        case .twice(let name): "it holds two files called \(name)"
        case .tooLarge:
            "it is too large: \(StoredZip.byteCountMax >> 20) MiB and "
                + "\(StoredZip.fileCountMax) files at most"
        case .notAnArchive: "it is no ZIP archive"
        case .notPlain: "it was altered, cut off or packed anew since it was made"
        }
    }
}
