internal import CPlatform
internal import Glibc
internal import LedgerCore

/// The few things that are asked of the file system itself. Nothing here opens a database file:
/// closing any descriptor of one drops the locks that SQLite holds on it in this process.
enum FileSystem {
    enum Entry {
        case nothing
        case file(size: Int64)
        case folder
        case other
    }

    /// What lies at `path`, symbolic links followed.
    /// - Throws: `StoreError.failed` where that cannot be told; it must not pass for nothing.
    static func look(_ path: String) throws -> Entry {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw unreadable(path) }
            return .nothing
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file(size: Int64(status.st_size))
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    static func exists(_ path: String) throws -> Bool {
        if case .nothing = try look(path) { return false }
        return true
    }

    /// Whether this user has the right to read what lies at `path`.
    static func mayRead(_ path: String) -> Bool { access(path, R_OK) == 0 || errno != EACCES }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Whether locks there are kept by another machine (statfs(2), f_type).
    static func isOnNetwork(_ path: String) -> Bool {
        networkTypes.contains(aidledger_file_system_type(path))
    }

    /// NFS, SMB, CIFS, SMB2, AFS, Coda, NCP, Ceph, Lustre.
    private static let networkTypes: Set<UInt32> = [
        0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x5346_414F, 0x7375_7245, 0x564C, 0x00C3_6400,
        0x0BD0_0BD0,
    ]

    /// Writes a small file as a whole.
    static func write(_ text: String, to path: String, mode: mode_t) throws {
        let code = WholeFile.tryToWrite(Array(text.utf8), to: path, mode: mode)
        guard code == 0 else { throw failure(path, code) }
    }

    /// Whether the disk that holds `path` has no room for one page more.
    static func isFull(_ path: String) -> Bool {
        var status = statvfs()
        return statvfs(folder(of: path), &status) == 0 && status.f_bavail == 0
    }

    /// Makes a folder that only its owner may enter.
    static func makePrivateFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// The names in a folder, in order; hidden ones, which begin with a dot, are left out.
    static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw unreadable(folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The text of a small file that is no database.
    static func read(_ path: String) throws -> String {
        String(decoding: try readBytes(path), as: UTF8.self)
    }

    /// A small file that is no database.
    static func readBytes(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= longestText {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
        throw StoreError.failed(path: path, message: "it is longer than \(longestText) bytes")
    }

    private static let longestText = 1 << 20

    /// Sets which rights new files do not have, and gives the mask that was set before.
    static func setMask(_ mask: mode_t) -> mode_t { umask(mask) }

    static func remove(_ path: String) { unlink(path) }

    static func rename(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else { throw failure(target) }
    }

    /// Removes a folder that is empty.
    static func removeFolder(_ path: String) { rmdir(path) }

    /// Why `path` could not be read, from `errno`.
    static func unreadable(_ path: String) -> StoreError {
        .failed(path: path, message: "it cannot be read: \(String(cString: strerror(errno)))")
    }

    /// Why `path` could not be written.
    static func failure(_ path: String, _ code: Int32 = errno) -> StoreError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path)
        case EROFS, EACCES, EPERM: .readOnly(path)
        default: .failed(path: path, message: String(cString: strerror(code)))
        }
    }
}
