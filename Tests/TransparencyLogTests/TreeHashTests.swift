import Testing
import TransparencyLog

@Suite struct TreeHashTests {
    /// From RFC 6962's definitions, computed with `sha256sum`.
    @Test func emptyTreeHasTheHashOfNothing() {
        #expect(
            RootHash.ofEmptyTree.hex
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(TreeFrontier().rootHash == .ofEmptyTree)
    }

    /// `printf '\0' | sha256sum`
    @Test func emptyEntryHasTheHashOfItsPrefix() {
        #expect(
            LeafHash(entry: []).hex
                == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    }

    /// SHA-256(0x00 ‖ "L123456"), and the node above the leaves "a" and "b", from Python's hashlib.
    @Test func leavesAndNodesHavePrefixes() {
        let leaf = LeafHash(entry: Array("L123456".utf8))
        #expect(leaf.hex == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
        let left = NodeHash(LeafHash(entry: Array("a".utf8)))
        let right = NodeHash(LeafHash(entry: Array("b".utf8)))
        let node = NodeHash(left: left, right: right)
        #expect(node.hex == "b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb")
    }

    @Test func everySpellingReadsBack() throws {
        let hash = LeafHash(entry: [1, 2, 3])
        #expect(try LeafHash(hex: hash.hex) == hash)
        #expect(try LeafHash(base64: hash.base64) == hash)
        #expect(try LeafHash(bytes: hash.bytes) == hash)
        #expect(hash.description == hash.hex)
    }

    @Test func otherSpellingsAreRefused() {
        let hash = LeafHash(entry: [])
        #expect(throws: HashError.notHex) { try LeafHash(hex: hash.hex.uppercased()) }
        #expect(throws: HashError.notHex) { try LeafHash(hex: hash.hex.dropLast()) }
        #expect(throws: HashError.wrongLength(byteCount: 31)) {
            try LeafHash(hex: hash.hex.dropLast(2))
        }
        #expect(throws: HashError.notBase64) { try LeafHash(base64: hash.base64 + "\n") }
        #expect(throws: HashError.wrongLength(byteCount: 3)) { try LeafHash(base64: "AAAA") }
        #expect(throws: HashError.wrongLength(byteCount: 33)) {
            try LeafHash(bytes: hash.bytes + [0])
        }
    }

    @Test func rowsOfHashesReadBack() throws {
        let row = (0..<5).map { NodeHash(LeafHash(entry: [UInt8($0)])) }
        for count in 0...5 {
            let bytes = NodeHash.concatenate(Array(row.prefix(count)))
            #expect(bytes.count == 32 * count)
            #expect(try NodeHash.split(bytes) == Array(row.prefix(count)))
        }
        #expect(throws: HashError.wrongLength(byteCount: 33)) {
            try NodeHash.split(Array(repeating: 0, count: 33))
        }
    }

    @Test func equalHashesHashEqually() {
        let hashes = Set((0..<100).map { LeafHash(entry: [UInt8($0 % 10)]) })
        #expect(hashes.count == 10)
    }
}
