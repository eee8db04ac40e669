import Statistics
import Testing

struct OrderedSampleTests {
    private func sample() throws -> OrderedSample {
        try #require(OrderedSample(try Expected.numbers("values.csv")))
    }

    @Test func quantilesAreThoseOfNumpy() throws {
        let sample = try sample()
        for row in try Expected.read().spread.quantiles {
            #expect(agree(sample.quantile(row[0]), row[1], within: 1e-12))
        }
    }

    @Test func fencesAndDeviationAreThoseOfNumpyAndScipy() throws {
        let (sample, expected) = (try sample(), try Expected.read().spread)
        let fences = sample.fences()
        #expect(agree(fences.lowerBound, expected.fences[0], within: 1e-12))
        #expect(agree(fences.upperBound, expected.fences[1], within: 1e-12))
        #expect(agree(sample.medianAbsoluteDeviation, expected.medianAbsoluteDeviation))
    }

    @Test func modifiedZScoresAreThoseOfNumpy() throws {
        let (values, score) = (try Expected.numbers("values.csv"), try sample().modifiedZScore)
        for (value, expected) in zip(values, try Expected.read().spread.modifiedZScores) {
            #expect(agree(try #require(score(value)), expected))
        }
    }

    @Test func thereIsNoSampleOfNothing() { #expect(OrderedSample([]) == nil) }

    @Test func oneValueIsAllItsQuantiles() throws {
        let one = try #require(OrderedSample([7]))
        #expect([0, 0.3, 1].map(one.quantile) == [7, 7, 7])
        #expect(one.fences() == 7...7)
    }

    /// Of 1, 2, 3, 4: by definition 7 the first quartile is 1.75, and not 1.5 as halves give.
    @Test func quartilesOfFourAreBetweenThem() throws {
        let four = try #require(OrderedSample([4, 1, 3, 2]))
        #expect([0.25, 0.5, 0.75].map(four.quantile) == [1.75, 2.5, 3.25])
        #expect(four.fences() == -0.5...5.5)
    }

    @Test func whereMostAreAlikeNothingIsMeasured() throws {
        let alike = try #require(OrderedSample([5, 5, 5, 900]))
        #expect(alike.modifiedZScore(900) == nil)
    }
}
