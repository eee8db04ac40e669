/// What the three kinds of hash in a tree have in common: 32 bytes and their spellings.
///
/// The kinds are separate types because a leaf's hash handed in where a root's belongs is the
/// mistake that makes a proof say nothing.
package protocol TreeHash: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    var digest: Digest32 { get }

    /// Gives 32 bytes this kind's meaning.
    init(_ digest: Digest32)
}

extension TreeHash {
    /// Reads a hash out of exactly 32 bytes.
    package init(bytes: some Collection<UInt8>) throws(HashError) {
        guard bytes.count == Digest32.byteCount else { throw .wrongLength(byteCount: bytes.count) }
        self.init(Array(bytes).withUnsafeBytes { Digest32($0) })
    }

    /// Reads 64 lower-case hexadecimal digits; no other spelling is accepted.
    package init(hex: some StringProtocol) throws(HashError) {
        guard let bytes = Hex.decode(hex.utf8) else { throw .notHex }
        try self.init(bytes: bytes)
    }

    /// Reads canonical base64 (RFC 4648 section 4); no other spelling is accepted.
    package init(base64: some StringProtocol) throws(HashError) {
        guard let bytes = Base64.decode(base64.utf8) else { throw .notBase64 }
        try self.init(bytes: bytes)
    }

    /// The 32 bytes as an array.
    package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { withUnsafeBytes { Hex.encode($0) } }

    /// Canonical base64, 44 characters.
    package var base64: String { withUnsafeBytes { Base64.encode($0) } }

    /// Hexadecimal, as `sha256sum` prints it.
    package var description: String { hex }

    /// Lets `body` read the 32 bytes where they are.
    package func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try digest.withUnsafeBytes(body)
    }
}
