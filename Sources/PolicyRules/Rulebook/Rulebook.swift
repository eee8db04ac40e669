package import AidRecords

/// A policy document as data, read from a file of `ledger/policies`.
package struct Rulebook: Sendable {
    package let name: String
    package let version: String
    /// GB/T 2260 code of the area whose document it is.
    package let area: String
    package let title: Words
    /// The document's number.
    package let document: String
    /// nil where the document is undated.
    package let issuedOn: CivilDate?
    /// The document's own periods, in order and apart from one another.
    package let inForce: [Period]
    package let displaces: [Displacement]
    /// In the order of the file.
    package let rules: [Rule]
    package let categories: [CategoryRule]

    package var attribution: Provision<Choice<DateName>>?
    package var categoryDate: Provision<Choice<DateName>>?
    package var subsidies: [Provision<SubsidyRule>] = []
    package var subsidyHighestRule: String?
    package var aid = AidRules()
    package var majorIllnessAid: [Provision<String>] = []
    package var secondAid: [Provision<SecondAidRule>] = []
    package var tilt: [Provision<TiltRule>] = []
    package var caseByCase: [Provision<Bool>] = []
    package var aboveCap: [Provision<AboveCapRule>] = []
    package var referral: [Provision<ReferralRule>] = []
    package var standardArea: [Provision<StandardArea>] = []
    package var layers = LayerRules()
    package var wholeSettlement: WholeSettlement?
    package var provisions: [OtherProvision] = []

    /// When a document is in force by its own words.
    package struct Period: Hashable, Sendable {
        /// nil where the document does not say: then its adoption does.
        package let from: CivilDate?
        package let to: CivilDate?
        package let rule: String
    }

    /// Clauses of an earlier document that this one puts aside.
    package struct Displacement: Hashable, Sendable {
        package let rules: Set<String>
        package let by: String
        package let reason: Words
        /// Where it stands in the file.
        package let line: Int?
        package let column: Int?
    }

    /// The clause with this id.
    package func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}
