/// Log-normal amounts without floating point: libraries disagree in the last bit of `exp`,
/// and one bit is enough to change a sample.
enum LogNormal {
    /// `median` · 2^(sigma · z), where z is nearly normal and `sigma` is in thousandths of a
    /// doubling (1,000: one standard deviation doubles the amount).
    static func draw(median: Int, sigma: Int, from random: inout RandomSource) -> Int {
        // The sum of twelve uniforms has mean 6 and variance 1; in 1/65536.
        var sum = -6 * 65_536
        for _ in 0..<3 {
            let word = random.next()
            sum += Int(word & 0xFFFF) + Int(word >> 16 & 0xFFFF)
            sum += Int(word >> 32 & 0xFFFF) + Int(word >> 48)
        }
        return scaled(median, byPowerOfTwo: sum * sigma / 1_000)
    }

    /// `value` · 2^(exponent / 65536).
    private static func scaled(_ value: Int, byPowerOfTwo exponent: Int) -> Int {
        let whole = exponent >> 16
        let fraction = exponent & 0xFFFF
        let step = fraction >> 12
        let below = sixteenths[step]
        let mantissa = below + ((sixteenths[step + 1] - below) * (fraction & 0xFFF)) >> 12
        let product = value * mantissa
        return whole >= 0 ? (product << whole) >> 16 : product >> (16 - whole)
    }

    /// 2^(i/16) in 1/65536.
    private static let sixteenths = [
        65_536, 68_438, 71_468, 74_632, 77_936, 81_386, 84_990, 88_752, 92_682,
        96_785, 101_070, 105_545, 110_218, 115_098, 120_194, 125_515, 131_072,
    ]
}
