import AidRecords

/// The rulebooks in force for a matter, the nearest area's first, then the newest; without the
/// clauses that one of them displaces.
final class PolicyStack: Sendable {
    /// Each in a box: passing a rulebook on copies all its lists' references.
    private final class Book: Sendable {
        let rulebook: Rulebook

        init(_ rulebook: Rulebook) { self.rulebook = rulebook }
    }

    private let books: [Book]
    let wholeSettlement: WholeSettlement?
    /// Of the rulebook that aids, the day by which its records are judged.
    let leadingAttribution: Choice<DateName>?
    let categoryDate: Choice<DateName>?
    let names: [String]
    private let displaced: Set<String>
    private let categories: [String: [CategoryRule]]

    init(_ rulebooks: [Rulebook]) {
        let sorted = rulebooks.sorted {
            ($0.area.reach, $0.issuedDay, $0.name) > ($1.area.reach, $1.issuedDay, $1.name)
        }
        books = sorted.map(Book.init)
        names = rulebooks.map(\.name).sorted()
        displaced = rulebooks.reduce(into: []) { all, rulebook in
            for displacement in rulebook.displaces { all.formUnion(displacement.rules) }
        }
        let standing = sorted.flatMap(\.categories).filter { [displaced] in
            !displaced.contains($0.rule)
        }
        categories = Dictionary(grouping: standing, by: \.category)
        wholeSettlement = sorted.lazy.compactMap(\.wholeSettlement).first { [displaced] in
            !displaced.contains($0.ownExpenseRule)
        }
        let leading = sorted.first { !$0.aid.ratio.isEmpty } ?? sorted.first
        leadingAttribution = leading?.attribution?.value
        categoryDate = sorted.lazy.compactMap(\.categoryDate).first?.value
    }

    /// The provision that holds for the matter.
    ///
    /// What is left to the locality yields to what a clause lays down itself.
    /// - Throws: `Gap` where two rulebooks lay down different things.
    func find<Value: Yielding>(
        _ matter: Matter, _ list: (Rulebook) -> [Provision<Value>]
    ) throws(Gap) -> Provision<Value>? {
        var found: Provision<Value>?
        // A rulebook is large: by its index it is read where it lies.
        for book in books {
            guard let next = first(in: list(book.rulebook), matter) else { continue }
            guard let earlier = found else {
                found = next
                continue
            }
            if next.value == earlier.value || next.value.isLeftToTheLocality { continue }
            guard earlier.value.isLeftToTheLocality else {
                throw Gap(
                    text: "clauses \(earlier.rule) and \(next.rule) are both in force and differ")
            }
            found = next
        }
        return found
    }

    private func first<Value>(
        in list: [Provision<Value>], _ matter: Matter
    ) -> Provision<Value>? {
        list.first { $0.selector.admits(matter) && !displaced.contains($0.rule) }
    }

    /// Whether any of the provisions holds, whatever it says.
    func contains<Value>(
        _ matter: Matter, _ list: (Rulebook) -> [Provision<Value>]
    ) -> Bool {
        books.contains { first(in: list($0.rulebook), matter) != nil }
    }

    /// The clauses of all provisions that hold.
    func rules<Value>(_ matter: Matter, _ list: (Rulebook) -> [Provision<Value>]) -> [String] {
        books.flatMap { book in
            list(book.rulebook).filter {
                $0.selector.admits(matter) && !displaced.contains($0.rule)
            }.map(\.rule)
        }
    }

    /// What the rulebooks say of a category; empty where none names it.
    func category(_ code: String) -> [CategoryRule] { categories[code] ?? [] }

    func contains(_ holds: (Rulebook) -> Bool) -> Bool { books.contains { holds($0.rulebook) } }

    func isDisplaced(_ rule: String) -> Bool { displaced.contains(rule) }

    /// The first of a clause that a rulebook has at most once.
    func clause(_ clause: (Rulebook) -> String?) -> String? {
        books.compactMap { clause($0.rulebook) }.first { !displaced.contains($0) }
    }

}

extension String {
    /// How near an area is: a county's code reaches further than a province's.
    var reach: Int { hasSuffix("0000") ? 0 : hasSuffix("00") ? 1 : 2 }
}

extension Rulebook {
    /// Undated ones come last.
    fileprivate var issuedDay: Int { issuedOn?.dayNumber ?? .min }
}
