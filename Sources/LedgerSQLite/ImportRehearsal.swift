internal import AidRecords
internal import Crypto
internal import Foundation
internal import GRDB
internal import LedgerCore

/// Tells what an import would do, without doing it: for `--dry-run`, and for the first of the two
/// passes of `--strict`.
///
/// What one file says twice is noticed by hashes in a temporary database, so that memory stays flat.
final class ImportRehearsal {
    private let writer: LedgerWriter
    private let seen: DatabaseQueue

    init(_ writer: LedgerWriter) throws {
        self.writer = writer
        seen = try DatabaseQueue(path: "")
        try seen.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE seen (key BLOB PRIMARY KEY, content BLOB NOT NULL)
                    WITHOUT ROWID, STRICT
                    """)
        }
    }

    func outcomes(of records: [PreparedRecord]) throws -> [LedgerWriter.Outcome] {
        let outcomes = try writer.examine(records)
        return try seen.write { database in
            try zip(records, outcomes).map { record, outcome in
                guard case .recorded = outcome else { return outcome }
                return try repetition(of: record, database) ?? outcome
            }
        }
    }

    /// What is to be said of a record whose key this file has had before, else nil.
    private func repetition(
        of record: PreparedRecord, _ database: Database
    ) throws -> LedgerWriter.Outcome? {
        let key = ImportRehearsal.hash([record.source, record.id])
        let content = ImportRehearsal.content(record)
        let known = try Data.fetchOne(
            database, sql: "SELECT content FROM seen WHERE key = ?", arguments: [key])
        guard let known else {
            try database.execute(
                sql: "INSERT INTO seen (key, content) VALUES (?, ?)", arguments: [key, content])
            return nil
        }
        if known == content { return .duplicate(seq: -1) }
        return .refused(
            RecordIssue(
                path: "",
                reason: "an earlier line of this input has the same source and id "
                    + "and other content"))
    }

    private static func hash(_ texts: [String]) -> Data {
        Data(SHA256.hash(data: Array(texts.joined(separator: "\u{0}").utf8)))
    }

    private static func content(_ record: PreparedRecord) -> Data {
        var hash = SHA256()
        hash.update(data: record.bytes)
        for person in record.persons {
            hash.update(data: Array(person.stated.map { "\($0)=\($1)" }.joined().utf8))
        }
        hash.update(data: Array(record.accounts.joined(separator: "\u{0}").utf8))
        hash.update(data: Array(record.texts.map(\.value).joined(separator: "\u{0}").utf8))
        return Data(hash.finalize())
    }
}
