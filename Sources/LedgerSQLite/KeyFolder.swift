package import LedgerCore
package import TransparencyLog

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

    /// Puts a new signing key beside the others.
    /// - Returns: the file's path.
    package static func add(_ key: SigningKey, to folder: String) throws -> String {
        try FileSystem.makePrivateFolder(folder)
        let path = "\(folder)/signing-\(key.verifierKey.id).key"
        try write(key, to: path)
        return path
    }

    /// Writes a private key into a file of its own, for its owner's eyes only.
    package static func write(_ key: SigningKey, to path: String) throws {
        guard try !FileSystem.exists(path) else { throw StoreError.alreadyExists(path) }
        try FileSystem.write(key.formattedPrivateKey + "\n", to: path, mode: 0o600)
    }

    /// Writes the verifier key of a ledger beside it.
    package static func publish(_ key: VerifierKey, _ paths: LedgerPaths) throws {
        try FileSystem.write(key.formatted + "\n", to: paths.verifierKey, mode: 0o644)
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
