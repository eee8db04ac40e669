internal import Crypto
internal import TransparencyLog

/// Names a file by its bytes.
package enum FileDigest {
    /// SHA-256, in hex.
    package static func sha256(_ bytes: [UInt8]) -> String {
        Hex.encode(SHA256.hash(data: bytes))
    }
}
