internal import GRDB
package import LedgerCore
package import TransparencyLog

/// Writes what a ledger holds into a folder, for others to read and to audit without a database:
/// checkpoint, tiles and entry bundles of C2SP tlog-tiles.
///
/// It goes on from what the folder holds. The checkpoint is written last, when everything that it
/// speaks of is on the disk; so at every moment the folder is whole for its checkpoint.
package struct LedgerPublisher {
    private let database: Database
    private let ledger: String
    private let keys: KeySuccession
    private let folder: PublishedFolder
    private let progress: (_ done: Int64, _ total: Int64) -> Void

    /// What was published.
    package struct Publication: Sendable {
        package let checkpoint: VerifiedCheckpoint
        /// How many cosignatures stand on the checkpoint; of whom, is not asked here.
        package let cosignatures: Int
        /// How many entries were published before.
        package let before: Int64
        /// How many entries of the ledger came after the checkpoint.
        package let leftOut: Int64
        /// How many files and bytes were written.
        package let files: Int
        package let bytes: Int64
    }

    /// Publishes the newest checkpoint of a ledger and what it speaks of.
    /// - Parameter progress: is told entries.
    /// - Throws: `PublishingRefusal`, `PublicationError`, `StoreError`.
    package static func publish(
        _ reader: LedgerReader, to folder: PublishedFolder,
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Publication {
        do {
            return try reader.read { database in
                try LedgerPublisher(
                    database: database, ledger: reader.paths.ledger,
                    keys: reader.identity.keys, folder: folder, progress: progress
                ).run()
            }
        } catch StoreError.damaged(_, let message) {
            throw PublishingRefusal.damaged(ledger: reader.paths.ledger, message: message)
        }
    }

    private func run() throws -> Publication {
        guard let target = try KeptCheckpoint.newest(in: database, ledger, keys) else {
            throw PublishingRefusal.noCheckpoint(ledger)
        }
        let writer = try PublicationWriter(folder)
        let old: VerifiedCheckpoint?
        do { old = try published(target) } catch {
            writer.removeIfNew()
            throw error
        }
        let before = old?.size ?? .zero
        do { try write(writer, from: before, to: target) } catch {
            writer.withdraw(to: before)
            throw error
        }
        if isNews(target.note, old?.note) {
            try writer.flush()
            try writer.write(target.note.formatted, to: PublishedFolder.checkpointName)
            try writer.flushNames()
        }
        try writer.clear(to: target.size)
        let size = try Int64.fetchOne(database, sql: "SELECT size FROM head WHERE ledger = 1") ?? 0
        return Publication(
            checkpoint: target, cosignatures: target.note.signatures.count - 1,
            before: before.value, leftOut: size - target.size.value, files: writer.files,
            bytes: writer.bytes)
    }

    /// Of one size, the note with more cosignatures is the one to keep.
    private func isNews(_ note: SignedNote, _ old: SignedNote?) -> Bool {
        guard let old, old.text == note.text else { return true }
        return old != note && old.signatures.count <= note.signatures.count
    }
}

// MARK: What is to be published, and what is

extension LedgerPublisher {
    /// The checkpoint that the folder holds, which must be one of this ledger; nil where it holds
    /// none, and nothing else either but what an interrupted run has left.
    private func published(_ target: VerifiedCheckpoint) throws -> VerifiedCheckpoint? {
        guard let bytes = try folder.checkpointBytes() else {
            try requireNoOtherFiles()
            return nil
        }
        let note: SignedNote
        do { note = try SignedNote(parsing: bytes) } catch {
            throw PublishingRefusal.badCheckpoint(
                folder.file(PublishedFolder.checkpointName), reason: error.description)
        }
        let old: VerifiedCheckpoint
        do { old = try keys.open(note) } catch {
            throw conflict(.notSigned(reason: error.description))
        }
        guard old.size <= target.size else {
            throw conflict(.larger(published: old.size.value, ledger: target.size.value))
        }
        let root = try TreeFrontier(size: old.size, reading: stored).rootHash
        guard root == old.rootHash else {
            // Nobody is accused before it is sure that the stored hashes are those of the entries.
            var tiles = TileBuilder()
            try forEachEntry(0..<old.size.value) { try append($0, to: &tiles) { _, _ in } }
            throw conflict(
                .otherRoot(size: old.size.value, published: old.rootHash, ledger: root))
        }
        return old
    }

    private func conflict(_ conflict: PublishingRefusal.Conflict) -> PublishingRefusal {
        .conflict(folder.path, conflict)
    }

    private func requireNoOtherFiles() throws {
        try folder.forEachItem { item in
            if case .other(let name) = item, name != PublicationWriter.temporaryName {
                throw PublishingRefusal.foreignFolder(folder.path, found: name)
            }
        }
    }

    private func stored(_ subtree: Subtree) throws -> NodeHash {
        try NodeHash.stored(subtree, in: database)
    }
}

// MARK: Writing

extension LedgerPublisher {
    /// Writes the tiles and bundles that the new tree has and the old one had not, and sees that
    /// they lead to the root hash of the checkpoint.
    private func write(
        _ writer: PublicationWriter, from old: TreeSize, to target: VerifiedCheckpoint
    ) throws {
        guard old < target.size else { return }
        // The bundle that was not full is made anew from its first entry.
        let start = TreeSize(old.value - Int64(Tile.partialWidth(.entries, in: old)))
        var tiles: TileBuilder
        do { tiles = try TileBuilder(size: start, reading: stored) } catch let error as TileError {
            throw damaged(error.description)
        }
        func put(_ tile: Tile, _ bytes: [UInt8]) throws {
            if !tile.belongs(to: old) { try writer.write(bytes, to: tile.path) }
        }
        var bundle: [UInt8] = []
        try forEachEntry(start.value..<target.size.value) { entry in
            try append(entry, to: &tiles, put)
            EntryBundle.append(entry.bytes, to: &bundle)
            if tiles.frontier.size.value % Int64(Tile.fullWidth) == 0 {
                try put(Tile(.entries, index: entry.seq / Int64(Tile.fullWidth)), bundle)
                bundle.removeAll(keepingCapacity: true)
                progress(entry.seq + 1 - start.value, target.size.value - start.value)
            }
        }
        guard tiles.frontier.head == target.head else {
            throw damaged("its entries do not lead to the root hash of its newest checkpoint")
        }
        let index = Tile.fullTileCount(.entries, in: target.size)
        if let tile = Tile(.entries, index: index, in: target.size) { try put(tile, bundle) }
        for (tile, bytes) in tiles.partialTiles { try put(tile, bytes) }
    }

    private struct Entry {
        let seq: Int64
        let bytes: UnsafeRawBufferPointer
        let leafHash: UnsafeBufferPointer<UInt8>
        let subtreeHashes: UnsafeBufferPointer<UInt8>
    }

    private func forEachEntry(_ range: Range<Int64>, _ body: (Entry) throws -> Void) throws {
        let rows = try RawStatement(
            database,
            """
            SELECT seq, bytes, leafHash, subtreeHashes FROM entry
            WHERE seq >= ? AND seq < ? ORDER BY seq
            """)
        rows.bind(1, range.lowerBound)
        rows.bind(2, range.upperBound)
        var next = range.lowerBound
        while try rows.step() {
            guard rows.integer(0) == next else { break }
            try body(
                Entry(
                    seq: next, bytes: UnsafeRawBufferPointer(rows.blob(1)),
                    leafHash: rows.blob(2), subtreeHashes: rows.blob(3)))
            next += 1
        }
        guard next == range.upperBound else { throw damaged("entry \(next) is missing") }
    }

    /// Puts an entry into the tree. What the ledger stores of its hashes must be what they are.
    private func append(
        _ entry: Entry, to tiles: inout TileBuilder, _ put: (Tile, [UInt8]) throws -> Void
    ) throws {
        guard entry.bytes.count <= EntryBundle.entryByteCountMax else {
            throw damaged(
                "entry \(entry.seq) is longer than \(EntryBundle.entryByteCountMax) bytes")
        }
        let leaf = LeafHash(entry: entry.bytes)
        guard leaf == (try? LeafHash(entry.leafHash)) else {
            throw damaged(
                "the bytes of entry \(entry.seq) do not have the leaf hash that is stored")
        }
        var rest = UnsafeRawBufferPointer(entry.subtreeHashes)
        var isEqual = true
        try tiles.append(
            leaf,
            completed: { hash in
                isEqual = isEqual && hash.isPrefix(of: rest)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Digest32.byteCount))
            }, full: put)
        guard isEqual, rest.isEmpty else {
            throw damaged("tree hashes of entry \(entry.seq) are not those of the entries")
        }
    }

    private func damaged(_ message: String) -> PublishingRefusal {
        .damaged(ledger: ledger, message: message)
    }
}
