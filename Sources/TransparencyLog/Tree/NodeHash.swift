import Crypto

/// The hash of a subtree: a leaf's hash, or SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1.
package struct NodeHash: TreeHash {
    package let digest: Digest32

    package init(_ digest: Digest32) {
        self.digest = digest
    }

    /// A leaf is the subtree of one entry.
    package init(_ leaf: LeafHash) {
        digest = leaf.digest
    }

    /// Hashes two neighbouring subtrees into the one above them.
    package init(left: NodeHash, right: NodeHash) {
        // One block of memory and one update: three updates cost more than the copying.
        digest = withUnsafeTemporaryAllocation(
            byteCount: 1 + 2 * Digest32.byteCount, alignment: 8
        ) { block in
            block[0] = 0x01
            left.copy(to: block, at: 1)
            right.copy(to: block, at: 1 + Digest32.byteCount)
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(block))
            return Digest32(hasher.finalize())
        }
    }

    /// Whether bytes begin with this hash.
    package func isPrefix(of bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= Digest32.byteCount
            && digest == Digest32(UnsafeRawBufferPointer(rebasing: bytes[..<Digest32.byteCount]))
    }

    private func copy(to block: UnsafeMutableRawBufferPointer, at start: Int) {
        let target = UnsafeMutableRawBufferPointer(rebasing: block[start...])
        withUnsafeBytes { target.copyMemory(from: $0) }
    }

    /// Hashes in a row, 32 bytes each: how a store keeps the subtrees that a leaf completes.
    package static func concatenate(_ hashes: [NodeHash]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * Digest32.byteCount)
        for hash in hashes {
            hash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Takes a row of hashes apart again.
    package static func split(_ bytes: [UInt8]) throws(HashError) -> [NodeHash] {
        guard bytes.count.isMultiple(of: Digest32.byteCount) else {
            throw .wrongLength(byteCount: bytes.count)
        }
        return bytes.withUnsafeBytes { row in
            stride(from: 0, to: row.count, by: Digest32.byteCount).map { start in
                let hash = row[start..<start + Digest32.byteCount]
                return NodeHash(Digest32(UnsafeRawBufferPointer(rebasing: hash)))
            }
        }
    }
}
