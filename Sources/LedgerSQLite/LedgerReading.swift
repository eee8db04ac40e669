internal import AidRecords
internal import Foundation
internal import GRDB
internal import LedgerCore
internal import TransparencyLog

extension Sequencer {
    /// The end of the chain, as the store holds it.
    static func restored(from database: Database) throws -> Sequencer {
        let last = try Row.fetchOne(
            database, sql: "SELECT seq, bytes, leafHash FROM entry ORDER BY seq DESC LIMIT 1")
        guard let last else { return Sequencer() }
        let size = TreeSize(last["seq"] + 1)
        let hashes = try size.perfectSubtrees.map { try NodeHash.stored($0, in: database) }
        let leaf = try LeafHash(bytes: last["leafHash"] as Data)
        return Sequencer(
            frontier: try TreeFrontier(size: size, subtreeHashes: hashes), last: leaf,
            at: try recordedAt(last["bytes"]))
    }

    private static func recordedAt(_ bytes: Data) throws -> Moment {
        struct Entry: Decodable { let at: String }
        let at = Array(try JSONDecoder().decode(Entry.self, from: bytes).at.utf8)
        return at.withUnsafeBufferPointer { Moment($0) } ?? Moment(unixSeconds: 0)
    }
}

extension NodeHash {
    /// The hash of a perfect subtree, from the row of the leaf that completes it.
    static func stored(_ subtree: Subtree, in database: Database) throws -> NodeHash {
        let row = try Row.fetchOne(
            database, sql: "SELECT leafHash, subtreeHashes FROM entry WHERE seq = ?",
            arguments: [subtree.lastLeaf.value])
        guard let row else {
            throw StoreError.damaged(path: "the tree", message: "\(subtree) missing")
        }
        if subtree.level == 0 { return NodeHash(try LeafHash(bytes: row["leafHash"] as Data)) }
        let hashes = row["subtreeHashes"] as Data
        let start = hashes.startIndex + (subtree.level - 1) * Digest32.byteCount
        guard hashes.endIndex >= start + Digest32.byteCount else {
            throw StoreError.damaged(path: "the tree", message: "\(subtree) missing")
        }
        return try NodeHash(bytes: hashes[start..<(start + Digest32.byteCount)])
    }
}

extension LedgerSchema {
    /// - Throws: `StoreError.otherKinds` where the read model is not that of these kinds.
    static func requireReadModel(
        _ database: Database, _ path: String, _ catalogue: KindCatalogue
    ) throws {
        let found = try statements(database)
        for item in readModel(catalogue) where found[item.name] != item.sql {
            throw StoreError.otherKinds(path)
        }
    }

    /// The objects of the database, but for the indexes that SQLite makes for keys by itself.
    static func statements(_ database: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT name, sql FROM sqlite_schema
                WHERE NOT (type = 'index' AND sql IS NULL AND name GLOB 'sqlite_autoindex_*')
                """)
        return Dictionary(
            rows.map { ($0["name"] as String, $0["sql"] as String? ?? "") },
            uniquingKeysWith: { first, _ in first })
    }
}
