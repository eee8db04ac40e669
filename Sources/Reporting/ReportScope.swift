/// What a report is about: a year of an area, or one matter.
package enum ReportScope: Hashable, Sendable {
    /// `area`: six digits; `000000` is everything.
    case year(Int, area: String)
    case matter(ReportMatter)

    /// What `report.yaml` calls it.
    package enum Kind: String, CaseIterable, Sendable {
        case year, matter
    }
}

/// A case, or a subject that somebody looks into.
package struct ReportMatter: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, CaseIterable, Sendable {
        case `case`, person, institution, account, `operator`
    }

    package let kind: Kind
    /// The case's number, a pseudonym, an institution's code or an operator's id.
    package let id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// Reads `person:p:0123…`.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"),
            let kind = Kind(rawValue: String(text[..<colon]))
        else { return nil }
        let id = text[text.index(after: colon)...]
        guard !id.isEmpty else { return nil }
        self.init(kind, String(id))
    }

    package var description: String { "\(kind.rawValue):\(id)" }
}
