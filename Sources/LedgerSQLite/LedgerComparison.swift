internal import AidRecords
internal import Foundation
internal import GRDB
package import LedgerCore
package import TransparencyLog

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

    /// The first place where two copies differ.
    package struct Parting: Sendable {
        package let seq: Int64
        /// Nil where a copy has no entry of this number, though it has later ones.
        package let here: Version?
        package let there: Version?
    }

    /// An entry as one copy has it.
    package struct Version: Sendable {
        /// As its bytes give it.
        package let leafHash: LeafHash
        /// Nil where the bytes cannot be read.
        package let content: Content?

        package struct Content: Decodable, Sendable {
            package let kind: String
            package let source: String
            package let id: String
        }

        fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
            leafHash = LeafHash(entry: UnsafeRawBufferPointer(bytes))
            content = try? JSONDecoder().decode(Content.self, from: Data(bytes))
        }
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
                        try OtherCopy.compare(here, there, verification.entries, progress)
                    }
                }
            }
        }
    }

    private func count() throws -> Int64 {
        try StoreError.translated(path) { try queue.read(OtherCopy.count) }
    }

    private static func count(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT count(*) FROM entry") ?? 0
    }

    private static func compare(
        _ here: Database, _ there: Database, _ entries: Int64,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> LedgerComparison {
        let query = "SELECT seq, bytes FROM entry ORDER BY seq LIMIT ?"
        let (here, other) = (try RawStatement(here, query), try RawStatement(there, query))
        here.bind(1, entries)
        other.bind(1, Int64.max)
        let otherEntries = try count(there)
        var common: Int64 = 0
        func result(_ outcome: LedgerComparison.Outcome) -> LedgerComparison {
            LedgerComparison(
                outcome: outcome, common: common, entries: entries, otherEntries: otherEntries)
        }
        while true {
            switch (try here.step(), try other.step()) {
            case (false, false): return result(.same)
            case (false, true): return result(.prefix)
            case (true, false): return result(.extends)
            case (true, true):
                guard isSame(here, other) else { return result(.part(parting(here, other))) }
            }
            common += 1
            if common % 5_000 == 0 { progress(common, min(entries, otherEntries)) }
        }
    }

    private static func isSame(_ one: RawStatement, _ other: RawStatement) -> Bool {
        one.integer(0) == other.integer(0) && one.blob(1).isSame(as: other.blob(1))
    }

    /// Where the numbers differ, the copy with the greater one lacks an entry.
    private static func parting(
        _ here: RawStatement, _ there: RawStatement
    ) -> LedgerComparison.Parting {
        let seq = min(here.integer(0), there.integer(0))
        func version(_ row: RawStatement) -> LedgerComparison.Version? {
            row.integer(0) == seq ? LedgerComparison.Version(row.blob(1)) : nil
        }
        return .init(seq: seq, here: version(here), there: version(there))
    }
}
