/// Why bytes or text are not a hash.
package enum HashError: Error, Hashable, Sendable {
    /// A hash has 32 bytes; a row of hashes has a multiple of that.
    case wrongLength(byteCount: Int)
    /// Not lower-case hexadecimal digits in pairs.
    case notHex
    /// Not canonical base64.
    case notBase64
}

extension HashError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongLength(let byteCount): "a hash has 32 bytes, not \(byteCount)"
        case .notHex: "the hash is not written in lower-case hexadecimal digits"
        case .notBase64: "the hash is not written in canonical base64"
        }
    }
}
