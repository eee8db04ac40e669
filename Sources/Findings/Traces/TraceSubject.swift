package import AidRecords

/// What a trace follows, or meets on its way.
package struct TraceSubject: Hashable, Comparable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case person, institution, account, household, phone, address
        case `operator`
        /// An institution on one day; its id is the code, a space, and the date.
        case visitDay = "institution-day"

        /// The kind that a pseudonym's letter says.
        package init?(_ letter: SubjectClass) {
            switch letter {
            case .person: self = .person
            case .account: self = .account
            case .phone: self = .phone
            case .address: self = .address
            case .household: self = .household
            case .sealedText: return nil
            }
        }
    }

    package let kind: Kind
    /// A pseudonym, or the code of an institution, or an operator's id.
    package let id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    package static func < (first: TraceSubject, second: TraceSubject) -> Bool {
        (first.position, first.id) < (second.position, second.id)
    }

    private var position: Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}
