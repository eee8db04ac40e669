internal import AidRecords
internal import Findings
internal import GRDB

/// The numbers that stand for pseudonyms in the tables, and back.
///
/// A number is that of the entry that named the subject first; subjects of different kinds may have
/// the same one.
struct SubjectNumbers {
    private let database: Database

    init(_ database: Database) { self.database = database }

    func number(of pseudonym: String) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT seq FROM subject WHERE ledger = 1 AND pseudonym = ?",
            arguments: [pseudonym])
    }

    /// A subject as the tables hold it.
    struct Key: Hashable {
        let kind: TraceSubject.Kind
        let number: Int64
    }

    /// The pseudonyms of all these; they are read in one go, since they are found by text only.
    func pseudonyms(of wanted: Set<Key>) throws -> [Key: String] {
        guard !wanted.isEmpty else { return [:] }
        let statement = try RawStatement(
            database, "SELECT seq, pseudonym FROM subject WHERE ledger = 1")
        let numbers = Set(wanted.map(\.number))
        var found: [Key: String] = [:]
        while try statement.step() {
            let number = statement.integer(0)
            guard numbers.contains(number) else { continue }
            let pseudonym = statement.text(1)
            guard let letter = SubjectClass(rawValue: String(pseudonym.prefix(1))),
                let kind = TraceSubject.Kind(letter)
            else { continue }
            let key = Key(kind: kind, number: number)
            if wanted.contains(key) { found[key] = pseudonym }
        }
        return found
    }
}
