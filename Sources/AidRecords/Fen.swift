/// Money: a whole number of fen, a hundredth of a yuan.
package struct Fen: Hashable, Comparable, Sendable {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    package static func < (first: Fen, second: Fen) -> Bool { first.value < second.value }
}

extension Fen: CustomStringConvertible {
    /// In yuan with thousands separators and two decimals: `-1,234.05`.
    package var description: String {
        let magnitude = value.magnitude
        let cents = magnitude % 100
        let sign = value < 0 ? "-" : ""
        return "\(sign)\(grouped(magnitude / 100)).\(cents < 10 ? "0" : "")\(cents)"
    }
}

/// A ratio in hundredths of a percent.
package struct BasisPoints: Hashable, Comparable, Sendable {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    /// `part` of `whole`, rounded half up (away from zero); nil where the whole is zero.
    package init?(_ part: Int64, of whole: Int64) {
        guard whole != 0 else { return nil }
        let (high, low) = part.magnitude.multipliedFullWidth(by: 10_000)
        let (sum, carry) = low.addingReportingOverflow(whole.magnitude / 2)
        guard high + (carry ? 1 : 0) < whole.magnitude else { return nil }
        let quotient = whole.magnitude.dividingFullWidth((high + (carry ? 1 : 0), sum)).quotient
        guard let value = Int64(exactly: quotient) else { return nil }
        self.value = (part < 0) == (whole < 0) ? value : -value
    }

    package static func < (first: BasisPoints, second: BasisPoints) -> Bool {
        first.value < second.value
    }
}

extension BasisPoints: CustomStringConvertible {
    /// `62.50%`
    package var description: String {
        let magnitude = value.magnitude
        let rest = magnitude % 100
        return "\(value < 0 ? "-" : "")\(grouped(magnitude / 100)).\(rest < 10 ? "0" : "")\(rest)%"
    }
}

/// Decimal with thousands separators: `1,234,567`.
package func grouped(_ number: some BinaryInteger) -> String {
    var digits = String(number)
    let sign = digits.hasPrefix("-") ? String(digits.removeFirst()) : ""
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
        result.append(digit)
    }
    return sign + result
}
