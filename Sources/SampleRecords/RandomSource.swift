/// The generator's only source of chance: xoshiro256** seeded through SplitMix64.
///
/// Written out here because the standard library's generators may differ between machines and
/// releases, while a sample must have the same bytes wherever it is made.
package struct RandomSource {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var source = seed
        func draw() -> UInt64 {
            source &+= 0x9E37_79B9_7F4A_7C15
            return mixed(source)
        }
        state = (draw(), draw(), draw(), draw())
    }

    package mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// A number in `0..<bound`. The bias is below `bound` in 2^64.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    package mutating func between(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True so many times in ten thousand.
    package mutating func chance(_ basisPoints: Int) -> Bool {
        below(10_000) < basisPoints
    }
}

/// SplitMix64's finalizer: a good hash of one word.
func mixed(_ value: UInt64) -> UInt64 {
    var word = value
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
}
