import AidRecords

/// Which categories a person holds on a day.
struct Standing {
    let certifications: [Certification]

    /// The categories that the rulebooks name and that are held on the day.
    ///
    /// - Parameter settledOn: certified on application by then, a category counts for earlier
    ///   service too.
    func held(
        on day: CivilDate, settledOn: CivilDate, under stack: PolicyStack
    ) -> [String] {
        var held: [String] = []
        for certification in certifications where !held.contains(certification.category) {
            let rules = stack.category(certification.category)
            if !rules.isEmpty, certification.covers(day, settledOn: settledOn),
                rules.allSatisfy({ $0.certifiedBy?.contains(certification.department) ?? true })
            {
                held.append(certification.category)
            }
        }
        return held.sorted()
    }

    /// Whether some certification covers the day, by whatever office.
    ///
    /// - Parameter category: nil for any.
    func isCovered(
        _ category: String? = nil, on day: CivilDate, settledOn: CivilDate
    ) -> Bool {
        certifications.contains {
            (category == nil || $0.category == category) && $0.covers(day, settledOn: settledOn)
        }
    }

    /// The clause by which a certification that covers the day does not count.
    func objection(
        to category: String, on day: CivilDate, settledOn: CivilDate, under stack: PolicyStack
    ) -> String? {
        for certification in certifications
        where certification.category == category
            && certification.covers(day, settledOn: settledOn)
        {
            let rule = stack.category(category).first {
                !($0.certifiedBy?.contains(certification.department) ?? true)
            }
            if let rule { return rule.rule }
        }
        return nil
    }
}

extension Certification {
    func covers(_ day: CivilDate, settledOn: CivilDate) -> Bool {
        if let validTo, day > validTo { return false }
        return validFrom <= day || isOnApplication && validFrom <= settledOn
    }
}

extension Entitlement {
    func covers(_ day: CivilDate) -> Bool {
        validFrom <= day && (validTo.map { day <= $0 } ?? true)
    }
}
