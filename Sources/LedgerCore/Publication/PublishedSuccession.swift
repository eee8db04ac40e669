internal import AidRecords
internal import Foundation
internal import TransparencyLog

/// Which keys signed for a published ledger: the one that entry 0 names, and those that replaced
/// it. Nothing of the folder is believed but what these keys have signed.
struct PublishedSuccession: Sendable {
    private(set) var keys: KeySuccession
    /// The entries that replaced a key.
    private(set) var rotations: Set<Int64> = []

    /// - Parameters:
    ///   - trusted: the key that the auditor has, which must be one of them.
    ///   - note: the folder's checkpoint. Where the trusted key is that of entry 0 and has signed
    ///     it, no key can have been replaced, and entries are not looked through.
    /// - Throws: `Refusal`.
    init(
        _ folder: PublishedFolder, _ inventory: PublishedInventory, _ note: SignedNote,
        trusted: VerifierKey
    ) throws(Refusal) {
        let founding = PublishedSuccession.foundingKey(folder, inventory)
        keys = KeySuccession(founding: founding ?? trusted)
        let isSigned = (try? note.openCheckpoint(logKey: trusted)) != nil
        guard let founding, founding != trusted || !isSigned else { return }
        for bundle in inventory.places(of: .entries) {
            try follow(bundle, folder, inventory)
        }
        // Where it is none of them, that is told where entry 0 is checked.
        if !keys.keys.contains(trusted), isSigned { keys = KeySuccession(founding: trusted) }
    }

    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    private static func foundingKey(
        _ folder: PublishedFolder, _ inventory: PublishedInventory
    ) -> VerifierKey? {
        guard inventory.isThere(.entries, 0),
            let (bytes, ranges) = try? folder.entries(at: 0, inventory), let first = ranges.first,
            let entry = FoundingEntry(Data(bytes[first]))
        else { return nil }
        return try? VerifierKey(parsing: entry.vkey)
    }

    private static let mark = Data("\"kind\":\"key.rotated\"".utf8)

    private mutating func follow(
        _ bundle: Int64, _ folder: PublishedFolder, _ inventory: PublishedInventory
    ) throws(Refusal) {
        // What cannot be read is told where bundles are checked.
        guard let (bytes, ranges) = try? folder.entries(at: bundle, inventory),
            Data(bytes).range(of: PublishedSuccession.mark) != nil
        else { return }
        for (place, range) in zip(ranges.indices, ranges) {
            guard let recorded = RecordedRotation(entry: Data(bytes[range])) else { continue }
            let seq = bundle * Int64(Tile.fullWidth) + Int64(place)
            do {
                let head = try TreeFrontier(size: TreeSize(seq)) { subtree throws in
                    try folder.hash(of: subtree, inventory)
                }.head
                let rotation = try KeyRotation(
                    origin: keys.current.name, head: head, old: recorded.old, new: recorded.new)
                try keys.follow(rotation, recorded.signatures)
                rotations.insert(seq)
            } catch {
                throw Refusal(description: "entry \(seq), the key's rotation: \(error)")
            }
        }
    }
}

extension PublishedFolder {
    /// The hash of a perfect subtree, from the tile that holds it or what it is made of.
    func hash(of subtree: Subtree, _ inventory: PublishedInventory) throws -> NodeHash {
        let (tileLevel, rest) = subtree.level.quotientAndRemainder(dividingBy: 8)
        let first = subtree.index << rest
        let width = Int64(Tile.fullWidth)
        let tile = try hashes(.hashes(level: tileLevel), first / width, inventory)
        let start = tile.startIndex + Int(first % width)
        guard tile.indices.contains(start), tile.endIndex - start >= 1 << rest else {
            throw Fault.missing
        }
        var nodes = Array(tile[start..<(start + (1 << rest))])
        while nodes.count > 1 {
            nodes = stride(from: 0, to: nodes.count, by: 2).map {
                NodeHash(left: nodes[$0], right: nodes[$0 + 1])
            }
        }
        return nodes[0]
    }
}
