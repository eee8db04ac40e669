import Crypto

/// Which of the keys of one name: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
/// C2SP signed-note, "Signatures".
///
/// Only an identifier: anybody can make a key with the same ID, and then fails to sign with it.
package struct KeyID: Hashable, Sendable {
    package let value: UInt32

    package init(_ value: UInt32) {
        self.value = value
    }

    package init(name: KeyName, type: KeyType, publicKey: [UInt8]) {
        var hasher = SHA256()
        let bytes = Array(name.text.utf8) + [0x0a, type.rawValue] + publicKey
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        value = hasher.finalize().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads the four big-endian bytes that a signature begins with.
    ///
    /// - Precondition: `bytes` are exactly four.
    init(bigEndianBytes bytes: some Collection<UInt8>) {
        precondition(bytes.count == 4, "a key ID has four bytes")
        value = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
}

extension KeyID: CustomStringConvertible {
    /// Eight lower-case hexadecimal digits, as in a vkey.
    package var description: String { Hex.encode(bigEndianBytes) }
}
