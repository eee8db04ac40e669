internal import GRDB
internal import LedgerCore
internal import LedgerSQLite
internal import Synchronization
internal import TransparencyLog

/// Makes and checks inclusion proofs of entries chosen by chance, on every core, and says how long
/// it took; and the same one at a time, each timed alone.
///
/// What it is compared with is the bare hashing that as many checks cannot do without.
struct ProofRun: Sendable {
    let paths: LedgerPaths
    let proofs: Int
    let threads: Int

    /// A generator that gives the same numbers everywhere (SplitMix64).
    struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    /// Seconds for all proofs, made and checked.
    func together() throws -> Double {
        var stopwatch = Stopwatch()
        try stopwatch.time {
            try Workers.share(threads) { _, next in
                while let part = next() {
                    try make(proofs / threads, seed: UInt64(part) + 1) { _, _ in }
                }
            }
        }
        return stopwatch.seconds
    }

    /// The median time of one, made and checked, in seconds.
    func medians() throws -> (made: Double, checked: Double) {
        var (made, checked): ([Double], [Double]) = ([], [])
        try make(min(proofs, 2_000), seed: 99) { making, checking in
            made.append(making)
            checked.append(checking)
        }
        return (made.sorted()[made.count / 2], checked.sorted()[checked.count / 2])
    }

    private func make(
        _ count: Int, seed: UInt64, _ timed: (_ made: Double, _ checked: Double) -> Void
    ) throws {
        var chance = Chance(state: seed)
        try LedgerProver.read(LedgerReader(paths)) { prover in
            let checkpoint = prover.newest
            for _ in 0..<count {
                let seq = Int64.random(in: 0..<checkpoint.size.value, using: &chance)
                var (making, checking) = (Stopwatch(), Stopwatch())
                let (bytes, proof) = try making.time { try prover.proven(seq, in: checkpoint) }
                try checking.time {
                    try proof.inclusion.verify(LeafHash(entry: bytes), in: checkpoint.head)
                }
                timed(making.seconds, checking.seconds)
            }
        }
    }

    /// Seconds that the hashing alone of as many checks takes, on as many threads.
    func hashing() throws -> Double {
        let size = try LedgerProver.read(LedgerReader(paths)) { $0.newest.size.value }
        let height = Int64.bitWidth - (size - 1).leadingZeroBitCount
        var stopwatch = Stopwatch()
        let sum = Mutex(UInt8(0))
        try stopwatch.time {
            try Workers.share(threads) { _, next in
                while next() != nil {
                    var node = NodeHash(LeafHash(entry: [1]))
                    for _ in 0..<(proofs / threads * height) {
                        node = NodeHash(left: node, right: node)
                    }
                    let first = node.withUnsafeBytes { $0[0] }
                    sum.withLock { $0 ^= first }
                }
            }
        }
        return stopwatch.seconds
    }
}
