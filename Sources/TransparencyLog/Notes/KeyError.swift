/// Why text is not a key, or why a key cannot be used so.
///
/// No case carries the text: it may be a private key.
package enum KeyError: Error, Hashable, Sendable {
    /// Empty, or with a Unicode space, a `+`, or a control character, or not UTF-8.
    case badName
    /// Not `name+<8 hex>+<base64>`, with `PRIVATE+KEY+` before it for a signing key.
    case badForm
    /// The key ID is not eight lower-case hexadecimal digits.
    case badKeyID
    /// The key material is not canonical base64 of a type byte and a key.
    case badBase64
    /// The key material has the wrong length for its type.
    case wrongKeyLength(KeyType, byteCount: Int)
    /// The key ID is not that of the name and the key: one of the three was mistyped or altered.
    case keyIDMismatch(KeyID, computed: KeyID)
    /// The key is of a type that cannot do this.
    case wrongType(KeyType)
}

extension KeyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badName:
            "a key's name is not empty and has no spaces, no '+' and no control characters"
        case .badForm: "the key does not have the form name+<8 hex digits>+<base64>"
        case .badKeyID: "the key's ID is not eight lower-case hexadecimal digits"
        case .badBase64: "the key's material is not canonical base64"
        case .wrongKeyLength(let type, let byteCount):
            "a key of type \(type) does not have \(byteCount) bytes"
        case .keyIDMismatch(let id, let computed):
            "the key's ID is \(id), but its name and material give \(computed)"
        case .wrongType(let type): "a key of type \(type) cannot be used for this"
        }
    }
}
