/// How often each pair of first digits, 10 to 99, begins the amounts of a set.
///
/// Digits are taken from whole fen, never from floating point: 0.29 yuan is 29 fen.
package struct FirstTwoDigits: Hashable, Sendable {
    package static let pairs = 10...99

    /// By pair, from 10 on.
    private var counts = [Int](repeating: 0, count: pairs.count)
    package private(set) var total = 0

    package init() {}

    /// The first two digits of a positive whole number; nil below 10, which has no two.
    package static func of(_ number: Int64) -> Int? {
        guard number >= 10 else { return nil }
        var rest = number
        while rest > 99 { rest /= 10 }
        return Int(rest)
    }

    /// - Precondition: `pair` is one of `pairs`.
    package mutating func add(_ pair: Int, times: Int = 1) {
        precondition(FirstTwoDigits.pairs.contains(pair) && times >= 0)
        counts[pair - FirstTwoDigits.pairs.lowerBound] += times
        total += times
    }

    package subscript(pair: Int) -> Int { counts[pair - FirstTwoDigits.pairs.lowerBound] }
}
