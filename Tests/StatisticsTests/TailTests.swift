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

    /// Of great numbers of trials the logarithms of factorials leave some eight digits.
    @Test func binomialTailsAreThoseOfScipy() throws {
        for row in try Expected.read().tails.binomial {
            let tail = binomialTail(
                atLeast: Int(row[0]), of: Int(row[1]), probability: row[2])
            #expect(agree(tail, row[3], within: 1e-8), "\(row) is \(tail)")
        }
    }

    /// Of 4 throws of a coin: 1, 15, 11, 5 and 1 of 16.
    @Test(arguments: [(0, 16), (1, 15), (2, 11), (3, 5), (4, 1), (5, 0)])
    func tailsOfFourThrowsAreThoseCountedByHand(heads: Int, sixteenths: Double) {
        let tail = binomialTail(atLeast: heads, of: 4, probability: 0.5)
        #expect(abs(tail - sixteenths / 16) < 1e-14)
    }

    @Test func certainAndImpossibleAreSo() {
        #expect(binomialTail(atLeast: 1, of: 9, probability: 0) == 0)
        #expect(binomialTail(atLeast: 9, of: 9, probability: 1) == 1)
        #expect(binomialTail(atLeast: 0, of: 0, probability: 0.5) == 1)
    }
}
