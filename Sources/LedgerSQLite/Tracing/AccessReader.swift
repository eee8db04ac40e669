internal import AidRecords
internal import Findings
internal import Foundation
internal import GRDB

/// Somebody's look at what is sealed, as the ledger has it.
package struct RecordedAccess: Sendable {
    package let seq: Int64
    /// UTC.
    package let at: String
    package let revealedTo: String
    /// The system's user who had it shown.
    package let registrar: String
    package let person: String?
    package let entry: Int64?
    package let fields: [String]
    package let caseID: String?
    /// The commitment to the reason, which is sealed.
    package let reason: String
    /// The entry's own bytes.
    package let bytes: [UInt8]
}

extension LedgerReader {
    /// All looks at what is sealed, or those at one person under any of the pseudonyms that were
    /// merged, in the order of the ledger.
    /// - Throws: `TraceRefusal`, `StoreError`.
    package func accesses(to person: String?) throws -> [RecordedAccess] {
        try read { database in
            var filter = ""
            if let person {
                let members = try LedgerReader.members(of: person, database)
                filter =
                    " AND access.person IN (\(members.map(String.init).joined(separator: ", ")))"
            }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT access.seq, access.recordedAt, access."by", access.operator, access.entry, access."case",
                      access.reason, subject.pseudonym, entry.bytes
                    FROM access_revealed AS access
                    JOIN entry ON entry.ledger = access.ledger AND entry.seq = access.seq
                    LEFT JOIN subject ON subject.ledger = access.ledger
                      AND subject.seq = access.person AND subject.pseudonym LIKE 'p:%'
                    WHERE access.ledger = 1\(filter) ORDER BY access.seq
                    """)
            return try rows.map { row in
                RecordedAccess(
                    seq: row["seq"], at: row["recordedAt"], revealedTo: row["by"],
                    registrar: row["operator"],
                    person: row["pseudonym"], entry: row["entry"],
                    fields: try String.fetchAll(
                        database,
                        sql: """
                            SELECT value FROM access_revealed__fields
                            WHERE ledger = 1 AND seq = ? ORDER BY position
                            """, arguments: [row["seq"] as Int64]),
                    caseID: row["case"], reason: row["reason"],
                    bytes: Array(row["bytes"] as Data))
            }
        }
    }

    private static func members(of person: String, _ database: Database) throws -> [Int64] {
        var pseudonym = person
        guard pseudonym.withUTF8({ SubjectClass.person.isPseudonym($0) }) else {
            throw TraceRefusal.notAPseudonym(.person, person)
        }
        guard let number = try SubjectNumbers(database).number(of: person) else {
            throw TraceRefusal.unknown(TraceSubject(.person, person))
        }
        let persons = try CaseRecords(database).persons
        return persons.members(of: persons.root(of: number))
    }

    /// The newest registration of each of these persons: its number and its bytes.
    package func registrations(of persons: [String]) throws -> [String: (
        seq: Int64, bytes: [UInt8]
    )] {
        try read { database in
            var found: [String: (seq: Int64, bytes: [UInt8])] = [:]
            for person in persons {
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT entry.seq, entry.bytes FROM subject
                        JOIN person_registered AS registered ON registered.ledger = subject.ledger
                          AND registered.person = subject.seq
                        JOIN entry ON entry.ledger = registered.ledger
                          AND entry.seq = registered.seq
                        WHERE subject.ledger = 1 AND subject.pseudonym = ?
                        ORDER BY entry.seq DESC LIMIT 1
                        """, arguments: [person])
                found[person] = row.map { ($0["seq"], Array($0["bytes"] as Data)) }
            }
            return found
        }
    }
}
