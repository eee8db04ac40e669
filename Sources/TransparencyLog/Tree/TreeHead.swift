/// A tree's size with its root hash. Neither says anything without the other.
package struct TreeHead: Hashable, Sendable {
    package let size: TreeSize
    package let rootHash: RootHash

    package init(size: TreeSize, rootHash: RootHash) {
        self.size = size
        self.rootHash = rootHash
    }

    /// The head of the tree without entries.
    package static let ofEmptyTree = TreeHead(size: .zero, rootHash: .ofEmptyTree)
}
