internal import AidRecords
internal import TransparencyLog

/// What tells entries apart, source and id, of all entries of a publication: a hash of 64 bits of
/// each, which begins at a random number of the process, so that no folder can be made to fit.
///
/// Unchecked, and safe: each entry has a place of its own, and is added once, by one thread; all
/// threads have ended before `repeated` is asked for.
final class EntryKeySet: @unchecked Sendable {
    private let inventory: PublishedInventory
    private let hashes: UnsafeMutableBufferPointer<UInt64>

    /// - Parameter inventory: says which bundles are there; eight bytes are kept for each entry.
    init(_ inventory: PublishedInventory) {
        self.inventory = inventory
        let count = inventory.places(of: .entries).count * Tile.fullWidth
        hashes = .allocate(capacity: count)
        hashes.initialize(repeating: EntryKeySet.none)
    }

    deinit { hashes.deallocate() }

    /// Where an entry is not there or could not be read.
    private static let none: UInt64 = 0

    func add(_ entry: borrowing RecordedEntry, _ stored: StoredEntry) {
        let (bundle, place) = stored.seq.quotientAndRemainder(dividingBy: Int64(Tile.fullWidth))
        guard let rank = inventory.rank(.entries, bundle),
            let hash = EntryKeySet.hash(entry, stored.bytes)
        else { return }
        hashes[rank * Tile.fullWidth + Int(place)] = hash
    }

    static func hash(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UInt64? {
        entry.withKey(in: bytes) { source, id in
            var hasher = Hasher()
            hasher.combine(source.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(source))
            hasher.combine(bytes: UnsafeRawBufferPointer(id))
            return max(UInt64(bitPattern: Int64(hasher.finalize())), 1)
        }
    }

    /// The hashes that stand for more than one entry; then the places are lost.
    func repeated() -> Set<UInt64> {
        var hashes = hashes
        hashes.sort()
        var repeated: Set<UInt64> = []
        for index in hashes.indices.dropFirst()
        where hashes[index] == hashes[index - 1] && hashes[index] != EntryKeySet.none {
            repeated.insert(hashes[index])
        }
        return repeated
    }
}

/// Names the entries that have the source and id of an earlier one.
struct EntryKeyCheck {
    let folder: PublishedFolder
    let inventory: PublishedInventory
    let catalogue: KindCatalogue
    let findings: Findings

    func check(_ keys: EntryKeySet) {
        let suspects = keys.repeated()
        // Hashes are not the keys themselves, so all bundles are read once more to be sure.
        guard !suspects.isEmpty else { return }
        var reader = EntryReader(catalogue: catalogue)
        var first: [Key: Int64] = [:]
        for bundle in inventory.places(of: .entries) {
            guard let (bytes, ranges) = try? folder.entries(at: bundle, inventory) else { continue }
            bytes.withUnsafeBufferPointer { bytes in
                for (place, range) in ranges.enumerated() {
                    let entry = UnsafeBufferPointer(rebasing: bytes[range])
                    guard (try? reader.readEnvelope(entry)) != nil,
                        let hash = EntryKeySet.hash(reader.entry, entry), suspects.contains(hash)
                    else { continue }
                    let key = Key(
                        source: reader.entry.source(in: entry), id: reader.entry.id(in: entry))
                    let seq = bundle * Int64(Tile.fullWidth) + Int64(place)
                    guard let earlier = first[key] else {
                        first[key] = seq
                        continue
                    }
                    findings.note(
                        .entries, seq: seq, "has the source and id of entry \(earlier)")
                }
            }
        }
    }

    private struct Key: Hashable {
        let source: String
        let id: String
    }
}
