internal import Foundation
internal import GRDB
internal import TransparencyLog

/// What `backup.json` says of a backup: `ledger/FORMAT.md`, Backup.
package struct BackupManifest: Hashable, Codable, Sendable {
    /// When the state was fixed, UTC.
    package let at: String
    /// By their names in the folder.
    package let files: [String: FileContent]
    /// Of the databases.
    package let format: Int
    package let origin: String
    package let program: String
    package let rootHash: String
    package let size: Int64
    /// Of the manifest.
    package let v: Int

    static let version = 1

    package var bytes: Int64 { files.values.reduce(0) { $0 + $1.bytes } }
    package var hasVault: Bool { files[BackupFolder.name(".vault")] != nil }
}

/// A folder that holds a backup. Its files have fixed names, so that a manifest cannot lead
/// elsewhere; the manifest is written last, so that what has none was cut off.
package struct BackupFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// What follows a ledger's path in the names of its files, in the order of putting them in
    /// place: the ledger last, since without it the others are none.
    static let suffixes = [".vkey", ".vault", ""]
    static func name(_ suffix: String) -> String { "ledger\(suffix)" }

    func file(_ suffix: String) -> String { "\(path)/\(BackupFolder.name(suffix))" }
    package var ledger: String { file("") }
    package var manifestPath: String { "\(path)/backup.json" }

    /// Whether these files are what an interrupted backup leaves.
    func isCutOff(_ names: [String]) throws -> Bool {
        try !FileSystem.exists(manifestPath)
            && BackupFolder.suffixes.contains { names.contains(BackupFolder.name($0)) }
    }

    // MARK: The manifest

    /// - Throws: `BackupError` where there is no backup, or none that is whole.
    package func manifest() throws -> BackupManifest {
        guard try FileSystem.exists(manifestPath) else { throw BackupError.notWhole(path) }
        struct Version: Decodable { let v: Int }
        let text = Data(try FileSystem.read(manifestPath).utf8)
        if let found = try? JSONDecoder().decode(Version.self, from: text).v,
            found > BackupManifest.version
        {
            throw BackupError.newerManifest(manifestPath, version: found)
        }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: text),
            manifest.v == BackupManifest.version, manifest.size > 0,
            manifest.files[BackupFolder.name("")] != nil,
            Set(BackupFolder.suffixes.map(BackupFolder.name)).isSuperset(of: manifest.files.keys)
        else { throw BackupError.unreadableManifest(manifestPath) }
        return manifest
    }

    func write(_ manifest: BackupManifest) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(manifest), as: UTF8.self)
        try FileSystem.write(text + "\n", to: manifestPath, mode: 0o600)
    }

    // MARK: The ledger in it

    /// The ledger of a whole backup, to be read; nothing is left beside it.
    func open() throws -> DatabaseQueue {
        let manifest = try manifest()
        return try BackupFolder.open(ledger, as: manifest)
    }

    /// A copy of a ledger, which must be of the origin, size and root hash that are expected.
    static func open(_ path: String, as expected: BackupManifest) throws -> DatabaseQueue {
        let queue = try Connection.unchangeable(path, .ledger)
        let isExpected = try StoreError.translated(path) {
            try queue.read { database in
                let head = try Row.fetchOne(database, sql: "SELECT size, rootHash FROM head")
                return try LedgerIdentity.read(database, path).origin == expected.origin
                    && head?["size"] == expected.size
                    && (head?["rootHash"] as Data?).map { Hex.encode(Array($0)) }
                        == expected.rootHash
            }
        }
        guard isExpected else {
            throw BackupError.altered(path, "its entries are not those that backup.json says")
        }
        return queue
    }
}

/// What keeps a backup from being made or used, in words that say what to do next.
package enum BackupError: Error, Hashable, Sendable {
    case notEmpty(String)
    case cutOff(String)
    case notWhole(String)
    case newerManifest(String, version: Int)
    case unreadableManifest(String)
    case altered(String, String)
}

extension BackupError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notEmpty(let path):
            "\(path) is not empty; a backup is written into a new folder"
        case .cutOff(let path):
            "\(path) holds a backup that was cut off: remove it, or say another folder"
        case .notWhole(let path):
            "\(path) is no whole backup: it has no backup.json, which is written last"
        case .newerManifest(let path, let version):
            "\(path) is of version \(version); this program knows \(BackupManifest.version): "
                + "use a newer one"
        case .unreadableManifest(let path): "\(path) is not a manifest of a backup"
        case .altered(let path, let reason):
            "\(path) is not the file that was backed up: \(reason)"
        }
    }
}
