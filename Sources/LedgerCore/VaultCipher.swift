package import AidRecords
package import Crypto
internal import TransparencyLog

/// Seals and opens what the vault holds: `ledger/FORMAT.md`, Vault.
package struct VaultCipher: Sendable {
    private let vaultKey: VaultKey
    private let indexKey: VaultKey
    private let randomBytes: @Sendable (Int) -> [UInt8]

    package init(vaultKey: VaultKey, indexKey: VaultKey, surroundings: Surroundings) {
        self.vaultKey = vaultKey
        self.indexKey = indexKey
        self.randomBytes = surroundings.randomBytes
    }

    package enum Failure: Error, Hashable, Sendable {
        /// The bytes are not what this key, pseudonym and version sealed.
        case doesNotOpen
    }

    /// What lies in the index in place of an identity: 32 bytes.
    package func tag(type: String, value: String) -> [UInt8] {
        var hmac = HMAC<SHA256>(key: indexKey.secret)
        hmac.update(data: Array(type.utf8))
        hmac.update(data: [0])
        hmac.update(data: Array(value.utf8))
        return Array(hmac.finalize())
    }

    /// A new pseudonym, from 128 random bits.
    package func newPseudonym(_ subject: SubjectClass) -> String {
        "\(subject.rawValue):\(Hex.encode(randomBytes(16)))"
    }

    /// The pseudonym under which the texts of one entry are sealed.
    package static func pseudonym(origin: String, source: String, id: String) -> String {
        let text = [origin, source, id].joined(separator: "\u{0}")
        let hash = SHA256.hash(data: Array(text.utf8))
        return "\(SubjectClass.sealedText.rawValue):\(Hex.encode(Array(hash).prefix(16)))"
    }

    package func newDataKey() -> SymmetricKey { SymmetricKey(data: randomBytes(32)) }

    /// The data key as the vault keeps it: 60 bytes.
    package func wrap(_ key: SymmetricKey, of pseudonym: String) throws -> [UInt8] {
        try seal(key.withUnsafeBytes { Array($0) }, under: vaultKey.secret, ["key", pseudonym])
    }

    package func unwrap(_ bytes: [UInt8], of pseudonym: String) throws(Failure) -> SymmetricKey {
        SymmetricKey(data: try open(bytes, under: vaultKey.secret, ["key", pseudonym]))
    }

    /// Seals field and value pairs.
    package func seal(
        _ texts: [(field: String, value: String)], under key: SymmetricKey, of pseudonym: String,
        version: Int
    ) throws -> [UInt8] {
        let members = Dictionary(
            texts.map { ($0.field, CanonicalValue.string($0.value)) },
            uniquingKeysWith: { first, _ in first })
        return try seal(
            CanonicalValue.object(members).canonicalBytes, under: key,
            ["sealed", pseudonym, String(version)])
    }

    package func open(
        _ bytes: [UInt8], under key: SymmetricKey, of pseudonym: String, version: Int
    ) throws(Failure) -> [String: String] {
        let text = try open(bytes, under: key, ["sealed", pseudonym, String(version)])
        guard let members = VaultCipher.members(text) else { throw .doesNotOpen }
        return members
    }

    /// What `seal` was given, of its canonical JSON.
    private static func members(_ text: [UInt8]) -> [String: String]? {
        text.withUnsafeBufferPointer { text in
            var tape = JSONTape()
            do { try tape.parse(text) } catch { return nil }
            return tape.isCanonical ? tape.texts(0, in: text) : nil
        }
    }

    /// What an entry shows of a sealed field.
    package static func commitment(
        _ field: String, _ value: String, under key: SymmetricKey, version: Int
    ) -> String {
        let salt = saltText(field, under: key, version: version)
        var statement = Array("[\"aidledger/1\"".utf8)
        for text in [field, salt, value] {
            statement.append(UInt8(ascii: ","))
            CanonicalJSON.append(text, to: &statement)
        }
        statement.append(UInt8(ascii: "]"))
        return Hex.encode(SHA256.hash(data: statement))
    }

    /// The salt of a commitment, in hex: shown with the value, it confirms that one field.
    package static func saltText(
        _ field: String, under key: SymmetricKey, version: Int
    ) -> String {
        Hex.encode(salt(field, under: key, version: version))
    }

    private static func salt(_ field: String, under key: SymmetricKey, version: Int) -> [UInt8] {
        let message = Array("\(field)\u{0}\(version)".utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }

    package static func digest(_ bytes: [UInt8]) -> String { Hex.encode(SHA256.hash(data: bytes)) }

    // MARK: AES-256-GCM

    private static func associatedData(_ parts: [String]) -> [UInt8] {
        Array("aidledger/1 \(parts.joined(separator: "\u{0}"))".utf8)
    }

    private func seal(
        _ text: [UInt8], under key: SymmetricKey, _ associated: [String]
    ) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            text, using: key, nonce: AES.GCM.Nonce(data: randomBytes(12)),
            authenticating: VaultCipher.associatedData(associated))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    private func open(
        _ bytes: [UInt8], under key: SymmetricKey, _ associated: [String]
    ) throws(Failure) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: bytes)
            return Array(
                try AES.GCM.open(
                    box, using: key, authenticating: VaultCipher.associatedData(associated)))
        } catch {
            throw .doesNotOpen
        }
    }
}
