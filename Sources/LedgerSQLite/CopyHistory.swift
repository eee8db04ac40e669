internal import AidRecords
internal import GRDB
internal import LedgerCore
package import TransparencyLog

/// What the entries of another copy make of chain and tree, reckoned from their bytes. Of that
/// copy no table, guard or vault is looked at.
package struct CopyHistory: Sendable {
    /// The roots at the sizes that were asked for, as far as there are so many entries.
    package private(set) var roots: [Int64: RootHash] = [:]
    /// The first place where chain, tree and stored hashes do not fit; nil where all do.
    package private(set) var fault: Int64?
    /// The greatest checkpoint that the copy holds and that was signed for what is in it; nil where
    /// there is none.
    package private(set) var signed: Checkpoint?

    package var isWhole: Bool { fault == nil }

    static func read(
        _ database: Database, rootsAt sizes: Set<Int64>, keys: KeySuccession?,
        progress: (Int64) -> Void
    ) throws -> CopyHistory {
        let stored = try storedCheckpoints(database, keys)
        let sizes = sizes.union(stored.map(\.size.value))
        var history = CopyHistory()
        if sizes.contains(0) { history.roots[0] = .ofEmptyTree }
        var tree = TreeFrontier()
        var last = LeafHash.beforeFirst
        let row = try CopyCursor(database)
        try row.step()
        while row.isAtRow {
            let leaf = LeafHash(entry: UnsafeRawBufferPointer(row.bytes))
            if history.fault == nil {
                let isFitting =
                    row.seq == tree.size.value && row.content?.names(last) == true
                    && (try? LeafHash(row.leafHash)) == leaf
                if !isFitting { history.fault = row.seq }
            }
            tree.append(leaf) { _ in }
            last = leaf
            if sizes.contains(tree.size.value) { history.roots[tree.size.value] = tree.rootHash }
            if tree.size.value % 5_000 == 0 { progress(tree.size.value) }
            try row.step()
        }
        if history.fault == nil, try !isHead(tree.head, database) {
            history.fault = tree.size.value
        }
        history.signed = stored.last { history.roots[$0.size.value] == $0.rootHash }
        return history
    }

    private static func isHead(_ head: TreeHead, _ database: Database) throws -> Bool {
        // Whatever that database holds in these columns.
        let row = try RawStatement(database, "SELECT size, rootHash FROM head")
        return try row.step() && row.holds(head.size.value, 0)
            && row.blob(1).elementsEqual(head.rootHash.bytes)
    }

    /// Those whose signatures hold, smallest first.
    private static func storedCheckpoints(
        _ database: Database, _ keys: KeySuccession?
    ) throws -> [Checkpoint] {
        guard let keys else { return [] }
        let rows = try RawStatement(database, "SELECT note FROM checkpoint ORDER BY size")
        var checkpoints: [Checkpoint] = []
        while try rows.step() {
            let note = try? SignedNote(parsing: rows.bytes(0))
            if let note, let opened = try? keys.open(note) {
                checkpoints.append(opened.checkpoint)
            }
        }
        return checkpoints
    }
}

extension EntryContent {
    /// Whether it says that this is the leaf hash of the entry before it.
    fileprivate func names(_ leaf: LeafHash) -> Bool {
        (try? LeafHash(hexDigits: UnsafeBufferPointer(rebasing: link.prefix(64)))) == leaf
    }
}
