import Crypto

/// The hash of one entry: SHA-256(0x00 ‖ entry), RFC 6962 section 2.1.
package struct LeafHash: TreeHash {
    package let digest: Digest32

    package init(_ digest: Digest32) {
        self.digest = digest
    }

    /// Hashes an entry's bytes.
    ///
    /// The prefix keeps leaves and nodes apart, so that nobody can pass a node off as an entry.
    package init(entry: UnsafeRawBufferPointer) {
        var hasher = SHA256()
        Swift.withUnsafeBytes(of: UInt8(0x00)) { hasher.update(bufferPointer: $0) }
        hasher.update(bufferPointer: entry)
        digest = Digest32(hasher.finalize())
    }

    /// What the first entry of a chain names in place of a predecessor: 32 zero bytes.
    package static let beforeFirst = LeafHash(Digest32.zero)

    /// Reads 32 bytes where they are.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(HashError) {
        guard bytes.count == Digest32.byteCount else { throw .wrongLength(byteCount: bytes.count) }
        digest = Digest32(UnsafeRawBufferPointer(bytes))
    }

    /// Reads 64 lower-case hexadecimal digits where they are.
    package init(hexDigits text: UnsafeBufferPointer<UInt8>) throws(HashError) {
        guard let digest = Digest32(hexDigits: text) else { throw .notHex }
        self.digest = digest
    }

    /// Hashes an entry's bytes.
    package init(entry: [UInt8]) {
        self = entry.withUnsafeBytes { LeafHash(entry: $0) }
    }
}
