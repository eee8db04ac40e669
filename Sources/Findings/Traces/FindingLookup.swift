package import AidRecords

/// A detector's finding, as far as a trace tells of it.
package struct EntryFinding: Hashable, Comparable, Sendable {
    /// `P3-0123456789.012345`
    package let id: String
    /// `F`, `W` or `S`.
    package let grade: String
    package let title: Words
    /// What has become of it, by the record.
    package let state: FindingState

    package init(id: String, grade: String, title: Words, state: FindingState) {
        self.id = id
        self.grade = grade
        self.title = title
        self.state = state
    }

    /// An id tells findings apart.
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    package static func < (first: EntryFinding, second: EntryFinding) -> Bool {
        first.id < second.id
    }
}

/// Who knows what detectors found.
package protocol FindingLookup {
    /// The findings that name these entries, by the entry's number.
    func findings(naming seqs: Set<Int64>) throws -> [Int64: [EntryFinding]]
}
