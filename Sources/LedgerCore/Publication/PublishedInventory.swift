internal import AidRecords
internal import TransparencyLog

/// Which of the files that a checkpoint speaks of are in the folder, and what else is.
///
/// Its memory is that of the files that are there, however large a tree the checkpoint claims.
struct PublishedInventory: Sendable {
    let size: TreeSize
    /// The tiles that are there, by their places, which ascend.
    private var places: [Tile.Content: [Int64]] = [:]
    /// What stands in for tiles at the right edge that are not there themselves: wider ones. C2SP
    /// tlog-tiles lets a log remove what is no longer needed.
    private var wider: [Tile.Content: Tile] = [:]
    private var foreign = Found()
    private var ofOtherSizes = Found()

    /// Some of the files that do not belong.
    private struct Found: Sendable {
        var count = 0
        var examples: [String] = []

        mutating func add(_ name: String) {
            count += 1
            if examples.count < 3 { examples.append(name) }
        }

        var text: String {
            examples.joined(separator: ", ") + (count > examples.count ? ", …" : "")
        }
    }

    /// - Throws: `PublicationError`.
    init(_ folder: PublishedFolder, size: TreeSize) throws {
        self.size = size
        try folder.forEachItem { add($0) }
        for content in contents { settle(content) }
    }

    /// Of a tree of this size.
    var contents: [Tile.Content] {
        [.entries]
            + (0...Tile.levelMax).filter { size.value >> (8 * $0) > 0 }.map { .hashes(level: $0) }
    }

    private mutating func add(_ item: PublishedFolder.Item) {
        switch item {
        case .tile(let tile):
            if tile.belongs(to: size) {
                places[tile.content, default: []].append(tile.index)
            } else {
                ofOtherSizes.add(tile.path)
                noteWider(tile)
            }
        case .other(let name): foreign.add(name)
        case .emptyFolder: break
        }
    }

    private mutating func noteWider(_ tile: Tile) {
        guard let wanted = Tile(tile.content, index: tile.index, in: size),
            tile.width > max(wanted.width, wider[tile.content]?.width ?? 0)
        else { return }
        wider[tile.content] = tile
    }

    /// A wider tile is needed only where the one at the edge is not there.
    private mutating func settle(_ content: Tile.Content) {
        places[content]?.sort()
        guard let tile = wider[content] else { return }
        if places[content]?.last == tile.index {
            wider[content] = nil
        } else {
            places[content, default: []].append(tile.index)
        }
    }

    // MARK: Asking

    /// Whether a tile is there, itself or a wider one.
    func isThere(_ content: Tile.Content, _ index: Int64) -> Bool {
        rank(content, index) != nil
    }

    /// How many tiles of this kind that are there come before this one; nil where it is not there.
    func rank(_ content: Tile.Content, _ index: Int64) -> Int? {
        let places = places(of: content)
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] == index ? low : nil
    }

    func places(of content: Tile.Content) -> [Int64] { places[content] ?? [] }

    /// The file to read for the tile of the tree at a place that is there.
    func file(_ content: Tile.Content, _ index: Int64) -> Tile? {
        if let tile = wider[content], tile.index == index { return tile }
        return Tile(content, index: index, in: size)
    }

    /// What is not there.
    func missing(_ content: Tile.Content) -> [ClosedRange<Int64>] {
        let count =
            Tile.fullTileCount(content, in: size)
            + (Tile.partialWidth(content, in: size) > 0 ? 1 : 0)
        var next: Int64 = 0
        var gaps: [ClosedRange<Int64>] = []
        for place in places(of: content) {
            if place > next { gaps.append(next...(place - 1)) }
            next = place + 1
        }
        return next < count ? gaps + [next...(count - 1)] : gaps
    }

    /// What does not belong, in words; no problem by itself.
    var notices: [String] {
        var notices: [String] = []
        if ofOtherSizes.count > 0 {
            notices.append(
                "\(grouped(ofOtherSizes.count)) tiles are not those of a tree of "
                    + "\(grouped(size.value)) entries (\(ofOtherSizes.text)): left by an "
                    + "interrupted publication, or the checkpoint is older than they are")
        }
        if foreign.count > 0 {
            notices.append(
                "\(grouped(foreign.count)) files or folders do not belong to a publication "
                    + "(\(foreign.text)): they were not looked at")
        }
        return notices
    }
}
