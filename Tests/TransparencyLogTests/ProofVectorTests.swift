import Foundation
import Testing
import TransparencyLog

/// The vectors of transparency-dev/merkle (Apache License 2.0, see `Vectors/LICENSE`): proofs that
/// another implementation made and corrupted.
@Suite struct ProofVectorTests {
    /// One file; the fields of both kinds.
    struct Vector: Decodable {
        var leafIdx: UInt64?
        var treeSize: UInt64?
        var root: String?
        var leafHash: String?
        var size1: UInt64?
        var size2: UInt64?
        var root1: String?
        var root2: String?
        var proof: [String]?
        var wantErr: Bool
    }

    @Test(arguments: try vectorPaths(in: "inclusion"))
    func inclusionIsJudgedAsElsewhere(path: String) throws {
        let vector = try Self.read(path)
        #expect(Self.isRefused { try Self.verifyInclusion(vector) } == vector.wantErr)
    }

    @Test(arguments: try vectorPaths(in: "consistency"))
    func consistencyIsJudgedAsElsewhere(path: String) throws {
        let vector = try Self.read(path)
        #expect(Self.isRefused { try Self.verifyConsistency(vector) } == vector.wantErr)
    }

    @Test func thereAre196Vectors() throws {
        let paths = try Self.vectorPaths(in: "inclusion") + Self.vectorPaths(in: "consistency")
        #expect(paths.count == 196)
        let accepted = try paths.filter { try !Self.read($0).wantErr }
        #expect(accepted.count == 12)
    }

    private struct NotANumberOfOurs: Error {}

    private static func verifyInclusion(_ vector: Vector) throws {
        let number = try #require(vector.leafIdx)
        let count = try #require(vector.treeSize)
        guard let index = LeafIndex(exactly: number), let size = TreeSize(exactly: count) else {
            throw NotANumberOfOurs()
        }
        let leaf: LeafHash = try hash(vector.leafHash)
        let root: RootHash = try hash(vector.root)
        let proof = InclusionProof(index: index, hashes: try hashes(vector.proof))
        try proof.verify(leaf, in: TreeHead(size: size, rootHash: root))
    }

    private static func verifyConsistency(_ vector: Vector) throws {
        let count1 = try #require(vector.size1)
        let count2 = try #require(vector.size2)
        guard let size1 = TreeSize(exactly: count1), let size2 = TreeSize(exactly: count2) else {
            throw NotANumberOfOurs()
        }
        let old = TreeHead(size: size1, rootHash: try hash(vector.root1))
        let new = TreeHead(size: size2, rootHash: try hash(vector.root2))
        try ConsistencyProof(hashes: try hashes(vector.proof)).verify(from: old, to: new)
    }

    private static func hashes(_ texts: [String]?) throws -> [NodeHash] {
        try (texts ?? []).map { try NodeHash(base64: $0) }
    }

    /// Some roots and leaf hashes of the vectors are words of less than 32 bytes, one of them in a
    /// case to be accepted. Such a word is filled up with zeros, so that the proof's own check
    /// decides and not the length. Where there is nothing at all, the length decides.
    private static func hash<Hash: TreeHash>(_ text: String?) throws -> Hash {
        let text = try #require(text)
        let bytes = try #require(Base64.decode(text.utf8))
        guard (1..<32).contains(bytes.count) else { return try Hash(bytes: bytes) }
        return try Hash(bytes: bytes + Array(repeating: 0, count: 32 - bytes.count))
    }

    private static func isRefused(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch {
            return true
        }
    }

    private static func read(_ path: String) throws -> Vector {
        let file = try folder().appendingPathComponent(path)
        return try JSONDecoder().decode(Vector.self, from: Data(contentsOf: file))
    }

    private static func vectorPaths(in kind: String) throws -> [String] {
        let root = try folder().appendingPathComponent(kind)
        return try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(".json") }.sorted().map { "\(kind)/\($0)" }
    }

    private static func folder() throws -> URL {
        try #require(Bundle.module.url(forResource: "Vectors", withExtension: nil))
    }
}
