/// A value that the document lays down, or the name of the parameter that does.
package enum Choice<Value: Hashable & Sendable>: Hashable, Sendable {
    case laidDown(Value)
    case parameter(String)
}

/// A ratio in basis points.
package enum Ratio: Hashable, Sendable {
    case exact(Int64)
    /// Left to the locality, but never less than the floor.
    case parameter(String, atLeast: Int64?)
}

/// A sum in fen up to which, or from which, something is paid.
package enum Limit: Hashable, Sendable {
    case none
    case fen(Int64)
    /// - Parameter isOptional: where nothing is laid down there is none.
    case parameter(String, isOptional: Bool)
}

/// How far a deductible reaches.
package enum DeductiblePeriod: String, CaseIterable, Sendable {
    case year, stay
}

package struct Deductible: Hashable, Sendable {
    package let limit: Limit
    package let period: Choice<DeductiblePeriod>?
    /// Roughly what the document says: a share of an income that a parameter states.
    package let about: About?

    package struct About: Hashable, Sendable {
        package let basisPoints: Int64
        package let parameter: String
    }
}

/// How the base of medical aid is counted.
package enum BaseMode: String, CaseIterable, Sendable {
    case perVisit = "per-visit"
    case cumulative
    case perVisitThenCumulative = "per-visit-then-cumulative"
}

/// The dates by which a benefit may be judged.
package enum DateName: String, CaseIterable, Sendable {
    case admittedOn, dischargedOn, settledOn, feeDate
}

/// What a subsidy of the premium amounts to.
package enum SubsidyAmount: Hashable, Sendable {
    case full
    case parameter(String, atLeast: SubsidyFloor?)
}

package enum SubsidyFloor: Hashable, Sendable {
    /// Of the premium, in basis points.
    case premiumShare(Int64)
    case fen(Int64)
    /// What a resident of the same category gets.
    case residentSubsidy
}

/// What a rulebook left without a value of its own yields to one that has it.
protocol Yielding: Hashable, Sendable {
    var isLeftToTheLocality: Bool { get }
}

extension Yielding {
    var isLeftToTheLocality: Bool { false }
}

extension Bool: Yielding {}
extension Int64: Yielding {}
extension String: Yielding {}
extension SubsidyRule: Yielding {
    var isLeftToTheLocality: Bool {
        if case .parameter(_, atLeast: nil) = amount { true } else { false }
    }
}
extension SecondAidRule: Yielding {}
extension TiltRule: Yielding {
    var isLeftToTheLocality: Bool { ratio.isLeftToTheLocality }
}
extension AboveCapRule: Yielding {}
extension ReferralRule: Yielding {}
extension StandardArea: Yielding {}
extension BasicRule: Yielding {}
extension MajorIllnessRule: Yielding {}

extension Ratio: Yielding {
    var isLeftToTheLocality: Bool {
        if case .parameter(_, atLeast: nil) = self { true } else { false }
    }
}

extension Limit: Yielding {
    var isLeftToTheLocality: Bool { if case .parameter = self { true } else { false } }
}

extension Deductible: Yielding {
    var isLeftToTheLocality: Bool { limit.isLeftToTheLocality }
}

extension Choice: Yielding {
    var isLeftToTheLocality: Bool { if case .parameter = self { true } else { false } }
}
