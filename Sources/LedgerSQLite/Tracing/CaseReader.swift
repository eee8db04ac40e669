internal import AidRecords
package import Findings
internal import GRDB
internal import LedgerCore

/// A case on the ledger.
package struct RecordedCase: Hashable, Sendable {
    /// Whom it is about, as its openings say; those that were reversed say nothing.
    package let subjects: [TraceSubject]
}

extension LedgerSnapshot {
    /// The case with this number; nil where none was opened.
    package func recordedCase(_ number: String) throws -> RecordedCase? {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT named.person, named.institution, named.account, named.operator
                FROM live_case_opened AS opened
                JOIN case_opened__subjects AS named
                  ON named.ledger = opened.ledger AND named.seq = opened.seq
                WHERE opened."case" = ? ORDER BY opened.seq, named.position
                """, arguments: [number])
        guard !rows.isEmpty else { return nil }
        let named = rows.map(LedgerSnapshot.named)
        let keys = named.compactMap { name -> SubjectNumbers.Key? in
            if case .numbered(let key)? = name { key } else { nil }
        }
        let pseudonyms = try SubjectNumbers(database).pseudonyms(of: Set(keys))
        var seen: Set<TraceSubject> = []
        let subjects = named.compactMap { name -> TraceSubject? in
            switch name {
            case .code(let subject)?: subject
            case .numbered(let key)?: pseudonyms[key].map { TraceSubject(key.kind, $0) }
            case nil: nil
            }
        }
        return RecordedCase(subjects: subjects.filter { seen.insert($0).inserted })
    }

    private static func named(_ row: Row) -> TraceRows.Named? {
        for kind in [TraceSubject.Kind.person, .account] {
            if let number: Int64 = row[kind.rawValue] {
                return .numbered(.init(kind: kind, number: number))
            }
        }
        for kind in [TraceSubject.Kind.institution, .operator] {
            if let id: String = row[kind.rawValue] { return .code(TraceSubject(kind, id)) }
        }
        return nil
    }

    /// The numbers of the cases that were opened on a subject, in the order of the ledger.
    package func cases(on subject: TraceSubject, persons: [Int64]) throws -> [String] {
        let condition: String
        let values: [(any DatabaseValueConvertible)?]
        switch subject.kind {
        case .person:
            condition = "named.person IN (\(persons.map { _ in "?" }.joined(separator: ", ")))"
            values = persons
        case .account:
            condition =
                "named.account = (SELECT seq FROM subject WHERE ledger = 1 AND pseudonym = ?)"
            values = [subject.id]
        case .institution, .operator:
            condition = "named.\(subject.kind.rawValue) = ?"
            values = [subject.id]
        default: return []
        }
        return try String.fetchAll(
            database,
            sql: """
                SELECT opened."case" FROM live_case_opened AS opened
                JOIN case_opened__subjects AS named
                  ON named.ledger = opened.ledger AND named.seq = opened.seq
                WHERE opened.ledger = 1 AND \(condition)
                GROUP BY opened."case" ORDER BY min(opened.seq)
                """, arguments: StatementArguments(values))
    }

    /// The numbers of all pseudonyms that are one person with this one; none where it is unknown.
    package func persons(with pseudonym: String) throws -> [Int64] {
        guard let number = try SubjectNumbers(database).number(of: pseudonym) else { return [] }
        let persons = try CaseRecords(database).persons
        return persons.members(of: persons.root(of: number))
    }
}
