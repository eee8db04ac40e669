import AidRecords

/// Rulebooks that stand beside one another, and may displace one another's clauses.
package struct RulebookShelf {
    private let rulebooks: [Rulebook]

    package init(_ rulebooks: [Rulebook]) { self.rulebooks = rulebooks }

    /// Whether what the rulebook displaces is there, and displaces nothing back.
    ///
    /// - Throws: `DeclarationError` where it displaces a clause that no rulebook here has, or where
    ///   displacements go round in a circle.
    package func check(_ rulebook: Rulebook, file: String) throws {
        for displacement in rulebook.displaces {
            let unknown = displacement.rules.filter { owner(of: $0, but: rulebook) == nil }.min()
            if let unknown {
                throw displacement.fail(
                    file, "rule `\(unknown)` is displaced, but no rulebook here has it")
            }
            if let circle = circle(from: rulebook, through: displacement) {
                throw displacement.fail(
                    file, "displacements go round in a circle: \(circle.joined(separator: ", "))")
            }
        }
    }

    private func owner(of rule: String, but rulebook: Rulebook) -> Rulebook? {
        rulebooks.first { $0.name != rulebook.name && $0.rule(rule) != nil }
    }

    /// The names from the rulebook back to itself; nil where there is no such way.
    private func circle(
        from rulebook: Rulebook, through displacement: Rulebook.Displacement
    ) -> [String]? {
        for rule in displacement.rules.sorted() {
            guard let next = owner(of: rule, but: rulebook),
                let way = way(from: next, to: rulebook.name, seen: [])
            else { continue }
            return [rulebook.name] + way
        }
        return nil
    }

    private func way(from rulebook: Rulebook, to name: String, seen: Set<String>) -> [String]? {
        if rulebook.name == name { return [name] }
        guard !seen.contains(rulebook.name) else { return nil }
        let seen = seen.union([rulebook.name])
        for rule in rulebook.displaces.flatMap(\.rules).sorted() {
            guard let next = rulebooks.first(where: { $0.rule(rule) != nil }),
                let rest = way(from: next, to: name, seen: seen)
            else { continue }
            return [rulebook.name] + rest
        }
        return nil
    }
}

extension Rulebook.Displacement {
    fileprivate func fail(_ file: String, _ reason: String) -> DeclarationError {
        DeclarationError(file: file, line: line, column: column, reason: reason)
    }
}
