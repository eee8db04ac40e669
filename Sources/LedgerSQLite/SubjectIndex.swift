internal import AidRecords
internal import GRDB

/// A pseudonym in 17 bytes, as the key of a dictionary.
struct PseudonymKey: Hashable {
    let letter: UInt8
    let high: UInt64
    let low: UInt64

    /// - Precondition: the bytes are a pseudonym.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        letter = text[0]
        high = PseudonymKey.number(text, 2)
        low = PseudonymKey.number(text, 18)
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt64 {
        var result: UInt64 = 0
        for index in start..<(start + 16) {
            // Of a lower-case digit: letters have bit 6, and begin at 1.
            let digit = text[index]
            result = result << 4 | UInt64(digit & 0x0F &+ (digit >> 6) &* 9)
        }
        return result
    }
}

/// The numbers of subjects: of each pseudonym, the `seq` of the first entry that names it.
final class SubjectIndex {
    private let find: RawStatement
    private let add: RawStatement
    private var cache = TwoGenerationCache<PseudonymKey, Int64>(generationSize: 100_000)

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
