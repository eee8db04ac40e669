internal import TransparencyLog

/// Checks the tiles of hashes: that each has its length, and that each follows from the level
/// below. Level 0 is compared with the entries elsewhere.
struct PublishedTileCheck: Sendable {
    let folder: PublishedFolder
    let inventory: PublishedInventory
    let findings: Findings

    /// Neighbouring tiles of one level, whose hashes stand in one tile of the level above.
    struct Group: Sendable {
        let level: Int
        let parent: Int64
        fileprivate(set) var places: [Int64]
    }

    /// All tiles that are there.
    var groups: [Group] {
        var groups: [Group] = []
        for case .hashes(let level) in inventory.contents {
            for place in inventory.places(of: .hashes(level: level)) {
                let parent = place / Int64(Tile.fullWidth)
                if let last = groups.last, last.level == level, last.parent == parent {
                    groups[groups.count - 1].places.append(place)
                } else {
                    groups.append(Group(level: level, parent: parent, places: [place]))
                }
            }
        }
        return groups
    }

    func check(_ group: Group) {
        let above = Tile.Content.hashes(level: group.level + 1)
        // What is wrong with this one is told where its own group is checked.
        let parent =
            group.level < Tile.levelMax
            ? try? folder.hashes(above, group.parent, inventory) : nil
        for place in group.places {
            let content = Tile.Content.hashes(level: group.level)
            do {
                let hashes = try folder.hashes(content, place, inventory)
                let slot = Int(place % Int64(Tile.fullWidth))
                guard hashes.count == Tile.fullWidth, let parent, slot < parent.count else {
                    continue
                }
                guard Tile.hash(over: hashes) != parent[slot] else { continue }
                note(
                    .tree, above, group.parent,
                    "hash \(slot) does not follow from \(name(content, place))")
            } catch {
                note(.format, content, place, error.description)
            }
        }
    }

    /// Whether the tiles lead to the root hash.
    func checkRoot(_ checkpoint: VerifiedCheckpoint) {
        // What cannot be read has been told.
        guard let frontier = try? TreeFrontier(size: checkpoint.size, reading: hash),
            frontier.rootHash != checkpoint.rootHash
        else { return }
        findings.note(.tree, "the tiles do not lead to the root hash of the checkpoint")
    }

    /// Of a perfect subtree: from one tile, by hashing up to seven levels.
    private func hash(_ subtree: Subtree) throws(PublishedFolder.Fault) -> NodeHash {
        let (level, up) = subtree.level.quotientAndRemainder(dividingBy: 8)
        let (place, slot) = (subtree.index << up).quotientAndRemainder(
            dividingBy: Int64(Tile.fullWidth))
        let hashes = try folder.hashes(.hashes(level: level), place, inventory)
        let end = Int(slot) + 1 << up
        guard end <= hashes.count, let hash = Tile.hash(over: hashes[Int(slot)..<end]) else {
            throw .missing
        }
        return hash
    }

    private func name(_ content: Tile.Content, _ place: Int64) -> String {
        inventory.file(content, place)?.path ?? ""
    }

    private func note(
        _ area: LedgerProblem.Area, _ content: Tile.Content, _ place: Int64, _ text: String
    ) {
        findings.note(area, "\(name(content, place)): \(text)")
    }
}
