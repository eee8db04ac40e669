internal import Evidence
internal import TransparencyLog

/// Evidence packs: what is accepted is written the same, and what a stranger made up convinces
/// nobody.
///
/// No mutation finds a sound archive with its checksums, so that the bytes are also taken for the
/// content of one: name and content of files, each as a length in one byte and its bytes.
enum EvidenceTarget {
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        try checkArchive(Array(bytes))
        if let made = try? StoredZip(files(Array(bytes))) { try checkArchive(made.formatted) }
    }

    private static func checkArchive(_ bytes: [UInt8]) throws {
        if let zip = try? StoredZip(parsing: bytes) {
            try require(zip.formatted == bytes, "an archive is written otherwise")
        }
        guard let pack = try? EvidencePack(parsing: bytes) else { return }
        try require(try pack.archive().formatted == bytes, "a pack is written otherwise")
        let key = try SigningKey(
            name: Checkpoint(parsing: pack.checkpoint.text).origin,
            seed: Array(repeating: 9, count: 32))
        guard let trust = Trust(keys: [key.verifierKey], policy: nil) else { return }
        let shown = try? ProofCheck(trust, name: "pack").run(pack)
        try require(shown == nil, "a pack is believed that the key has not signed")
    }

    private static func files(_ bytes: [UInt8]) -> [StoredZip.File] {
        var rest = bytes[...]
        func next() -> [UInt8]? {
            guard let length = rest.popFirst() else { return nil }
            defer { rest = rest.dropFirst(Int(length)) }
            return Array(rest.prefix(Int(length)))
        }
        var files: [StoredZip.File] = []
        while let name = next(), let content = next() {
            files.append(.init(name: String(decoding: name, as: UTF8.self), bytes: content))
        }
        return files
    }

    static let words: Set<String> = [
        "evidence.json", "checkpoint", "disclosed.json", "entries/0.json", "entries/0.tlog-proof",
        "entries/0.txt", "\"entries\":[0]", "\"format\":\"aidledger-evidence\"", "\"v\":1",
    ]

    /// A pack of one entry, and its files as they are taken from bytes.
    static func seeds() throws -> [[UInt8]] {
        let key = try SigningKey(
            name: KeyName("aid.example/1"), seed: Array(repeating: 1, count: 32))
        let entry = Array("{\"body\":{},\"seq\":0}".utf8)
        var frontier = TreeFrontier()
        _ = frontier.append(LeafHash(entry: entry))
        let note = try Checkpoint(origin: key.name, head: frontier.head).signed(by: key)
        let proof = TLogProof(inclusion: InclusionProof(index: 0, hashes: []), note: note)
        let pack = EvidencePack(
            checkpoint: note,
            entries: [.init(seq: 0, bytes: entry, proof: proof, rendering: "0\n")],
            disclosures: [
                Disclosure(seq: 0, path: "name", field: "name", salt: "00", value: "x")
            ], aids: [:])
        let archive = try pack.archive()
        let listed = archive.files.filter { $0.bytes.count < 256 }.flatMap { file in
            [UInt8(file.name.utf8.count)] + Array(file.name.utf8)
                + [UInt8(file.bytes.count)] + file.bytes
        }
        return [archive.formatted, listed]
    }
}
