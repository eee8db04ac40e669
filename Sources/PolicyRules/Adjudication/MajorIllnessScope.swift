/// Whether major-illness insurance covers a visit: by a clause, or as the locality says.
struct MajorIllnessScope {
    let setting: Setting
    /// Of the scheme and the visit, for any category.
    let matter: Matter

    private var visit: String { matter.visit ?? "" }

    /// Whether the visit is one that major-illness insurance covers.
    func isInScope() throws(Gap) -> Bool {
        for category in setting.categories {
            var matter = matter
            matter.category = category
            if let provision = try setting.stack.find(matter, \.layers.majorIllness),
                provision.selector.visits != nil
            {
                return true
            }
            if isElsewhere(matter) { return false }
        }
        guard let visits = setting.area.codes("major-illness-scope", matter) else {
            throw setting.area.missing("major-illness-scope", matter)
        }
        return visits.contains(visit)
    }

    /// Whether the provisions for such a person are about other visits only.
    private func isElsewhere(_ matter: Matter) -> Bool {
        setting.stack.contains { rulebook in
            rulebook.layers.majorIllness.contains { provision in
                guard let visits = provision.selector.visits else { return false }
                return !visits.contains(visit)
                    && provision.selector.admitsButForVisit(matter)
                    && !setting.stack.isDisplaced(provision.rule)
            }
        }
    }
}
