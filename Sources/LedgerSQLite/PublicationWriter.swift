internal import CPlatform
internal import Glibc
internal import LedgerCore
internal import TransparencyLog

/// Writes the files of a publication: each under a temporary name and then renamed, so that nobody
/// reads half of one. While it lives, nobody else publishes into the folder.
///
/// Everything is reached through the open folder, also where that is renamed meanwhile.
final class PublicationWriter {
    private let folder: PublishedFolder
    /// Of the folder; `flock` on it keeps others out, and leaves no file behind.
    private let descriptor: Int32
    private let isNew: Bool
    /// Folders that are known to be there.
    private var folders: Set<String> = []
    private(set) var files = 0
    private(set) var bytes: Int64 = 0

    /// Entries are people's health data: for the owner to write and a group to read, less where
    /// the mask (umask) says less.
    private static let folderMode: mode_t = 0o750
    private static let fileMode: mode_t = 0o640
    /// What a file is called until it is complete. There is one at a time, so that what a killed
    /// program leaves is one.
    static let temporaryName = ".new"

    /// Opens the folder, or makes it.
    /// - Throws: `StoreError`, `PublishingRefusal.notAFolder`.
    init(_ folder: PublishedFolder) throws {
        self.folder = folder
        isNew = mkdir(folder.path, PublicationWriter.folderMode) == 0
        guard isNew || errno == EEXIST else { throw FileSystem.failure(folder.path) }
        descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOTDIR
                ? PublishingRefusal.notAFolder(folder.path) : FileSystem.unreadable(folder.path)
        }
        do { try lock() } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private func lock() throws {
        guard !FileSystem.isOnNetwork(folder.path) else {
            throw PublishingRefusal.networkFileSystem(folder.path)
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: throw PublishingRefusal.busy(folder.path)
            default: throw FileSystem.failure(folder.path)
            }
        }
    }

    /// - Parameter name: the path below the folder.
    func write(_ content: [UInt8], to name: String) throws {
        try makeFolders(of: name)
        // An older one may be left, or something that somebody put there.
        unlinkat(descriptor, PublicationWriter.temporaryName, 0)
        let file = openat(
            descriptor, PublicationWriter.temporaryName,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, PublicationWriter.fileMode)
        guard file >= 0 else { throw FileSystem.failure(folder.file(name)) }
        let code = writeAll(content, to: file)
        // Some file systems say only now that there was no room.
        guard close(file) == 0 || code != 0 else { throw FileSystem.failure(folder.file(name)) }
        guard code == 0 else { throw FileSystem.failure(folder.file(name), code) }
        guard renameat(descriptor, PublicationWriter.temporaryName, descriptor, name) == 0 else {
            throw FileSystem.failure(folder.file(name))
        }
        files += 1
        bytes += Int64(content.count)
    }

    private func makeFolders(of name: String) throws {
        guard let slash = name.lastIndex(of: "/") else { return }
        let parent = String(name[..<slash])
        guard !folders.contains(parent) else { return }
        try makeFolders(of: parent)
        let isNew = mkdirat(descriptor, parent, PublicationWriter.folderMode) == 0
        guard isNew || errno == EEXIST else { throw FileSystem.failure(folder.file(parent)) }
        guard isNew || isFolder(parent) else {
            throw PublishingRefusal.notAFolder(folder.file(parent))
        }
        folders.insert(parent)
    }

    /// A link to a folder is none: what lies behind it may be on another disk.
    private func isFolder(_ name: String) -> Bool {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Returns when all that was written is on the disk: syncfs(2). Thousands of files, each
    /// flushed by itself, took three times as long.
    func flush() throws {
        let code = aidledger_sync_file_system(descriptor)
        guard code == 0 else { throw FileSystem.failure(folder.path, code) }
    }

    /// Returns when the names in the folder itself are on the disk.
    func flushNames() throws {
        guard fsync(descriptor) == 0 else { throw FileSystem.failure(folder.path) }
    }

    /// Removes what a publication of this size does not have, such as tiles that were not full
    /// and now are, and what an interrupted run has left.
    func clear(to size: TreeSize) throws {
        unlinkat(descriptor, PublicationWriter.temporaryName, 0)
        var names: [String] = []
        try folder.forEachItem { item in
            switch item {
            case .tile(let tile) where !tile.belongs(to: size): names.append(tile.path)
            case .emptyFolder(let name): names.append(name + ".")
            case .tile, .other: break
            }
        }
        for name in names {
            unlinkat(descriptor, name, 0)
            removeEmptyFolders(of: name)
        }
    }

    private func removeEmptyFolders(of name: String) {
        var name = name
        while let slash = name.lastIndex(of: "/") {
            name = String(name[..<slash])
            guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 else { return }
            folders.remove(name)
        }
    }

    /// After a failure: leaves what was published before, or nothing.
    func withdraw(to size: TreeSize) {
        try? clear(to: size)
        removeIfNew()
    }

    /// Removes the folder that was made and holds nothing.
    func removeIfNew() {
        if isNew { FileSystem.removeFolder(folder.path) }
    }
}
