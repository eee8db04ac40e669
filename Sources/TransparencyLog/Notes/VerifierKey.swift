import Crypto

/// A public key with its name: what a vkey says. C2SP signed-note, "Verifier keys".
package struct VerifierKey: Hashable, Sendable {
    package let name: KeyName
    package let id: KeyID
    package let type: KeyType
    package let publicKey: [UInt8]

    /// Reads a vkey, `name+<8 hex digits of the key ID>+<base64(type byte ‖ public key)>`.
    package init(parsing text: String) throws(KeyError) {
        let parts = try KeyText(parsing: text.utf8)
        name = parts.name
        id = parts.id
        type = parts.type
        publicKey = parts.material
        if let expected = type.publicKeyByteCount, publicKey.count != expected {
            throw .wrongKeyLength(type, byteCount: publicKey.count)
        }
        let computed = KeyID(name: name, type: type, publicKey: publicKey)
        guard computed == id || !type.hasHashedKeyID else {
            throw .keyIDMismatch(id, computed: computed)
        }
    }

    /// The public half of an Ed25519 key.
    init(name: KeyName, type: KeyType, publicKey: Curve25519.Signing.PublicKey) {
        let bytes = Array(publicKey.rawRepresentation)
        self.name = name
        self.type = type
        self.publicKey = bytes
        id = KeyID(name: name, type: type, publicKey: bytes)
    }

    /// The vkey.
    package var formatted: String {
        KeyText(name: name, id: id, type: type, material: publicKey).formatted
    }

    /// Whether a signature line names this key. Name and ID together do, neither alone.
    package func isNamed(by signature: NoteSignature) -> Bool {
        signature.name == name && signature.keyID == id
    }

    /// Whether `signature` is this key's Ed25519 signature over `message`.
    ///
    /// - Precondition: the key is of a type that can verify.
    func hasSigned(_ message: [UInt8], signature: some Collection<UInt8>) -> Bool {
        precondition(type.canVerify, "a key of type \(type) cannot verify")
        // The key's length was checked when it was made.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(Array(signature), for: message)
    }
}

extension VerifierKey: CustomStringConvertible {
    package var description: String { formatted }
}
