internal import TransparencyLog

/// One of each text of the transparency log, made with keys that anybody can guess.
enum TransparencySeeds {
    static let words: Set<String> = [
        "c2sp.org/tlog-proof@v1\n", "extra ", "index ", "old ", "\n\n", "\u{2014} ", "log ",
        "witness ", "group ", "quorum ", "none", "any", "all", "tile/", "entries/", "x001/", ".p/",
        "PRIVATE+KEY+", "9223372036854775807",
    ]

    static func all() throws -> [[UInt8]] {
        let key = try SigningKey(name: KeyName("aid.example/1"), seed: seed(1))
        let witness = try SigningKey(name: KeyName("w1"), type: .cosignature, seed: seed(2))
        let other = try SigningKey(name: KeyName("w2"), type: .cosignature, seed: seed(3))
        let root = RootHash(NodeHash(left: hash(1), right: hash(2)))
        let size = TreeSize(2)
        let checkpoint = Checkpoint(
            origin: key.name, head: TreeHead(size: size, rootHash: root))
        let note = try checkpoint.signed(by: key).adding([
            witness.cosign(checkpoint, timestampSeconds: 1_700_000_000)
        ])
        let inclusion = InclusionProof(index: 0, hashes: [hash(2)])
        let request = AddCheckpointRequest(
            oldSize: 1, consistency: ConsistencyProof(hashes: [hash(2)]), note: note)
        let policy = """
            log \(key.verifierKey) https://log.example
            witness w1 \(witness.verifierKey)
            witness w2 \(other.verifierKey)
            group both all w1 w2
            quorum both

            """
        return [
            note.formatted, checkpoint.text.bytes, request.formatted,
            TLogProof(inclusion: inclusion, note: note).formatted,
            TLogProof(extra: [1, 2], inclusion: inclusion, note: note).formatted,
            Array(policy.utf8), Array("quorum none\n".utf8),
            try EntryBundle(entries: [[1, 2, 3], []]).formatted,
            NodeHash.concatenate([hash(1), hash(2), hash(3), hash(4)]),
            Array(key.formattedPrivateKey.utf8), Array(key.verifierKey.formatted.utf8),
            Array(Tile(.hashes(level: 1), index: 1_234_067, width: 3).path.utf8),
            Array(Tile(.entries, index: 273).path.utf8),
        ]
    }

    private static func seed(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

    private static func hash(_ byte: UInt8) -> NodeHash { NodeHash(LeafHash(entry: [byte])) }
}
