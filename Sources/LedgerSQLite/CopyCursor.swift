internal import AidRecords
internal import GRDB

/// Goes through the entries of one of two copies of a ledger, in order of `seq`.
///
/// What it gives points into the present row and is valid until the next step.
final class CopyCursor {
    private let rows: RawStatement
    private var reader = EntryContentReader()
    /// Whether there is a present row.
    private(set) var isAtRow = false
    private var hasEnded = false
    /// How many rows there were.
    private(set) var count: Int64 = 0
    /// Read once for each row; nil where it has not been asked for.
    private var known: EntryContent??

    /// - Parameters:
    ///   - seq: of the first entry.
    ///   - most: how many entries are looked at.
    init(_ database: Database, from seq: Int64 = .min, most: Int64 = .max) throws {
        rows = try RawStatement(
            database,
            """
            SELECT seq, bytes, source, id, leafHash FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?
            """)
        rows.bind(1, seq)
        rows.bind(2, most)
    }

    /// Begins anew at another entry.
    func restart(from seq: Int64) {
        rows.reset()
        rows.bind(1, seq)
        (isAtRow, hasEnded) = (false, false)
    }

    /// Whether there is a row; none follows on the end.
    @discardableResult func step() throws -> Bool {
        known = nil
        // SQLite would begin anew.
        isAtRow = try !hasEnded && rows.step()
        hasEnded = !isAtRow
        if isAtRow { count += 1 }
        return isAtRow
    }

    var seq: Int64 { rows.integer(0) }
    var bytes: UnsafeBufferPointer<UInt8> { rows.blob(1) }
    var leafHash: UnsafeBufferPointer<UInt8> { rows.blob(4) }

    /// What the entry says; nil where its bytes are none.
    var content: EntryContent? {
        if let known { return known }
        let content = reader.read(bytes)
        known = .some(content)
        return content
    }

    /// When the entry was recorded, in Unix time; nil where its bytes are none.
    var recordedAt: Int64? { content == nil ? nil : reader.entry.at.unixSeconds }

    /// The first half of the digits of `prev`; nothing where the bytes are no entry.
    var prevBeginning: UnsafeBufferPointer<UInt8> {
        guard let content else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: content.link.prefix(32))
    }

    /// Hands over source and id: those of the bytes or, where they are no entry, of the row.
    private func withKey<Result>(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let text = bytes
        guard content != nil,
            let result = reader.entry.withText(
                reader.entry.values[0], text,
                { source in
                    reader.entry.withText(reader.entry.values[1], text) { body(source, $0) }
                }), let result
        else { return body(rows.blob(2), rows.blob(3)) }
        return result
    }

    /// Whether it is the same entry, whatever it says in either copy: the same source and id. What
    /// the program wrote is numbered by its place, and so is the same where it says the same.
    func isCounterpart(of other: CopyCursor) -> Bool {
        if let content, let others = other.content, content.isOfProgram, others.isOfProgram {
            return content.isSame(as: others)
        }
        return withKey { source, id in
            other.withKey { $0.isSame(as: source) && $1.isSame(as: id) }
        }
    }

    /// By what the entry is found again in the other copy.
    var mark: Fingerprint {
        content?.isOfProgram == true ? fingerprint : withKey { Fingerprint($0, $1) }
    }

    /// Of what the entry says.
    var fingerprint: Fingerprint {
        guard let pieces = content?.pieces else { return Fingerprint(bytes) }
        return Fingerprint(pieces.0, pieces.1, pieces.2, pieces.3)
    }
}
