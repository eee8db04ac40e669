/// Whether major-illness insurance covers a claim's visit: by a clause, or as the locality says.
struct MajorIllnessScope {
    let setting: Setting
    let claim: Claim

    var result: Result<Bool, Gap> {
        do { return .success(try isInScope()) } catch { return .failure(error) }
    }

    /// Whether the visit is one that major-illness insurance covers.
    private func isInScope() throws(Gap) -> Bool {
        let matter = setting.matter(scheme: claim.scheme, visit: claim.visitType)
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
        return visits.contains(claim.visitType)
    }

    /// Whether the provisions for such a person are about other visits only.
    private func isElsewhere(_ matter: Matter) -> Bool {
        setting.stack.contains { rulebook in
            rulebook.layers.majorIllness.contains { provision in
                guard let visits = provision.selector.visits else { return false }
                return !visits.contains(claim.visitType)
                    && provision.selector.admitsButForVisit(matter)
                    && !setting.stack.isDisplaced(provision.rule)
            }
        }
    }
}
