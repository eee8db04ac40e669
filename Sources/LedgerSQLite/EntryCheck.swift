internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// Checks segments of a ledger, on one thread and one connection: the chain and, as far as they
/// are to be checked, the read model and the vault.
final class EntryCheck {
    private let readModel: ReadModelAudit?
    var subjectsMet: Int64 { readModel?.subjectsMet ?? 0 }
    let vault: VaultAudit?
    /// Of the entries that were checked.
    private(set) var keys = KeyIndexCheck.Sum()
    private let report: (LedgerProblem) -> Void
    private let rows: RawStatement
    private var reader: EntryReader
    /// Whether bodies are passed over.
    private let isEnvelopeOnly: Bool

    init(
        _ database: Database, _ catalogue: KindCatalogue, isEnvelopeOnly: Bool,
        readModel: ReadModelAudit?,
        vault: VaultAudit?,
        report: @escaping (LedgerProblem) -> Void
    ) throws {
        self.isEnvelopeOnly = isEnvelopeOnly
        self.readModel = readModel
        self.vault = vault
        self.report = report
        reader = EntryReader(catalogue: catalogue)
        rows = try RawStatement(
            database,
            """
            SELECT seq, source, id, bytes, leafHash, subtreeHashes, ledger FROM entry
            WHERE seq >= ? AND seq <= ? ORDER BY seq
            """)
    }

    /// Checks one segment. The entries before and after it are looked at for their links.
    /// - Parameters:
    ///   - sizes: the sizes of the ledger at which its tree is wanted.
    ///   - isLast: whether the ledger ends with it.
    func run(
        _ segment: Range<Int64>, treesAt sizes: Set<Int64>, isLast: Bool
    ) throws -> Segment.Outcome {
        var auditor = SegmentAuditor(segment, treesAt: sizes)
        var next: LeafHash?
        rows.bind(1, segment.lowerBound - 1)
        rows.bind(2, segment.upperBound)
        defer { rows.reset() }
        try readModel?.begin(segment)
        while try rows.step() {
            let stored = StoredEntry(row: rows)
            let unreadable = reader.fault(in: stored.bytes, isEnvelopeOnly: isEnvelopeOnly)
            if stored.seq < segment.lowerBound {
                auditor.follow(
                    Segment.Leaf(of: stored), at: unreadable == nil ? reader.entry.at : nil)
            } else if stored.seq < segment.upperBound {
                try check(stored, unreadable, &auditor)
            } else if unreadable == nil {
                next = try? LeafHash(hexDigits: reader.entry.prev(in: stored.bytes))
            }
        }
        try readModel?.end()
        return auditor.finish(next: next, isLast: isLast, report: report)
    }

    private func check(
        _ stored: StoredEntry, _ unreadable: String?, _ auditor: inout SegmentAuditor
    ) throws {
        if rows.integer(6) != 1 {
            report(.init(.entries, seq: stored.seq, "the column ledger is not 1"))
        }
        if !isEnvelopeOnly { keys.add(stored.seq, rows.blob(1), rows.blob(2)) }
        auditor.check(stored, entry: reader.entry, unreadable: unreadable, report: report)
        guard unreadable == nil else {
            readModel?.pass(unreadable: stored.seq)
            return
        }
        // An altered entry is told once; the tables are those of the true one.
        guard reader.entry.seq == stored.seq else { return }
        try readModel?.check(reader.entry, stored.bytes)
        try vault?.check(reader.entry, stored.bytes)
    }
}

extension StoredEntry {
    /// - Parameter row: `seq`, `source`, `id`, `bytes`, `leafHash`, `subtreeHashes`.
    init(row: RawStatement) {
        self.init(
            seq: row.integer(0), source: row.blob(1), id: row.blob(2), bytes: row.blob(3),
            leafHash: row.blob(4), subtreeHashes: row.blob(5))
    }
}
