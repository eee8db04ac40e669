import AidRecords
internal import Synchronization

/// What rulebooks and parameters come to for records of a kind, found once for all of them.
///
/// Terms are the same between two days on which something changes.
final class TermsCache<Terms: Sendable>: Sendable {
    private struct Key: Hashable {
        let stack: ObjectIdentifier
        let matter: Matter
        let held: [String]
    }

    private let known = Mutex<[Key: Result<Terms, Gap>]>([:])

    /// - Parameter held: what else the terms depend on: entitlements or categories of the person.
    func terms(
        _ matter: Matter, in setting: Setting, held: [String] = [],
        _ make: () throws(Gap) -> Terms
    ) throws(Gap) -> Terms {
        var kind = matter
        kind.day = setting.area.parameters.lastChange(before: matter.day)
        let key = Key(
            stack: ObjectIdentifier(setting.stack), matter: kind, held: held)
        if let known = known.withLock({ $0[key] }) { return try known.get() }
        let made: Result<Terms, Gap>
        do { made = .success(try make()) } catch { made = .failure(error) }
        known.withLock { $0[key] = made }
        return try made.get()
    }
}

extension Setting {
    func aidTerms(_ matter: Matter) throws(Gap) -> AidTerms {
        try area.aidTerms.terms(matter, in: self) { () throws(Gap) in
            try AidTerms(setting: self, matter: matter)
        }
    }

    /// The clauses that say what aid is reckoned from.
    func aidBaseRules(_ matter: Matter) -> [String] {
        let rules = try? area.aidBaseRules.terms(matter, in: self) { () throws(Gap) in
            stack.rules(matter, \.aid.base)
        }
        return rules ?? []
    }

    func majorIllnessTerms(_ matter: Matter) throws(Gap) -> MajorIllnessTerms {
        try area.majorIllnessTerms.terms(matter, in: self) { () throws(Gap) in
            try MajorIllnessTerms(setting: self, matter: matter)
        }
    }

    func basicTerms(_ matter: Matter, entitlements: [String]) throws(Gap) -> BasicTerms {
        try area.basicTerms.terms(matter, in: self, held: entitlements) {
            () throws(Gap) in
            try BasicTerms(setting: self, matter: matter, entitlements: entitlements)
        }
    }

    /// Whether major-illness insurance covers the visit.
    func majorIllnessScope(_ matter: Matter) -> Result<Bool, Gap> {
        do {
            return .success(
                try area.majorIllnessScope.terms(matter, in: self, held: categories) {
                    () throws(Gap) in
                    try MajorIllnessScope(setting: self, matter: matter).isInScope()
                })
        } catch {
            return .failure(error)
        }
    }
}
