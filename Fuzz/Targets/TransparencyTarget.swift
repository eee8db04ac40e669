internal import TransparencyLog

/// The texts of the transparency log: what a parser accepts, its writer writes.
enum TransparencyTarget {
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        let bytes = Array(bytes)
        try checkBundle(bytes)
        try checkTile(bytes)
        if let request = try? AddCheckpointRequest(parsing: bytes) {
            try require(request.formatted == bytes, "a request is written otherwise")
            try check(request)
        }
        if let proof = try? TLogProof(parsing: bytes) {
            try require(proof.formatted == bytes, "a proof is written otherwise")
            try check(proof)
        }
        if let note = try? SignedNote(parsing: bytes) {
            try require(note.formatted == bytes, "a note is written otherwise")
        }
        if case .lines(let lines) = try? CosignatureFile(parsing: bytes) {
            try require(
                lines.flatMap { Array($0.line.utf8) } == bytes, "cosignatures are written otherwise"
            )
        }
        if let text = try? NoteText(bytes: bytes) { try checkCheckpoint(text) }
        try checkPolicy(bytes)
        if let text = String(validating: bytes, as: UTF8.self) { try checkLine(text) }
    }

    /// The reader that copies entries and the one that only says where they are say the same.
    private static func checkBundle(_ bytes: [UInt8]) throws(Violation) {
        let ranges = try? EntryBundle.entryRanges(in: bytes)
        guard let bundle = try? EntryBundle(parsing: bytes) else {
            return try require(ranges == nil, "a bundle is read by one reader only")
        }
        try require(bundle.formatted == bytes, "a bundle is written otherwise")
        try require(
            ranges?.map { Array(bytes[$0]) } == bundle.entries, "entries stand elsewhere")
        try require(bytes.count <= EntryBundle.byteCountMax, "a bundle is longer than bundles are")
    }

    /// Hashes in a row: what a tile is made of, and what a builder makes of them as leaves.
    private static func checkTile(_ bytes: [UInt8]) throws(Violation) {
        guard let hashes = try? NodeHash.split(bytes) else { return }
        try require(NodeHash.concatenate(hashes) == bytes, "hashes are written otherwise")
        var builder = TileBuilder()
        var tiles: [UInt8] = []
        for hash in hashes {
            builder.append(
                LeafHash(hash.digest), completed: { _ in },
                full: { tile, bytes in if tile.content == .hashes(level: 0) { tiles += bytes } })
        }
        for (tile, bytes) in builder.partialTiles where tile.content == .hashes(level: 0) {
            tiles += bytes
        }
        try require(tiles == bytes, "the tiles of leaves are not the leaves")
        guard let hash = Tile.hash(over: hashes) else { return }
        try require(
            RootHash(hash) == builder.frontier.rootHash, "a tile leads to another root")
    }

    private static func checkCheckpoint(_ text: NoteText) throws(Violation) {
        guard let checkpoint = try? Checkpoint(parsing: text) else { return }
        try require(checkpoint.text == text, "a checkpoint is written otherwise")
    }

    /// One line: a key or a path.
    private static func checkLine(_ text: String) throws(Violation) {
        if let key = try? VerifierKey(parsing: text) {
            try require(key.formatted.utf8.elementsEqual(text.utf8), "a vkey is written otherwise")
        }
        if let key = try? SigningKey(parsing: text) {
            try require(
                key.formattedPrivateKey.utf8.elementsEqual(text.utf8),
                "a signing key is written otherwise")
        }
        if let tile = try? Tile(path: text) {
            try require(tile.path.utf8.elementsEqual(text.utf8), "a path is written otherwise")
            try check(tile)
        }
    }

    /// Paths can name tiles that no tree is large enough for.
    private static func check(_ tile: Tile) throws(Violation) {
        let largest = Tile(tile.content, index: tile.index, in: TreeSize(.max))
        guard let largest, largest.width >= tile.width else { return }
        try require(tile.subtrees.count == tile.width, "a tile of another width")
    }

    /// A policy that everybody signs is met, and one that somebody must sign is not met by nobody.
    private static func checkPolicy(_ bytes: [UInt8]) throws(Violation) {
        guard let policy = try? WitnessPolicy(parsing: bytes) else { return }
        try require(
            policy.quorum.isMet(by: Set(policy.witnessKeys)), "the quorum can never be met")
        try require(
            policy.quorum.isMet(by: []) == (policy.quorum == WitnessPolicy.Quorum.none),
            "the quorum is met by nobody")
        let commented = try? WitnessPolicy(parsing: Array("# policy\n\n".utf8) + bytes)
        try require(commented == policy, "a comment changes the policy")
    }

    // MARK: Proofs

    /// A proof that a stranger made up convinces nobody, and whatever numbers stand in it and in
    /// its checkpoint, trying it is safe.
    private static func check(_ proof: TLogProof) throws(Violation) {
        guard let checkpoint = try? Checkpoint(parsing: proof.note.text) else { return }
        let leaf = LeafHash(entry: Array("not in any tree".utf8))
        let isProven = (try? proof.inclusion.verify(leaf, in: checkpoint.head)) != nil
        try require(!isProven, "a leaf is proven that is in no tree")
    }

    private static func check(_ request: AddCheckpointRequest) throws(Violation) {
        guard let new = try? Checkpoint(parsing: request.note.text) else { return }
        let zeros = [UInt8](repeating: 0, count: Digest32.byteCount)
        let old = TreeHead(
            size: request.oldSize, rootHash: RootHash(zeros.withUnsafeBytes { Digest32($0) }))
        let isProven = (try? request.consistency.verify(from: old, to: new.head)) != nil
        try require(
            !isProven || old == new.head, "a tree is proven to begin with one that nobody made")
    }
}
