package import AidRecords

/// Which findings are asked for. What is not set admits all.
package struct FindingFilter: Sendable {
    package var grades: Set<Detector.Grade> = []
    package var states: Set<FindingState> = []
    /// A county, or a city or province with all that lies in it.
    package var area: String?
    package var institution: String?
    /// All pseudonyms of a person.
    package var person: Set<String> = []
    /// Findings that belong to no day are in every period, as in reports.
    package var from: CivilDate?
    package var to: CivilDate?
    /// In fen; findings without an amount have none that is as much.
    package var leastAmount: Int64?

    package init() {}

    package func admits(_ finding: Finding) -> Bool {
        (grades.isEmpty || grades.contains(finding.grade))
            && (states.isEmpty || states.contains(finding.state))
            && isInArea(finding) && isAbout(finding) && isInPeriod(finding)
            && (leastAmount.map { (finding.amount ?? .min) >= $0 } ?? true)
    }

    private func isInArea(_ finding: Finding) -> Bool {
        guard let area, area != "000000" else { return true }
        let prefix = area.hasSuffix("0000") ? 2 : area.hasSuffix("00") ? 4 : 6
        return finding.area.prefix(prefix) == area.prefix(prefix)
    }

    private func isAbout(_ finding: Finding) -> Bool {
        if let institution,
            !finding.subjects.contains(where: { $0.type == .institution && $0.text == institution })
        {
            return false
        }
        return person.isEmpty
            || finding.subjects.contains { $0.type == .person && person.contains($0.text) }
    }

    private func isInPeriod(_ finding: Finding) -> Bool {
        guard from != nil || to != nil else { return true }
        guard let day = finding.day else { return true }
        return (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
    }
}
