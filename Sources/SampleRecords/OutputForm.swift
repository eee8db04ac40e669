/// What is written of the same simulation.
enum OutputForm: Hashable {
    /// Every record, as a line of JSON.
    case json
    /// Claims and their reversals, as rows of the mapping `settlement-5203`.
    case settlements
    /// Approvals, as rows of the mapping `aid-approvals-zh`.
    case approvals
}

/// A rulebook that the sample's cities adopt.
package struct SampleRulebook: Hashable, Sendable {
    package let name: String
    package let version: String
    /// Of its bytes, 64 lower-case hex digits.
    package let sha256: String

    /// Of all that the cities adopt.
    package static var names: [String] { Set(Adoption.all.map(\.rulebook)).sorted() }

    package init(name: String, version: String, sha256: String) {
        self.name = name
        self.version = version
        self.sha256 = sha256
    }
}
