import Testing
import TransparencyLog

@Suite struct TileBuilderTests {
    private static let tree = SampleTree(leafCount: 1_100)

    /// Path to bytes, of every tile that a tree has, by the definition of C2SP tlog-tiles.
    private static func tiles(of size: Int) -> [String: [UInt8]] {
        var tiles: [String: [UInt8]] = [:]
        for level in 0...Tile.levelMax {
            var index: Int64 = 0
            while let tile = Tile(
                .hashes(level: level), index: index, in: TreeSize(Int64(size)))
            {
                tiles[tile.path] = NodeHash.concatenate(tile.subtrees.map(tree.hash))
                index += 1
            }
        }
        return tiles
    }

    private static func built(_ builder: TileBuilder, to size: Int) -> [String: [UInt8]] {
        var builder = builder
        var tiles: [String: [UInt8]] = [:]
        for leaf in tree.leaves[Int(builder.frontier.size.value)..<size] {
            builder.append(leaf, completed: { _ in }, full: { tiles[$0.path] = $1 })
        }
        for (tile, bytes) in builder.partialTiles { tiles[tile.path] = bytes }
        return tiles
    }

    @Test(arguments: [0, 1, 2, 255, 256, 257, 511, 512, 513, 1_023, 1_024, 1_100])
    func tilesAreThoseOfTheTree(size: Int) {
        #expect(Self.built(TileBuilder(), to: size) == Self.tiles(of: size))
    }

    @Test(arguments: [0, 1, 255, 256, 257, 300, 512, 768, 1_000])
    func treeIsTakenUpWhereItWasLeft(size: Int) throws {
        let builder = try TileBuilder(size: TreeSize(Int64(size)), reading: Self.tree.hash)
        #expect(builder.frontier.head == Self.tree.heads[size])
        let all = Self.tiles(of: 1_100)
        let rest = Self.built(builder, to: 1_100)
        for (path, bytes) in rest { #expect(all[path] == bytes, "\(path)") }
        let before = Self.tiles(of: size).keys.filter { !$0.contains(".p") }
        #expect(Set(rest.keys).union(before) == Set(all.keys))
        #expect(Set(rest.keys).isDisjoint(with: before))
    }

    @Test func completedSubtreesAreHandedOver() {
        var builder = TileBuilder()
        for (leaf, row) in zip(Self.tree.leaves, Self.tree.rows) {
            var completed: [NodeHash] = []
            builder.append(leaf, completed: { completed.append($0) }, full: { _, _ in })
            #expect(completed == row)
        }
    }

    /// A store that holds one wrong hash of the second level does not get a tile out of it.
    @Test func edgeThatDoesNotFollowIsRefused() throws {
        let wrong = NodeHash(LeafHash(entry: [1]))
        #expect(throws: TileError.edgeDoesNotFollow(level: 1)) {
            try TileBuilder(size: 768) { subtree in
                subtree == Subtree(level: 8, index: 1) ? wrong : Self.tree.hash(of: subtree)
            }
        }
    }

    @Test func fullTileLeadsToTheLevelAbove() {
        let hashes = Tile(.hashes(level: 0), index: 2).subtrees.map(Self.tree.hash)
        #expect(Tile.hash(over: hashes) == Self.tree.hash(of: Subtree(level: 8, index: 2)))
        #expect(Tile.hash(over: hashes[4..<8]) == Self.tree.hash(of: Subtree(level: 2, index: 129)))
        #expect(Tile.hash(over: hashes[..<1]) == hashes[0])
        #expect(Tile.hash(over: hashes.dropLast()) == nil)
        #expect(Tile.hash(over: []) == nil)
    }
}
