internal import Crypto
internal import Glibc
internal import LedgerCore
internal import TransparencyLog

/// What a file holds, in two figures.
package struct FileContent: Hashable, Codable, Sendable {
    package let bytes: Int64
    /// Hex.
    package let sha256: String
}

extension FileSystem {
    /// Reads a file that no connection of this process has open.
    /// - Parameter progress: is told how many bytes each step has read.
    static func content(
        of path: String, progress: (_ bytes: Int64) -> Void
    ) throws -> FileContent {
        try read(path, progress) { _ in }
    }

    /// Copies a file to a new name and flushes the copy to the disk; what had that name is lost.
    static func copy(
        _ path: String, to target: String, mode: mode_t, progress: (_ bytes: Int64) -> Void
    ) throws -> FileContent {
        let copy = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard copy >= 0 else { throw failure(target) }
        defer { close(copy) }
        let content = try read(path, progress) { bytes in
            let code = writeAll(bytes, to: copy)
            guard code == 0 else { throw failure(target, code) }
        }
        guard fsync(copy) == 0 else { throw failure(target) }
        return content
    }

    /// Makes sure that a file, or the names in a folder, are on the disk.
    static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private static func read(
        _ path: String, _ progress: (_ bytes: Int64) -> Void,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> FileContent {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path) }
        defer { close(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var hash = SHA256()
        var bytes: Int64 = 0
        while true {
            let count = Glibc.read(file, buffer.baseAddress, buffer.count)
            guard count >= 0 else { throw unreadable(path) }
            guard count > 0 else { break }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            hash.update(bufferPointer: piece)
            try body(piece)
            bytes += Int64(count)
            progress(Int64(count))
        }
        return FileContent(bytes: bytes, sha256: Hex.encode(Array(hash.finalize())))
    }
}
