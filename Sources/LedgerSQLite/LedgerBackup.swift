internal import AidRecords
internal import Foundation
internal import GRDB
package import LedgerCore
internal import TransparencyLog

/// Copies a ledger, its vault and its verifier key into a folder, while others read and write.
///
/// The keys are left out: a backup that holds them too would let whoever finds it read all names
/// and rewrite the whole ledger.
package struct LedgerBackup {
    private let paths: LedgerPaths
    private let folder: BackupFolder
    private let withVault: Bool
    private let program: String
    private let surroundings: Surroundings
    private let progress: (_ done: Int64, _ total: Int64) -> Void

    /// - Parameters:
    ///   - program: the version that the manifest names.
    ///   - progress: is told bytes; each is counted when it is copied and when it is read back.
    package init(
        _ paths: LedgerPaths, to folder: BackupFolder, withVault: Bool, program: String,
        surroundings: Surroundings, progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) {
        self.paths = paths
        self.folder = folder
        self.withVault = withVault
        self.program = program
        self.surroundings = surroundings
        self.progress = progress
    }

    /// - Throws: `StoreError`, `BackupError`; then what was begun is removed again.
    package func run() throws -> BackupManifest {
        if withVault, try !FileSystem.exists(paths.vault) { throw StoreError.noVault(paths.vault) }
        let mask = FileSystem.setMask(0o077)
        defer { _ = FileSystem.setMask(mask) }
        return try PairedSnapshot.read(paths, withVault: withVault) { ledger, vault in
            let at = surroundings.now()
            let isNew = try makeFolder()
            do { return try copy(ledger, vault, at) } catch {
                remove(withFolder: isNew)
                throw error
            }
        }
    }

    // MARK: The folder

    /// - Returns: whether it was made; an empty one that is there already (a medium's root, say)
    ///   is used as it is.
    private func makeFolder() throws -> Bool {
        switch try FileSystem.look(folder.path) {
        case .nothing:
            try FileSystem.makePrivateFolder(folder.path)
            return true
        case .folder:
            let names = try FileSystem.names(in: folder.path)
            guard names.isEmpty else {
                throw try folder.isCutOff(names)
                    ? BackupError.cutOff(folder.path) : .notEmpty(folder.path)
            }
            return false
        default: throw StoreError.alreadyExists(folder.path)
        }
    }

    private func remove(withFolder: Bool) {
        let files = BackupFolder.suffixes.map(folder.file) + [folder.manifestPath]
        for file in files { FileSystem.remove(file) }
        if withFolder { FileSystem.removeFolder(folder.path) }
    }

    // MARK: Copying

    private func copy(
        _ ledger: Database, _ vault: Database?, _ at: Moment
    ) throws -> BackupManifest {
        let identity = try LedgerIdentity.read(ledger, paths.ledger)
        let head = try Row.fetchOne(ledger, sql: "SELECT size, rootHash FROM head")
        guard let head else {
            throw StoreError.damaged(path: paths.ledger, message: "the head is missing")
        }
        let manifest = BackupManifest(
            at: at.description, files: try copyFiles(ledger, vault), format: Connection.format,
            origin: identity.origin, program: program,
            rootHash: Hex.encode(Array(head["rootHash"] as Data)), size: head["size"],
            v: BackupManifest.version)
        try BackupFolder.open(folder.ledger, as: manifest).close()
        if vault != nil { try Connection.unchangeable(folder.file(".vault"), .vault).close() }
        try folder.write(manifest)
        try FileSystem.flush(FileSystem.folder(of: folder.path))
        return manifest
    }

    /// The ledger last: without it the other files are none.
    private func copyFiles(
        _ ledger: Database, _ vault: Database?
    ) throws -> [String: FileContent] {
        let vaults = vault.map { [(suffix: ".vault", database: $0)] } ?? []
        let databases = vaults + [(suffix: "", database: ledger)]
        let meter = ByteMeter(
            total: try databases.reduce(0) { try $0 + 2 * LedgerBackup.byteCount($1.database) },
            progress)
        var files: [String: FileContent] = [:]
        if try FileSystem.exists(paths.verifierKey) {
            files[BackupFolder.name(".vkey")] = try FileSystem.copy(
                paths.verifierKey, to: folder.file(".vkey"), mode: 0o600
            ) { _ in }
        }
        for (suffix, database) in databases {
            try copy(database, suffix, meter)
            files[BackupFolder.name(suffix)] = try FileSystem.content(
                of: folder.file(suffix), progress: meter.add)
        }
        return files
    }

    private static func byteCount(_ database: Database) throws -> Int64 {
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        return try pages * (Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
    }

    /// Page by page, within the transaction of `source`, so that a commit of somebody else's does
    /// not make the copy begin anew.
    private func copy(_ source: Database, _ suffix: String, _ meter: ByteMeter) throws {
        let target = folder.file(suffix)
        do {
            // Nobody else knows the new file, and it may lie where locks cannot be trusted.
            let queue = try DatabaseQueue(path: Connection.uri(target, "nolock=1"))
            try queue.writeWithoutTransaction { copy in
                // A copy that was cut off is worth nothing, and a whole one is flushed below.
                try copy.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                let before = meter.done
                let pageBytes = try Int64.fetchOne(source, sql: "PRAGMA page_size") ?? 0
                try source.backup(to: copy, pagesPerStep: LedgerBackup.pagesPerStep) {
                    meter.set(before + Int64($0.completedPageCount) * pageBytes)
                }
            }
            try queue.close()
        } catch let error as DatabaseError {
            let isSource =
                [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
                || error.extendedResultCode == .SQLITE_IOERR_READ
            throw StoreError.from(error, path: isSource ? paths.ledger + suffix : target)
        }
        try FileSystem.flush(target)
    }

    /// 8 MiB of 4 KiB each.
    private static let pagesPerStep: Int32 = 2_048
}

/// Counts bytes for who looks on.
final class ByteMeter {
    private(set) var done: Int64 = 0
    private let total: Int64
    private let progress: (_ done: Int64, _ total: Int64) -> Void

    init(total: Int64, _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void) {
        self.total = total
        self.progress = progress
    }

    func set(_ bytes: Int64) {
        done = bytes
        progress(done, total)
    }

    func add(_ bytes: Int64) { set(done + bytes) }
}
