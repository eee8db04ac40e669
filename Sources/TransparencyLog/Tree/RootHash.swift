import Crypto

/// The hash of a whole tree, which stands for all of its entries.
package struct RootHash: TreeHash {
    package let digest: Digest32

    package init(_ digest: Digest32) {
        self.digest = digest
    }

    /// The topmost subtree is the tree.
    package init(_ node: NodeHash) {
        digest = node.digest
    }

    /// The root of the tree without entries: SHA-256 of nothing, RFC 6962 section 2.1.
    package static let ofEmptyTree = RootHash(Digest32(SHA256().finalize()))
}
