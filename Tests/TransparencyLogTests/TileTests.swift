import Testing
import TransparencyLog

@Suite struct TileTests {
    @Test(arguments: [
        (Tile(.hashes(level: 0), index: 0), "tile/0/000"),
        (Tile(.hashes(level: 0), index: 999), "tile/0/999"),
        (Tile(.hashes(level: 3), index: 1000), "tile/3/x001/000"),
        (Tile(.hashes(level: 7), index: 1_234_067), "tile/7/x001/x234/067"),
        (Tile(.hashes(level: 1), index: 273, width: 112), "tile/1/273.p/112"),
        (Tile(.entries, index: 1_234_067, width: 1), "tile/entries/x001/x234/067.p/1"),
        (
            Tile(.entries, index: .max),
            "tile/entries/x009/x223/x372/x036/x854/x775/807"
        ),
    ])
    func pathIsAsSpecified(tile: Tile, path: String) throws {
        #expect(tile.path == path)
        #expect(try Tile(path: path) == tile)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/0/0", "tile/0/0000",
        "tile/00/000", "tile/8/000", "tile/-1/000", "tile/x/000", "tile/Entries/000",
        "tile/0/x000/000", "tile/0/001/000", "tile/0/x001/x000", "tile/0/1000", "tile/0/+01",
        "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
        "tile/0/.p/1", "tile/0/x/000", "tile/0/xxx1/000", "tiles/0/000",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
    ])
    func otherPathIsRefused(path: String) {
        #expect(throws: TileError.badPath) { try Tile(path: path) }
    }

    /// The example of C2SP tlog-tiles, "Partial Tiles".
    @Test func seventyThousandLeavesHaveTheTilesOfTheSpecification() {
        let counts = (0...3).map { level in
            let content = Tile.Content.hashes(level: level)
            return (
                Tile.fullTileCount(content, in: 70_000), Tile.partialWidth(content, in: 70_000)
            )
        }
        #expect(counts.map(\.0) == [273, 1, 0, 0])
        #expect(counts.map(\.1) == [112, 17, 1, 0])
        #expect(Tile.fullTileCount(.entries, in: 70_000) == 273)
        #expect(Tile.partialWidth(.entries, in: 70_000) == 112)
    }

    @Test func tilesEndWithTheTree() {
        let hashes = Tile.Content.hashes(level: 0)
        #expect(Tile(hashes, index: 272, in: 70_000) == Tile(hashes, index: 272))
        #expect(Tile(hashes, index: 273, in: 70_000) == Tile(hashes, index: 273, width: 112))
        #expect(Tile(hashes, index: 274, in: 70_000) == nil)
        #expect(Tile(hashes, index: 0, in: 0) == nil)
        #expect(Tile(hashes, index: 1, in: 256) == nil)
        let above = Tile.Content.hashes(level: 1)
        #expect(Tile(above, index: 0, in: 256) == Tile(above, index: 0, width: 1))
        #expect(Tile(above, index: 0, in: 255) == nil)
        #expect(Tile(hashes, index: -1, in: 256) == nil)
        #expect(Tile(.hashes(level: 7), index: 0, in: TreeSize(.max))?.width == 127)
    }

    @Test func tileHashesAreThoseOfTheTree() throws {
        let tree = SampleTree.of256Leaves
        let leaves = try #require(Tile(.hashes(level: 0), index: 0, in: 256))
        #expect(leaves.subtrees.map(tree.hash) == tree.leaves.map { NodeHash($0) })
        #expect(NodeHash.concatenate(leaves.subtrees.map(tree.hash)).count == 8192)
        let above = try #require(Tile(.hashes(level: 1), index: 0, in: 256))
        #expect(above.subtrees.map(tree.hash).map { RootHash($0) } == [tree.heads[256].rootHash])
    }
}
