package import LedgerCore
internal import TransparencyLog

/// The folder that holds a ledger's keys. They are found by key id, whatever the files are called.
package enum KeyFolder {
    /// Reads all keys of a folder; a folder that is not there holds none.
    /// - Throws: `StoreError.badKeyFile` for a file that is not a sound key.
    package static func read(_ folder: String) throws -> KeyRing {
        var ring = KeyRing()
        guard case .folder = try FileSystem.look(folder) else { return ring }
        for name in try FileSystem.names(in: folder) {
            let path = "\(folder)/\(name)"
            guard case .file = try FileSystem.look(path) else { continue }
            do { try ring.add(FileSystem.read(path)) } catch let error as KeyFileError {
                throw StoreError.badKeyFile(path: path, reason: error.description)
            }
        }
        return ring
    }

    /// Writes new keys; there must be none of these names.
    static func write(_ signing: SigningKey, _ vault: [VaultKey], to folder: String) throws {
        try FileSystem.makePrivateFolder(folder)
        let files =
            [("signing.key", signing.formattedPrivateKey)]
            + vault.map { ("\($0.use.rawValue).key", $0.line) }
        for (name, line) in files {
            let path = "\(folder)/\(name)"
            guard try !FileSystem.exists(path) else { throw StoreError.alreadyExists(path) }
            try FileSystem.write(line + "\n", to: path, mode: 0o600)
        }
    }
}
