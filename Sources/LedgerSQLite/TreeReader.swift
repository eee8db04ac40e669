internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// Reads entries and the hashes of their tree one by one, again and again: statements are prepared
/// once, and hashes that many proofs share are kept, in bounded memory.
final class TreeReader {
    private let hashes: RawStatement
    private let entries: RawStatement
    /// From `sharedLevel` upwards.
    private var known = TwoGenerationCache<Subtree, NodeHash>(generationSize: 49_000)

    /// Below it there are too many hashes for one to be met again.
    private static let sharedLevel = 5

    init(_ database: Database) throws {
        hashes = try RawStatement(
            database, "SELECT leafHash, subtreeHashes FROM entry WHERE seq = ?")
        entries = try RawStatement(database, "SELECT bytes FROM entry WHERE seq = ?")
    }

    /// The hash of a perfect subtree, from the row of the leaf that completes it.
    func hash(_ subtree: Subtree) throws -> NodeHash {
        guard subtree.level >= TreeReader.sharedLevel else { return try read(subtree) }
        if let hash = known[subtree] { return hash }
        let hash = try read(subtree)
        known[subtree] = hash
        return hash
    }

    private func read(_ subtree: Subtree) throws -> NodeHash {
        defer { hashes.reset() }
        hashes.bind(1, subtree.lastLeaf.value)
        guard try hashes.step() else { throw TreeReader.missing(subtree) }
        let column = hashes.blob(subtree.level == 0 ? 0 : 1)
        let start = max(subtree.level - 1, 0) * Digest32.byteCount
        guard column.count >= start + Digest32.byteCount else {
            throw TreeReader.missing(subtree)
        }
        let bytes = UnsafeBufferPointer(rebasing: column[start..<(start + Digest32.byteCount)])
        return try NodeHash(bytes: bytes)
    }

    private static func missing(_ subtree: Subtree) -> StoreError {
        .damaged(path: "the tree", message: "\(subtree) missing")
    }

    /// An entry's bytes, or nil where there is none.
    func entry(_ seq: Int64) throws -> [UInt8]? {
        defer { entries.reset() }
        entries.bind(1, seq)
        return try entries.step() ? entries.bytes(0) : nil
    }
}
