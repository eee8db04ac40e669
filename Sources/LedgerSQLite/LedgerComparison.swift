internal import AidRecords
internal import GRDB
package import LedgerCore

/// How the entries of a ledger stand to those of another copy of it, by their stored bytes.
package struct LedgerComparison: Sendable {
    package enum Outcome: Sendable {
        case same
        /// The other has all the entries of the ledger, and more.
        case prefix
        /// The ledger has all the entries of the other, and more.
        case extends
        case part(Parting)
        /// They never were copies of one ledger.
        case otherLedger(origin: String)
    }

    /// Where and how two copies differ.
    package struct Parting: Sendable {
        /// The first number that does not stand for the same bytes in both.
        package let seq: Int64
        /// Nil where a copy has no entry of this number, though it has later ones.
        package let here: LedgerChange.Version?
        package let there: LedgerChange.Version?
        package let changes: LedgerChanges
        /// What the other copy's entries make of chain and tree.
        package let other: CopyHistory
    }

    package let outcome: Outcome
    /// How many first entries both have.
    package let common: Int64
    package let entries: Int64
    package let otherEntries: Int64

    package var isOneHistory: Bool {
        switch outcome {
        case .same, .prefix, .extends: true
        case .part, .otherLedger: false
        }
    }
}

/// Another copy of a ledger, to compare with: a ledger or the folder of a backup.
package final class OtherCopy {
    package let path: String
    package let origin: String
    private let queue: DatabaseQueue

    /// - Throws: `StoreError`, `BackupError`.
    package init(_ path: String) throws {
        self.path = path
        let queue =
            if case .folder = try FileSystem.look(path) {
                try BackupFolder(path).open()
            } else {
                try Connection.reader(path, .ledger)
            }
        self.queue = queue
        origin = try StoreError.translated(path) {
            try queue.read { try LedgerIdentity.read($0, path).origin }
        }
    }

    /// Compares entry by entry. Nothing that was made from the entries is looked at: not the
    /// stored hashes, not the head, not the tables. Same bytes have the same leaf hash.
    /// - Parameter verification: of the ledger; the entries that it saw are compared.
    package func compare(
        with paths: LedgerPaths, verified verification: Verification,
        progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> LedgerComparison {
        // Without an origin, entry 0 is spoilt, and the two part there.
        guard [origin, ""].contains(verification.origin) else {
            return LedgerComparison(
                outcome: .otherLedger(origin: origin), common: 0, entries: verification.entries,
                otherEntries: try count())
        }
        let ledger = try Connection.reader(paths.ledger, .ledger)
        return try StoreError.translated(paths.ledger) {
            try ledger.read { here in
                try StoreError.translated(path) {
                    try queue.read { there in
                        try OtherCopy.requireEntries(here, paths.ledger)
                        try OtherCopy.requireEntries(there, path)
                        return try OtherCopy.compare(here, there, verification, progress)
                    }
                }
            }
        }
    }

    /// Otherwise a column may hold anything.
    private static func requireEntries(_ database: Database, _ path: String) throws {
        let sql = try LedgerSchema.statements(database)["entry"]
        guard sql == LedgerSchema.chain.first(where: { $0.name == "entry" })?.sql else {
            throw StoreError.damaged(
                path: path, message: "its table of entries is not that of a ledger")
        }
    }

    private func count() throws -> Int64 {
        try StoreError.translated(path) { try queue.read(OtherCopy.count) }
    }

    private static func count(_ database: Database) throws -> Int64 {
        try count(database, before: .max)
    }

    private static func count(_ database: Database, before seq: Int64) throws -> Int64 {
        try Int64.fetchOne(
            database, sql: "SELECT count(*) FROM entry WHERE seq < ?", arguments: [seq]) ?? 0
    }

    private static func compare(
        _ here: Database, _ there: Database, _ verification: Verification,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> LedgerComparison {
        let (entries, otherEntries) = (verification.entries, try count(there))
        // Those before the first are not among the entries that are counted.
        let most = try entries + count(here, before: 0)
        let (one, other) = (try CopyCursor(here, most: most), try CopyCursor(there))
        var common: Int64 = 0
        func result(_ outcome: LedgerComparison.Outcome) -> LedgerComparison {
            LedgerComparison(
                outcome: outcome, common: common, entries: entries, otherEntries: otherEntries)
        }
        while true {
            try one.step()
            try other.step()
            switch (one.isAtRow, other.isAtRow) {
            case (false, false): return result(.same)
            case (false, true): return result(.prefix)
            case (true, false): return result(.extends)
            case (true, true): break
            }
            guard one.seq == other.seq, one.bytes.isSame(as: other.bytes) else {
                let parting = try parting(
                    here, there, (one, other), common, most: most, verification
                ) { progress($0, entries + otherEntries) }
                return result(.part(parting))
            }
            common += 1
            if common % 5_000 == 0 { progress(common, min(entries, otherEntries)) }
        }
    }

    /// Where the numbers differ, the copy with the greater one lacks an entry.
    /// - Parameters:
    ///   - common: how many first entries are the same.
    ///   - most: how many entries of the ledger are looked at.
    private static func parting(
        _ here: Database, _ there: Database, _ rows: (CopyCursor, CopyCursor), _ common: Int64,
        most: Int64, _ verification: Verification, _ progress: (Int64) -> Void
    ) throws -> LedgerComparison.Parting {
        let seq = min(rows.0.seq, rows.1.seq)
        func version(_ row: CopyCursor) -> LedgerChange.Version? {
            row.seq == seq
                ? LedgerChange.Version(seq: seq, row.bytes, stored: row.leafHash) : nil
        }
        let versions = (version(rows.0), version(rows.1))
        let changes = try ChangeSearch.run(
            here, there, from: seq, entries: most - common, progress: { progress(common + $0) })
        let sizes = Set(verification.verdicts.map(\.size)).union([common])
        let history = try CopyHistory.read(
            there, rootsAt: sizes, keys: try? LedgerIdentity.read(there, "").keys,
            progress: { progress(verification.entries + $0) })
        return .init(
            seq: seq, here: versions.0, there: versions.1, changes: changes, other: history)
    }
}
