internal import Glibc
package import TransparencyLog

/// A folder in which a ledger is published: `checkpoint`, `tile/…` and nothing else. C2SP
/// tlog-tiles; `ledger/FORMAT.md`, Publication.
///
/// Whoever reads one does not trust who wrote it: files are opened without waiting, without
/// following links, and read only as far as they may be long.
package struct PublishedFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The file whose presence makes it a publication; it is written last.
    package static let checkpointName = "checkpoint"

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Why a file does not give what it should.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case missing
        case symbolicLink
        case noFile
        case wrongLength(Int, expected: Int)
        case tooLong(Int, max: Int)
        case unreadable(String)

        package var description: String {
            switch self {
            case .missing: "it is not there"
            case .symbolicLink: "it is a symbolic link, not a file"
            case .noFile: "it is not a file"
            case .wrongLength(let count, let expected):
                "it has \(count) bytes, not \(expected)"
            case .tooLong(let count, let max): "it has \(count) bytes, more than \(max)"
            case .unreadable(let reason): "it cannot be read: \(reason)"
            }
        }
    }

    /// Reads a file as a whole.
    /// - Parameters:
    ///   - name: its path below the folder.
    ///   - max: how many bytes it may have.
    package func read(_ name: String, max: Int) throws(Fault) -> [UInt8] {
        let descriptor = open(file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw Fault(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Fault(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile }
        let length = Int(status.st_size)
        guard length <= max else { throw .tooLong(length, max: max) }
        var filled = 0
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while filled < length {
                let step = Glibc.read(
                    descriptor, buffer.baseAddress.map { $0 + filled }, length - filled)
                if step < 0, errno == EINTR { continue }
                if step < 0 { code = errno }
                guard step > 0 else { break }
                filled += step
            }
            count = filled
        }
        guard code == 0 else { throw Fault(code) }
        guard filled == length else { throw .wrongLength(filled, expected: length) }
        return bytes
    }

    /// The hashes of a tile.
    package func hashes(of tile: Tile) throws(Fault) -> [NodeHash] {
        let length = tile.width * Digest32.byteCount
        let bytes = try read(tile.path, max: length)
        guard bytes.count == length, let hashes = try? NodeHash.split(bytes) else {
            throw .wrongLength(bytes.count, expected: length)
        }
        return hashes
    }
}

extension PublishedFolder.Fault {
    fileprivate init(_ code: Int32) {
        switch code {
        case ENOENT, ENOTDIR: self = .missing
        case ELOOP: self = .symbolicLink
        // A socket, or a device without driver.
        case ENXIO, ENODEV: self = .noFile
        default: self = .unreadable(String(cString: strerror(code)))
        }
    }
}

// MARK: The checkpoint

/// Why a folder is no publication that can be read.
package enum PublicationError: Error, Hashable, Sendable {
    case noCheckpoint(String)
    case unreadable(path: String, reason: String)
    case changed(String)
}

extension PublicationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noCheckpoint(let path):
            "\(path) is a folder without a file called checkpoint: neither a ledger nor the folder "
                + "of a published one, or its publication was cut off"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .changed(let path):
            "\(path) was published anew while it was being read; run the command again"
        }
    }
}

extension PublishedFolder {
    /// The checkpoint's bytes, of which nothing has been checked; nil where there is none.
    package func checkpointBytes() throws(PublicationError) -> [UInt8]? {
        do {
            return try read(PublishedFolder.checkpointName, max: SignedNote.byteCountMax)
        } catch .missing {
            return nil
        } catch {
            throw .unreadable(
                path: file(PublishedFolder.checkpointName), reason: error.description)
        }
    }
}
