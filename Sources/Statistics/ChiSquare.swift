internal import Foundation

/// How likely a chi-square statistic at least so great is: Q(df/2, x/2).
package func chiSquareTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
    upperIncompleteGamma(Double(degreesOfFreedom) / 2, statistic / 2)
}

/// The regularised upper incomplete gamma function Q(a, x), to about 1e-12 of itself.
///
/// Below a + 1 by the power series of P = 1 − Q, above by the continued fraction, evaluated by
/// Lentz's method (NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2).
/// - Precondition: `a` is greater than 0.
package func upperIncompleteGamma(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0)
    guard x > 0 else { return 1 }
    let factor = exp(a * log(x) - x - logGamma(a))
    return x < a + 1 ? 1 - factor * lowerSeries(a, x) : factor * upperFraction(a, x)
}

private func lowerSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var (sum, index) = (term, a)
    while term > sum * 1e-17 {
        index += 1
        term *= x / index
        sum += term
    }
    return sum
}

private func upperFraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var (c, d) = (1 / tiny, 1 / b)
    var (value, index) = (d, 1.0)
    while true {
        let numerator = -index * (index - a)
        b += 2
        d = numerator * d + b
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = b + numerator / c
        c = abs(c) < tiny ? tiny : c
        value *= d * c
        if abs(d * c - 1) < 1e-15 { return value }
        index += 1
    }
}

func logGamma(_ x: Double) -> Double {
    let logarithm: Double = lgamma(x)
    return logarithm
}
