import Foundation
import LedgerCore
import Testing
import TransparencyLog

@Suite struct PublishedFolderTests {
    private let temporary = try? TemporaryFolder()

    private func folder() throws -> PublishedFolder {
        PublishedFolder(try #require(temporary).path("published"))
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        let file = URL(filePath: try folder().file(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The walk reads names group by group; what it takes for a tile is the tile of that path.
    @Test func filesAreTheTilesOfTheirPaths() throws {
        let paths = [
            "tile/0/000", "tile/0/999", "tile/0/x001/000", "tile/7/x001/x234/067",
            "tile/1/273.p/112", "tile/entries/x001/x234/067.p/1", "tile/entries/000.p/255",
            "tile/0/x009/x223/x372/x036/x854/775",
        ]
        let others = [
            "tile/0/0", "tile/0/0000", "tile/0/x001/x1", "tile/0/000.p/256", "tile/0/000.p/01",
            "tile/0/abc", "tile/README", "notes", ".hidden",
        ]
        let otherFolders = ["tile/8/", "tile/00/", "tile/0/x000/", "tile/0/00.p/", "other/"]
        for path in paths + others { try write([1], path) }
        for path in otherFolders { try write([1], path + "000") }
        try write([1], "checkpoint")
        var found: [String] = []
        var left: [String] = []
        try folder().forEachItem { item in
            switch item {
            case .tile(let tile): found.append(tile.path)
            case .other(let name): left.append(name)
            case .emptyFolder(let name): Issue.record("\(name) is not empty")
            }
        }
        #expect(found.sorted() == paths.sorted())
        #expect(left.sorted() == (others + otherFolders).sorted())
        for path in paths { #expect(throws: Never.self) { try Tile(path: path) } }
    }

    @Test func filesAreReadAsLongAsTheyMayBe() throws {
        try write([1, 2, 3], "checkpoint")
        #expect(try folder().read("checkpoint", max: 3) == [1, 2, 3])
        #expect(throws: PublishedFolder.Fault.tooLong(3, max: 2)) {
            try folder().read("checkpoint", max: 2)
        }
        #expect(throws: PublishedFolder.Fault.missing) { try folder().read("none", max: 1) }
        #expect(throws: PublishedFolder.Fault.missing) {
            try folder().read("checkpoint/none", max: 1)
        }
        #expect(throws: PublishedFolder.Fault.noFile) { try folder().read("", max: 1 << 20) }
    }

    @Test func hashesOfATileHaveItsLength() throws {
        let tile = Tile(.hashes(level: 0), index: 3, width: 2)
        try write(Array(repeating: 7, count: 64), tile.path)
        #expect(
            try folder().hashes(of: tile).map(\.bytes)
                == [[UInt8]](
                    repeating: Array(repeating: 7, count: 32), count: 2))
        for count in [0, 63] {
            try write(Array(repeating: 7, count: count), tile.path)
            #expect(throws: PublishedFolder.Fault.wrongLength(count, expected: 64)) {
                try folder().hashes(of: tile)
            }
        }
    }
}
