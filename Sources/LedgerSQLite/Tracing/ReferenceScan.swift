internal import PolicyRules

/// Which entries speak of which, as all tables with references have it.
struct ReferenceScan {
    private struct Reference {
        /// Of source and id of the record that is spoken of.
        let hash: Int
        let seq: Int64
        let kind: Int32
    }

    private var references: [Reference] = []

    /// An entry that was found, and the position of its kind in the catalogue.
    struct Found: Hashable {
        let seq: Int64
        let kind: Int
    }

    /// Takes a reference from a row: its number, at `index` source and id of what it speaks of.
    mutating func take(_ kind: Int32, from row: RawStatement, at index: Int) {
        guard !row.isNull(index + 1) else { return }
        references.append(
            Reference(
                hash: ReferenceScan.hash(row.blob(index), row.blob(index + 1)),
                seq: row.integer(0), kind: kind))
    }

    /// The hash's key is a random one of each run, so no sender can have two keys collide; that two
    /// of millions do by chance is less likely than a failing disk.
    private static func hash(
        _ source: UnsafeBufferPointer<UInt8>, _ id: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(source))
        hasher.combine(0 as UInt8)
        hasher.combine(bytes: UnsafeRawBufferPointer(id))
        return hasher.finalize()
    }

    private static func hash(_ key: RecordKey) -> Int {
        var (source, id) = (key.source, key.id)
        return source.withUTF8 { source in id.withUTF8 { hash(source, $0) } }
    }

    /// The entries that speak of one of these records, each with the record that it speaks of; of
    /// several, the first on the ledger.
    func entries(speakingOf records: [RecordKey: Int64]) -> [Found: Int64] {
        let wanted = Dictionary(
            records.map { (ReferenceScan.hash($0.key), $0.value) },
            uniquingKeysWith: { first, second in min(first, second) })
        var found: [Found: Int64] = [:]
        for reference in references {
            guard let spokenOf = wanted[reference.hash] else { continue }
            let key = Found(seq: reference.seq, kind: Int(reference.kind))
            found[key] = min(found[key] ?? spokenOf, spokenOf)
        }
        return found
    }
}
