internal import Foundation

/// How likely at least so many of so many trials succeed, each with the same probability.
///
/// A sum of the exact terms, from the nearer end; no normal approximation, which is far off in
/// the tails that matter here.
/// - Precondition: `trials` is not negative, `probability` lies between 0 and 1.
package func binomialTail(atLeast successes: Int, of trials: Int, probability: Double) -> Double {
    precondition(trials >= 0 && (0...1).contains(probability))
    if successes <= 0 { return 1 }
    if successes > trials || probability == 0 { return 0 }
    if probability == 1 { return 1 }
    let odds = probability / (1 - probability)
    guard Double(successes) > Double(trials) * probability else {
        return 1
            - sum(from: binomialTerm(successes - 1, trials, probability)) { step in
                let index = successes - 1 - step
                return Double(index) / Double(trials - index + 1) / odds
            }
    }
    return sum(from: binomialTerm(successes, trials, probability)) { step in
        let index = successes + step
        return Double(trials - index) / Double(index + 1) * odds
    }
}

/// The sum of terms that fall, each a ratio of the one before it; a ratio of 0 ends them.
private func sum(from first: Double, ratio: (_ step: Int) -> Double) -> Double {
    var (term, total, step) = (first, first, 0)
    while term > total * 1e-17 {
        term *= ratio(step)
        total += term
        step += 1
    }
    return total
}

private func binomialTerm(_ successes: Int, _ trials: Int, _ probability: Double) -> Double {
    let (count, all) = (Double(successes), Double(trials))
    let ways = logGamma(all + 1) - logGamma(count + 1) - logGamma(all - count + 1)
    return exp(ways + count * log(probability) + (all - count) * log1p(-probability))
}
