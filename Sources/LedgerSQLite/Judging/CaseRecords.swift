internal import AidRecords
package import GRDB
internal import PolicyRules

/// Records that bear on persons without being theirs: who is one person, exceptions, reviews and
/// resolutions. They are few, and are held in memory.
package struct CaseRecords: Sendable {
    let persons: MergedPersons
    /// The rules that were excepted, by the record that they are excepted for.
    private(set) var exceptions: [RecordKey: [String]] = [:]
    /// By the claim reviewed.
    private(set) var reviews: [RecordKey: Review] = [:]
    /// By the person's kept pseudonym.
    private(set) var resolutions: [Int64: [ResolutionItem]] = [:]

    package init(_ database: Database) throws {
        let rows = try LiveRows(database)
        var merges: [(from: Int64, into: Int64)] = []
        try rows.forEach(of: "person_merged", ["from", "into"]) {
            merges.append((from: $0.integer(0), into: $0.integer(1)))
        }
        persons = MergedPersons(merges)
        try readExceptions(rows)
        try readReviews(rows)
        try readResolutions(rows)
    }

    private mutating func readExceptions(_ rows: LiveRows) throws {
        try rows.forEach(of: "exception_granted", ["subject_source", "subject_id", "rule"]) {
            let subject = RecordKey(source: $0.text(0), id: $0.text(1))
            exceptions[subject, default: []].append($0.text(2))
        }
        for subject in exceptions.keys { exceptions[subject]?.sort() }
    }

    /// Where several reviews name a claim, the last counts.
    private mutating func readReviews(_ rows: LiveRows) throws {
        var heldOn: [RecordKey: CivilDate] = [:]
        try rows.forEach(of: "review_concluded", ["heldOnDay", "reviewedFen", "acceptedFen"]) {
            row in
            let claims = try rows.items(
                of: "review_concluded__claims", ["source", "id"], seq: row.seq
            ) { $0.key(0) }
            let review = Review(
                key: row.key, claims: claims, reviewed: row.integer(1), accepted: row.integer(2))
            for claim in claims {
                if let known = reviews[claim], let day = heldOn[claim],
                    (day, known.key) > (row.date(0), row.key)
                {
                    continue
                }
                reviews[claim] = review
                heldOn[claim] = row.date(0)
            }
        }
    }

    private mutating func readResolutions(_ rows: LiveRows) throws {
        try rows.forEach(of: "resolution_adopted", ["body", "heldOnDay"]) { row in
            let departments = try rows.items(
                of: "resolution_adopted__departments", ["department"], seq: row.seq
            ) { $0.text(0) }
            let items = try rows.items(
                of: "resolution_adopted__items", ["person", "year", "approvedYearTotalFen"],
                seq: row.seq
            ) { (person: $0.integer(0), year: Int($0.integer(1)), total: $0.integer(2)) }
            for item in items {
                resolutions[persons.root(of: item.person), default: []].append(
                    ResolutionItem(
                        resolution: row.key, body: row.text(0), heldOn: row.date(1),
                        year: item.year, approvedYearTotal: item.total,
                        departmentCount: Set(departments).count))
            }
        }
        for person in resolutions.keys {
            resolutions[person]?.sort {
                ($0.heldOn, $0.resolution, $0.approvedYearTotal)
                    < ($1.heldOn, $1.resolution, $1.approvedYearTotal)
            }
        }
    }
}
