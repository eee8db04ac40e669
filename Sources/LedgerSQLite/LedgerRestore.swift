internal import GRDB
package import LedgerCore
internal import TransparencyLog

/// Puts a backup in place as a ledger, where there is none.
package struct LedgerRestore {
    private let folder: BackupFolder
    private let paths: LedgerPaths
    private let progress: (_ done: Int64, _ total: Int64) -> Void

    /// - Parameter progress: is told bytes copied.
    package init(
        _ folder: BackupFolder, to paths: LedgerPaths,
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) {
        self.folder = folder
        self.paths = paths
        self.progress = progress
    }

    /// All files are copied under other names and compared with the manifest, then renamed.
    /// - Throws: `BackupError`, `StoreError`; then what was begun is removed again.
    package func run() throws -> BackupManifest {
        let manifest = try folder.manifest()
        try checkTarget()
        let lock = try WriterLock(paths)
        return try lock.hold {
            try checkTarget()
            let files = BackupFolder.suffixes.filter {
                manifest.files[BackupFolder.name($0)] != nil
            }
            defer { for suffix in files { FileSystem.remove(temporary(suffix)) } }
            try copy(files, manifest)
            try place(files)
            return manifest
        }
    }

    /// A write-ahead log that was left behind would be taken for that of the restored ledger.
    private func checkTarget() throws {
        let home = FileSystem.folder(of: paths.ledger)
        guard case .folder = try FileSystem.look(home) else {
            throw StoreError.failed(path: home, message: "there is no such folder")
        }
        guard !FileSystem.isOnNetwork(home) else {
            throw StoreError.networkFileSystem(paths.ledger)
        }
        let databases = [paths.ledger, paths.vault].flatMap { path in
            ["", "-wal", "-shm", "-journal"].map { path + $0 }
        }
        for path in databases + [paths.verifierKey] where try FileSystem.exists(path) {
            throw StoreError.alreadyExists(path)
        }
    }

    private func target(_ suffix: String) -> String { paths.ledger + suffix }
    private func temporary(_ suffix: String) -> String { target(suffix) + ".restoring" }

    private func copy(_ suffixes: [String], _ manifest: BackupManifest) throws {
        let meter = ByteMeter(total: manifest.bytes, progress)
        for suffix in suffixes {
            let source = folder.file(suffix)
            guard try FileSystem.exists(source) else {
                throw BackupError.altered(source, "it is missing")
            }
            let content = try FileSystem.copy(
                source, to: temporary(suffix), mode: suffix == ".vkey" ? 0o644 : 0o600,
                progress: meter.add)
            try compare(content, manifest.files[BackupFolder.name(suffix)], source)
        }
        try BackupFolder.open(temporary(""), as: manifest).close()
    }

    private func compare(
        _ found: FileContent, _ expected: FileContent?, _ path: String
    ) throws {
        guard let expected, found != expected else { return }
        let reason =
            found.bytes == expected.bytes
            ? "its SHA-256 is \(found.sha256), not \(expected.sha256)"
            : "it has \(found.bytes) bytes, not \(expected.bytes)"
        throw BackupError.altered(path, reason)
    }

    private func place(_ suffixes: [String]) throws {
        var placed: [String] = []
        do {
            for suffix in suffixes {
                try FileSystem.rename(temporary(suffix), to: target(suffix))
                placed.append(target(suffix))
            }
            try FileSystem.flush(FileSystem.folder(of: paths.ledger))
        } catch {
            for path in placed { FileSystem.remove(path) }
            throw error
        }
    }

    // MARK: Keys

    /// The keys that the restored ledger and vault need and that are not among `keys`.
    package static func missingKeys(
        _ paths: LedgerPaths, _ keys: KeyRing
    ) throws -> [(use: String, id: String)] {
        let identity = try LedgerReader(paths).identity
        var missing: [(use: String, id: String)] = []
        if keys.signingKey(identity.keys.current) == nil {
            missing.append(("signing", "\(identity.keys.current.id)"))
        }
        guard try FileSystem.exists(paths.vault) else { return missing }
        let rows = try Connection.reader(paths.vault, .vault).read { database in
            try Row.fetchAll(database, sql: "SELECT use, id FROM key ORDER BY use DESC")
        }
        for row in rows {
            let (use, id): (String, String) = (row["use"], row["id"])
            let isThere = VaultKey.Use(rawValue: use).map { keys.vaultKey($0, id: id) != nil }
            if isThere != true { missing.append((use, id)) }
        }
        return missing
    }
}
