internal import AidRecords
internal import Crypto
internal import TransparencyLog

/// Reckons the hashes of sets of entries: SHA-256 over their leaf hashes, sorted. What has been read
/// for one set is known to the next.
struct RecordSetHashing {
    private var known: [LeafHash] = []
    /// Of each hash the first eight bytes, which nearly always tell two apart.
    private var beginnings: [UInt64] = []
    private var places = Places()

    /// The hash of a set of entries, in hex.
    /// - Parameter leafHash: gives that of an entry.
    mutating func hash(
        _ entries: [Int64], _ leafHash: (_ seq: Int64) throws -> LeafHash
    ) throws -> String {
        for seq in entries where places[seq] == nil { add(try leafHash(seq), of: seq) }
        var hashes: [Member] = []
        hashes.reserveCapacity(entries.count)
        for seq in entries {
            guard let place = places[seq] else { continue }
            hashes.append((beginnings[Int(place)], place))
        }
        return Hex.encode(digest(sorted(hashes)))
    }

    /// A few thousand at once: a call for each takes longer than to hash it.
    private func digest(_ hashes: [Member]) -> SHA256Digest {
        var digest = SHA256()
        var some: [LeafHash] = []
        for start in stride(from: 0, to: hashes.count, by: 4096) {
            some.removeAll(keepingCapacity: true)
            for (_, place) in hashes[start..<min(start + 4096, hashes.count)] {
                some.append(known[Int(place)])
            }
            // A leaf hash is its 32 bytes and nothing else.
            some.withUnsafeBytes { digest.update(bufferPointer: $0) }
        }
        return digest.finalize()
    }

    /// A hash of a set: its first eight bytes, and where it stands.
    private typealias Member = (beginning: UInt64, place: Int32)

    /// Hashes are spread evenly: their first bits put each among few others.
    private func sorted(_ hashes: [Member]) -> [Member] {
        let bits = Int.bitWidth - hashes.count.leadingZeroBitCount - 3
        guard bits > 0 else { return hashes.sorted(by: isBefore) }
        func part(_ hash: Member) -> Int { Int(hash.beginning >> UInt64(64 - bits)) }
        var ends = [Int](repeating: 0, count: 1 << bits)
        for hash in hashes { ends[part(hash)] += 1 }
        var start = 0
        for part in ends.indices { (ends[part], start) = (start, start + ends[part]) }
        var result = hashes
        for hash in hashes {
            result[ends[part(hash)]] = hash
            ends[part(hash)] += 1
        }
        start = 0
        for end in ends {
            result[start..<end].sort(by: isBefore)
            start = end
        }
        return result
    }

    private func isBefore(_ first: Member, _ second: Member) -> Bool {
        guard first.beginning == second.beginning else { return first.beginning < second.beginning }
        return known[Int(first.place)].withUnsafeBytes { one in
            known[Int(second.place)].withUnsafeBytes { one.lexicographicallyPrecedes($0) }
        }
    }

    private mutating func add(_ hash: LeafHash, of seq: Int64) {
        places[seq] = Int32(known.count)
        known.append(hash)
        beginnings.append(
            hash.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) })
    }
}

/// Where the hashes of entries stand, page by page: tables name the same entries over and over, in
/// their order.
private struct Places {
    private static let pageBits: Int64 = 10

    private var places: [Int32] = []
    private var pages: [Int64: Int] = [:]
    private var last: (page: Int64, start: Int) = (-1, 0)

    subscript(_ seq: Int64) -> Int32? {
        mutating get {
            let page = seq >> Places.pageBits
            if page != last.page {
                guard let start = pages[page] else { return nil }
                last = (page, start)
            }
            let place = places[last.start + offset(seq)]
            return place < 0 ? nil : place
        }
        set {
            let page = seq >> Places.pageBits
            if pages[page] == nil {
                pages[page] = places.count
                places += repeatElement(-1, count: 1 << Places.pageBits)
            }
            places[pages[page, default: 0] + offset(seq)] = newValue ?? -1
        }
    }

    private func offset(_ seq: Int64) -> Int { Int(seq & (1 << Places.pageBits - 1)) }
}
