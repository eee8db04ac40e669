import Statistics
import Testing

struct TailTests {
    @Test func chiSquareTailsAreThoseOfScipy() throws {
        for row in try Expected.read().tails.chiSquare {
            let tail = chiSquareTail(row[1], degreesOfFreedom: Int(row[0]))
            #expect(agree(tail, row[2], within: 1e-10), "\(row) is \(tail)")
        }
    }

    @Test(arguments: [0, -1.0])
    func everyStatisticIsAtLeastZero(statistic: Double) {
        #expect(chiSquareTail(statistic, degreesOfFreedom: 89) == 1)
    }

    /// Q(1, x) is e^−x.
    @Test(arguments: [0.5, 1.0, 1.999, 2.001, 30])
    func gammaOfOneIsTheExponential(x: Double) {
        #expect(agree(upperIncompleteGamma(1, x), 1 / exponential(x), within: 1e-13))
    }

    private func exponential(_ x: Double) -> Double {
        (1...120).reversed().reduce(1.0) { 1 + $0 * x / Double($1) }
    }
}
