internal import Glibc
package import TransparencyLog

extension PublishedFolder {
    /// What lies in a folder, by its name alone.
    package enum Item: Hashable, Sendable {
        /// A file, or whatever else, at a tile's path.
        case tile(Tile)
        /// Something that no publication has, with its path below the folder; of a folder, the
        /// folder alone, with a slash at its end.
        case other(String)
        /// A folder of tiles that holds nothing.
        case emptyFolder(String)
    }

    /// Looks at everything in the folder but the checkpoint, in no order. Symbolic links are not
    /// followed.
    package func forEachItem(
        _ body: (Item) throws -> Void
    ) throws {
        _ = try walk("", .top) { item in try body(item) }
    }

    /// Where a walk is: what the names there stand for.
    fileprivate enum Place {
        case top
        /// `tile`
        case levels
        /// The groups of three digits before the last: `tile/0/x001/`
        case groups(Tile.Content, prefix: Int64)
        /// `tile/0/x001/234.p`
        case widths(Tile.Content, index: Int64)
    }

    /// - Returns: whether the folder has something in it.
    private func walk(
        _ folder: String, _ place: Place, _ body: (Item) throws -> Void
    ) throws -> Bool {
        var folders: [(name: String, place: Place)] = []
        var isEmpty = true
        try forEachName(in: folder) { name, isFolder in
            isEmpty = false
            if case .top = place, name == PublishedFolder.checkpointName, !isFolder { return }
            if isFolder, let next = place.entered(name) {
                folders.append((folder + name + "/", next))
            } else if !isFolder, let tile = place.tile(name) {
                try body(.tile(tile))
            } else {
                try body(.other(folder + name + (isFolder ? "/" : "")))
            }
        }
        for (name, next) in folders where try !walk(name, next, body) {
            try body(.emptyFolder(name))
        }
        return !isEmpty
    }

    private func forEachName(
        in folder: String, _ body: (_ name: String, _ isFolder: Bool) throws -> Void
    ) throws {
        let path = file(folder)
        guard let directory = opendir(path) else {
            throw PublicationError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { closedir(directory) }
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            try body(name, isFolder(Int32(item.pointee.d_type), "\(path)\(name)"))
        }
    }

    /// Some file systems do not say in the list what an item is.
    private func isFolder(_ type: Int32, _ path: String) -> Bool {
        guard type == Int32(DT_UNKNOWN) else { return type == Int32(DT_DIR) }
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension PublishedFolder.Place {
    /// The place below, or nil where a tree has no such folder.
    fileprivate func entered(_ name: String) -> Self? {
        switch self {
        case .top: return name == "tile" ? .levels : nil
        case .levels:
            if name == "entries" { return .groups(.entries, prefix: 0) }
            guard let level = Int(name), (0...Tile.levelMax).contains(level), name.utf8.count == 1
            else { return nil }
            return .groups(.hashes(level: level), prefix: 0)
        case .groups(let content, let prefix):
            // The first group is not x000; beyond six groups there is no tree.
            if name.hasPrefix("x"), let group = Self.group(name.dropFirst()),
                prefix > 0 || group > 0, prefix < 1_000_000_000_000_000
            {
                return .groups(content, prefix: prefix * 1_000 + group)
            }
            guard name.hasSuffix(".p"), let group = Self.group(name.dropLast(2)) else {
                return nil
            }
            return .widths(content, index: prefix * 1_000 + group)
        case .widths: return nil
        }
    }

    /// The tile whose path ends with this name.
    fileprivate func tile(_ name: String) -> Tile? {
        switch self {
        case .top, .levels: return nil
        case .groups(let content, let prefix):
            guard let group = Self.group(name[...]) else { return nil }
            return Tile(content, index: prefix * 1_000 + group)
        case .widths(let content, let index):
            guard let width = Int(name), (1..<Tile.fullWidth).contains(width),
                String(width) == name
            else { return nil }
            return Tile(content, index: index, width: width)
        }
    }

    /// Three digits.
    private static func group(_ text: Substring) -> Int64? {
        guard text.utf8.count == 3 else { return nil }
        var value: Int64 = 0
        for byte in text.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }
}

extension Tile {
    /// Whether a tree of `size` has this tile, at this width.
    package func belongs(to size: TreeSize) -> Bool {
        Tile(content, index: index, in: size) == self
    }
}
