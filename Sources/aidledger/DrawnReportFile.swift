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
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
        {
            throw UsageError("\(path) is a folder; a report's file is wanted")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ReportError.missingFile(path)
        }
        return Array(data)
    }

    /// Whether it begins as XML does, with or without a declaration and a byte order mark; as HTML,
    /// PDF or a workbook no report does.
    static func isXML(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return true }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0)
            .drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return ["<?xml", "<report"].contains { text.starts(with: Array($0.utf8)) }
    }

    /// The report was drawn from entries that the ledger does not have.
    struct OtherHistory: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter snapshot: of all entries.
    /// - Throws: `UsageError` where the report was drawn from another ledger, or a longer one.
    static func requireLedger(_ drawn: DrawnReport, _ snapshot: LedgerSnapshot) throws {
        guard drawn.origin == snapshot.identity.origin else {
            throw UsageError(
                "the report was drawn from \(drawn.origin), and this is \(snapshot.identity.origin)"
            )
        }
        guard drawn.size <= snapshot.head.size.value else {
            throw UsageError(
                "the report was drawn from \(grouped(drawn.size)) entries, and this ledger has "
                    + "\(grouped(snapshot.head.size.value)): it may be an older copy")
        }
    }

    /// - Parameter snapshot: of as many entries as the report was drawn from.
    /// - Throws: `OtherHistory`.
    static func requireHistory(_ drawn: DrawnReport, _ snapshot: LedgerSnapshot) throws {
        guard drawn.rootHash == snapshot.head.rootHash.hex else {
            throw OtherHistory(
                description: "the report was drawn from another history: of its first "
                    + "\(grouped(drawn.size)) entries it states the root hash \(drawn.rootHash), "
                    + "and this ledger has \(snapshot.head.rootHash.hex)")
        }
    }
}
