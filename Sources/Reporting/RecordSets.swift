internal import AidRecords
internal import Crypto
internal import LedgerCore
internal import TransparencyLog

/// Names sets of entries by hash: SHA-256 over their leaf hashes, sorted.
struct RecordSets {
    let runner: any QueryRunner
    private var known: [Int64: LeafHash] = [:]

    init(_ runner: any QueryRunner) { self.runner = runner }

    mutating func trace(_ entries: [Int64]) throws -> [(String, String)] {
        [
            ("entries", String(entries.count)), ("entriesText", grouped(entries.count)),
            ("recordSet", try hash(entries)),
        ]
    }

    /// The hash of a set of entries, in hex.
    mutating func hash(_ entries: [Int64]) throws -> String {
        var hashes: [LeafHash] = []
        hashes.reserveCapacity(entries.count)
        for seq in entries { hashes.append(try leafHash(seq)) }
        hashes.sort { first, second in
            first.withUnsafeBytes { first in
                second.withUnsafeBytes { first.lexicographicallyPrecedes($0) }
            }
        }
        var hash = SHA256()
        for leaf in hashes { leaf.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        return Hex.encode(hash.finalize())
    }

    private mutating func leafHash(_ seq: Int64) throws -> LeafHash {
        if let hash = known[seq] { return hash }
        let hash = try runner.leafHash(of: seq)
        known[seq] = hash
        return hash
    }
}
