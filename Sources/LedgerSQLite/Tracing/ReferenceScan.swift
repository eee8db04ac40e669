internal import PolicyRules

/// Which entries speak of which, as all tables with references have it.
struct ReferenceScan {
    private struct Reference {
        /// Of source and id of the record that is spoken of.
        let hash: UInt64
        let seq: Int64
        let kind: Int32
    }

    private let textHash: TextHash
    private var references: [Reference] = []

    init(_ textHash: TextHash) { self.textHash = textHash }

    /// An entry that was found, and the position of its kind in the catalogue.
    struct Found: Hashable {
        let seq: Int64
        let kind: Int
    }

    /// Takes a reference from a row: its number, at `source` and `id` of what it speaks of.
    mutating func take(_ kind: Int32, from row: RawStatement, source: Int, id: Int) {
        guard !row.isNull(id) else { return }
        references.append(
            Reference(
                hash: textHash.of(row.blob(source), row.blob(id)), seq: row.integer(0), kind: kind))
    }

    /// Adds what another part of the same tables has, hashed likewise.
    mutating func append(_ other: ReferenceScan) { references += other.references }

    /// The entries that speak of one of these records, each with the record that it speaks of; of
    /// several, the first on the ledger.
    func entries(speakingOf records: [RecordKey: Int64]) -> [Found: Int64] {
        var wanted = NumberTable()
        var spokenOf: [Int64] = []
        for (key, seq) in records {
            let next = Int32(spokenOf.count)
            let number = wanted.number(of: hash(key), orElse: next)
            if number == next {
                spokenOf.append(seq)
            } else {
                spokenOf[Int(number)] = min(spokenOf[Int(number)], seq)
            }
        }
        var found: [Found: Int64] = [:]
        for reference in references {
            guard let number = wanted.number(of: reference.hash) else { continue }
            let seq = spokenOf[Int(number)]
            let key = Found(seq: reference.seq, kind: Int(reference.kind))
            found[key] = min(found[key] ?? seq, seq)
        }
        return found
    }

    private func hash(_ key: RecordKey) -> UInt64 {
        var (source, id) = (key.source, key.id)
        return source.withUTF8 { source in id.withUTF8 { textHash.of(source, $0) } }
    }
}
