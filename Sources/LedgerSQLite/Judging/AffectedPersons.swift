internal import GRDB
internal import PolicyRules

/// Whose verdicts may change with new entries.
struct AffectedPersons {
    enum Answer {
        case everybody
        /// By the pseudonyms that were kept.
        case some(Set<Int64>)
    }

    private let database: Database
    private let cases: CaseRecords
    private let entryOf: RawStatement
    private var persons: Set<Int64> = []
    private var areAll = false
    /// Reversed records that have been looked at, and those that are to be.
    private var seen: Set<Int64> = []
    private var waiting: [Range<Int64>] = []

    /// - Parameter cases: as of now, new entries included.
    init(_ database: Database, _ cases: CaseRecords) throws {
        self.database = database
        self.cases = cases
        entryOf = try RawStatement(
            database, "SELECT seq FROM entry WHERE ledger = 1 AND source = ? AND id = ?")
    }

    /// - Parameter entries: by their numbers.
    mutating func find(in entries: Range<Int64>) throws -> Answer {
        waiting = [entries]
        while let range = waiting.popLast() {
            guard try !bearsOnEverybody(range) else { return .everybody }
            try collect(range)
        }
        return .some(Set(persons.map { cases.persons.root(of: $0) }))
    }

    /// Kinds of which each record may change what is in force for anybody.
    private static let general = ["parameter_set", "policy_adopted", "institution_designated"]

    private func bearsOnEverybody(_ range: Range<Int64>) throws -> Bool {
        try AffectedPersons.general.contains { table in
            try Int.fetchOne(
                database, sql: "SELECT 1 FROM \(table) WHERE seq >= ? AND seq < ? LIMIT 1",
                arguments: [range.lowerBound, range.upperBound]) != nil
        }
    }

    /// Tables and columns that name a person whose records they bear on.
    private static let naming = [
        ("claim_settled", "person"), ("enrolment_subsidised", "person"),
        ("aid_approved", "person"), ("eligibility_certified", "person"),
        ("eligibility_ended", "person"), ("entitlement_certified", "person"),
        ("referral_filed", "person"), ("person_registered", "person"),
        ("person_died", "person"), ("person_merged", "\"from\""), ("person_merged", "\"into\""),
        ("resolution_adopted__items", "person"),
    ]

    /// Tables and columns that name a record of a person.
    private static let referring = [
        ("review_concluded__claims", "source", "id"),
        ("exception_granted", "subject_source", "subject_id"),
    ]

    private mutating func collect(_ range: Range<Int64>) throws {
        for (table, column) in AffectedPersons.naming {
            let rows = try select(column, from: table, range)
            while try rows.step() { persons.insert(rows.integer(0)) }
        }
        for (table, source, id) in AffectedPersons.referring {
            let rows = try select("\(source), \(id)", from: table, range)
            while try rows.step() {
                if let seq = try entry(rows.key(0)) { try collectOwner(of: seq) }
            }
        }
        let rows = try select("reverses_source, reverses_id", from: "entry_reversed", range)
        while try rows.step() {
            if let seq = try entry(rows.key(0)), seen.insert(seq).inserted {
                waiting.append(seq..<(seq + 1))
            }
        }
    }

    private func select(
        _ columns: String, from table: String, _ range: Range<Int64>
    ) throws -> RawStatement {
        let statement = try RawStatement(
            database,
            "SELECT \(columns) FROM \(table) WHERE ledger = 1 AND seq >= ? AND seq < ?")
        statement.bind(1, range.lowerBound)
        statement.bind(2, range.upperBound)
        return statement
    }

    private func entry(_ key: RecordKey) throws -> Int64? {
        defer { entryOf.reset() }
        entryOf.bind(1, key.source)
        entryOf.bind(2, key.id)
        return try entryOf.step() ? entryOf.integer(0) : nil
    }

    private mutating func collectOwner(of seq: Int64) throws {
        if let person = try BenefitTables.person(of: seq, database) { persons.insert(person) }
    }
}

/// The tables of the kinds that are judged.
enum BenefitTables {
    static let all = ["claim_settled", "enrolment_subsidised", "aid_approved"]

    /// Whose record it is, by the pseudonym that the record names; nil where it is none that is
    /// judged.
    static func person(of seq: Int64, _ database: Database) throws -> Int64? {
        for table in all {
            let person = try Int64.fetchOne(
                database.cachedStatement(
                    sql: "SELECT person FROM \(table) WHERE ledger = 1 AND seq = ?"),
                arguments: [seq])
            if let person { return person }
        }
        return nil
    }

    /// The persons of all records that are judged, one for each record, in order.
    static let personsInOrder =
        all.map { "SELECT person FROM \($0) WHERE ledger = 1" }.joined(separator: " UNION ALL ")
        + " ORDER BY person"
}
