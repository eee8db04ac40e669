package import AidRecords

/// One clause of a document, as it was read.
package struct Rule: Hashable, Sendable {
    package let id: String
    package let nature: Nature
    /// The words of the document.
    package let quote: String
    package let words: Words
    /// How the words were read, where they leave room.
    package let reading: Words?

    /// What kind of clause it is, which decides what may be concluded from it.
    package enum Nature: String, CaseIterable, Sendable {
        case exact, floor, ceiling, about
        case inPrinciple = "in-principle"
        case encouraged
        case leftToTheLocality = "left-to-the-locality"
        case procedure, deadline, definition, duty, date, precedence
    }
}

/// Whom and what a provision is about; nil admits all.
package struct Selector: Hashable, Sendable {
    package var categories: Set<String>?
    package var schemes: Set<String>?
    package var visits: Set<String>?
    package var levels: Set<Int>?

    func admits(_ matter: Matter) -> Bool {
        admitsButForVisit(matter) && Selector.admits(visits, matter.visit)
    }

    /// Whether it would admit the matter for some visit.
    func admitsButForVisit(_ matter: Matter) -> Bool {
        Selector.admits(categories, matter.category) && Selector.admits(schemes, matter.scheme)
            && Selector.admits(levels, matter.level)
    }

    private static func admits<Code>(_ allowed: Set<Code>?, _ code: Code?) -> Bool {
        guard let allowed else { return true }
        guard let code else { return false }
        return allowed.contains(code)
    }
}

/// A value that a clause lays down, or says where to look for.
package struct Provision<Value: Hashable & Sendable>: Hashable, Sendable {
    package let selector: Selector
    package let value: Value
    package let rule: String
    /// The words that it rests on, where they are others than the rule's.
    package var quote: String?
}

/// What decides which provision and which parameter fits.
struct Matter: Hashable {
    var category: String?
    var scheme: String?
    var visit: String?
    var level: Int?
    var fund: String?
    /// The benefit year.
    var year: Int
    /// The attribution day.
    var day: CivilDate
}
