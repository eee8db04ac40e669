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

    /// Hashes an entry's bytes.
    package init(entry: [UInt8]) {
        self = entry.withUnsafeBytes { LeafHash(entry: $0) }
    }
}
