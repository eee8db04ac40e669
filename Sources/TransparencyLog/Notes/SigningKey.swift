import Crypto

/// An Ed25519 private key with its name, of type ``KeyType/ed25519`` or ``KeyType/cosignature``.
///
/// Neither its description nor its mirror shows the seed; only ``formattedPrivateKey`` does.
package struct SigningKey: Sendable {
    private let privateKey: Curve25519.Signing.PrivateKey

    /// The public half.
    package let verifierKey: VerifierKey

    package var name: KeyName { verifierKey.name }
    package var type: KeyType { verifierKey.type }

    /// Makes a key of a 32-byte seed. Where the seed's randomness comes from is the caller's matter.
    package init(name: KeyName, type: KeyType = .ed25519, seed: [UInt8]) throws(KeyError) {
        guard type.canVerify else { throw .wrongType(type) }
        do {
            privateKey = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw .wrongKeyLength(type, byteCount: seed.count)
        }
        verifierKey = VerifierKey(name: name, type: type, publicKey: privateKey.publicKey)
    }

    /// Reads `PRIVATE+KEY+name+<8 hex digits of the key ID>+<base64(type byte ‖ seed)>`, as Go's
    /// `golang.org/x/mod/sumdb/note` writes it.
    package init(parsing text: String) throws(KeyError) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { throw .badForm }
        let parts = try KeyText(parsing: text.utf8.dropFirst(Self.prefix.utf8.count))
        try self.init(name: parts.name, type: parts.type, seed: parts.material)
        guard verifierKey.id == parts.id else {
            throw .keyIDMismatch(parts.id, computed: verifierKey.id)
        }
    }

    /// The private key in full, for a key file and nothing else.
    package var formattedPrivateKey: String {
        let seed = Array(privateKey.rawRepresentation)
        let text = KeyText(name: name, id: verifierKey.id, type: type, material: seed)
        return Self.prefix + text.formatted
    }

    private static let prefix = "PRIVATE+KEY+"

    /// Signs a note's text as its log.
    ///
    /// Ed25519 as in RFC 8032: on Linux the same text and key give the same signature. CryptoKit on
    /// Apple's systems adds randomness, so nothing may rest on that.
    package func sign(_ text: NoteText) throws(KeyError) -> NoteSignature {
        guard type == .ed25519 else { throw .wrongType(type) }
        return NoteSignature(
            name: name, keyID: verifierKey.id, signature: signature(over: text.bytes))
    }

    /// Cosigns a checkpoint as a witness that saw it at `timestampSeconds` (POSIX).
    /// C2SP tlog-cosignature, "Format".
    ///
    /// - Precondition: the time is not negative.
    package func cosign(
        _ checkpoint: Checkpoint, timestampSeconds: Int64
    ) throws(KeyError) -> NoteSignature {
        guard type == .cosignature else { throw .wrongType(type) }
        let statement = CosignedStatement(
            timestampSeconds: timestampSeconds, checkpoint: checkpoint.text)
        return NoteSignature(
            name: name, keyID: verifierKey.id,
            signature: statement.timestampBytes + signature(over: statement.message))
    }

    private func signature(over message: [UInt8]) -> [UInt8] {
        do {
            return Array(try privateKey.signature(for: message))
        } catch {
            preconditionFailure("Ed25519 can sign any message: \(error)")
        }
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "signing key of \(verifierKey)" }
    package var customMirror: Mirror { Mirror(self, children: ["verifierKey": verifierKey]) }
}
