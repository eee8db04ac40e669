internal import AidRecords
internal import GRDB

/// The numbers of subjects: of each pseudonym, the `seq` of the first entry that names it.
final class SubjectIndex {
    private let find: RawStatement
    private let add: RawStatement
    private var cache = TwoGenerationCache<PseudonymKey, Int64>(generationSize: 98_000)

    init(_ database: Database) throws {
        find = try RawStatement(
            database, "SELECT seq FROM subject WHERE ledger = 1 AND pseudonym = ?")
        add = try RawStatement(
            database, "INSERT INTO subject (ledger, pseudonym, seq) VALUES (1, ?, ?)")
    }

    func forget() { cache.removeAll() }

    /// The number of a subject, or nil where no entry names it yet.
    func number(_ pseudonym: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        let key = PseudonymKey(pseudonym)
        if let known = cache[key] { return known }
        defer { find.reset() }
        find.bindText(1, pseudonym)
        guard try find.step() else { return nil }
        let number = find.integer(0)
        cache[key] = number
        return number
    }

    /// The number of a subject that entry `seq` names.
    func number(_ pseudonym: UnsafeBufferPointer<UInt8>, namedBy seq: Int64) throws -> Int64 {
        if let known = try number(pseudonym) { return known }
        add.bindText(1, pseudonym)
        add.bind(2, seq)
        try add.run()
        cache[PseudonymKey(pseudonym)] = seq
        return seq
    }

    func number(_ pseudonym: String) throws -> Int64? {
        var text = pseudonym
        return try text.withUTF8 { try number($0) }
    }
}
