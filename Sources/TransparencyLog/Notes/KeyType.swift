/// The byte that says what a key signs and how. C2SP signed-note, "Signature types".
///
/// Every byte is representable; only ``ed25519`` and ``cosignature`` can be verified here.
package struct KeyType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Ed25519 over the note's text: how a log signs its checkpoints.
    package static let ed25519 = KeyType(rawValue: 0x01)
    /// Ed25519 over time and checkpoint: how a witness cosigns. C2SP tlog-cosignature.
    package static let cosignature = KeyType(rawValue: 0x04)
    /// A certificate log's RFC 6962 tree head.
    package static let rfc6962TreeHead = KeyType(rawValue: 0x05)
    /// An ML-DSA-44 cosignature.
    package static let mlDSA44 = KeyType(rawValue: 0x06)
    /// Types without a byte of their own.
    package static let other = KeyType(rawValue: 0xff)

    /// Whether signatures of this type can be verified here.
    package var canVerify: Bool { self == .ed25519 || self == .cosignature }

    /// The length of a public key of this type, where it is known.
    var publicKeyByteCount: Int? {
        switch self {
        case .ed25519, .cosignature: 32
        case .mlDSA44: 1312
        default: nil
        }
    }

    /// Whether the type's specification says that the key ID is the hash of ``KeyID``.
    ///
    /// For others that is only recommended, so their IDs are taken as they stand.
    var hasHashedKeyID: Bool { publicKeyByteCount != nil }
}

extension KeyType: CustomStringConvertible {
    package var description: String { "0x" + Hex.encode([rawValue]) }
}
