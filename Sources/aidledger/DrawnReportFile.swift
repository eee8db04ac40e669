internal import AidRecords
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

/// A report that was drawn, as it is given on the command line.
enum DrawnReportFile {
    /// - Throws: `ReportError.missingFile`.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ReportError.missingFile(path)
        }
        return Array(data)
    }

    static func isXML(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("<?xml".utf8)) }

    /// - Throws: `UsageError` where the report was drawn from another ledger, or from another
    ///   history of this one.
    static func requireSameLedger(_ drawn: DrawnReport, _ snapshot: LedgerSnapshot) throws {
        guard drawn.origin == snapshot.identity.origin else {
            throw UsageError(
                "the report was drawn from \(drawn.origin), and this is \(snapshot.identity.origin)"
            )
        }
        guard drawn.rootHash == snapshot.head.rootHash.hex else {
            throw UsageError(
                "the report was drawn from another history: of its first \(grouped(drawn.size)) "
                    + "entries it states the root hash \(drawn.rootHash), and this ledger has "
                    + snapshot.head.rootHash.hex)
        }
    }
}
