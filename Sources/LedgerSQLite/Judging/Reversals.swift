internal import GRDB
internal import PolicyRules

/// Says whether a record was taken back. A reversal that was itself reversed counts for nothing.
final class Reversals {
    private let reversalsOf: RawStatement

    init(_ database: Database) throws {
        reversalsOf = try RawStatement(
            database,
            """
            SELECT source, id FROM entry_reversed
            WHERE ledger = 1 AND reverses_source = ? AND reverses_id = ?
            """)
    }

    /// A column that says whether any `entry.reversed` names the record of the row: most records
    /// have none, and need no further question.
    static func column(of table: String) -> String {
        """
        EXISTS (SELECT 1 FROM entry_reversed AS reversal WHERE reversal.ledger = 1
          AND reversal.reverses_source = \(table).source AND reversal.reverses_id = \(table).id)
        """
    }

    /// A record whose standing is being looked into, with the reversals of it not yet looked at.
    private struct Step {
        let key: RecordKey
        var pending: [RecordKey]
    }

    /// Goes down from a record to its reversals, and to theirs, without recursion: a chain of them
    /// may be as long as its sender pleases. One that would hang on its own standing counts for
    /// nothing.
    func isReversed(_ key: RecordKey) throws -> Bool {
        var path = [Step(key: key, pending: try reversals(of: key))]
        var above: Set = [key]
        while let last = path.last {
            if let next = last.pending.last {
                path[path.count - 1].pending.removeLast()
                guard above.insert(next).inserted else { continue }
                path.append(Step(key: next, pending: try reversals(of: next)))
                continue
            }
            // No reversal of it counts: so it stands, and what it reverses does not.
            above.remove(path.removeLast().key)
            guard let reversed = path.popLast() else { return false }
            above.remove(reversed.key)
            if path.isEmpty { return true }
        }
        return false
    }

    private func reversals(of key: RecordKey) throws -> [RecordKey] {
        defer { reversalsOf.reset() }
        reversalsOf.bind(1, key.source)
        reversalsOf.bind(2, key.id)
        var found: [RecordKey] = []
        while try reversalsOf.step() {
            found.append(RecordKey(source: reversalsOf.text(0), id: reversalsOf.text(1)))
        }
        return found
    }
}
