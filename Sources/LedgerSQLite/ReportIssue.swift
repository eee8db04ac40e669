internal import AidRecords
internal import GRDB
package import LedgerCore

/// A report that was issued: `report.issued`.
package struct IssuedReport: Sendable {
    package let seq: Int64
    /// UTC, RFC 3339.
    package let recordedAt: String
    package let `operator`: String
    package let report: String
    /// Canonical JSON.
    package let parameters: String
    package let size: Int64
    /// Hex.
    package let rootHash: String

    /// The issues of a file, oldest first.
    /// - Parameter sha256: of the file, in hex.
    package static func all(
        ofFile sha256: String, _ runner: any QueryRunner
    ) throws -> [IssuedReport] {
        var found: [IssuedReport] = []
        try runner.forEachRow(
            of: """
                SELECT seq, recordedAt, operator, report, parameters, size, rootHash
                FROM live_report_issued WHERE ledger = :ledger AND sha256 = :sha256 ORDER BY seq
                """, ["ledger": .integer(1), "sha256": .text(sha256)]
        ) { _, values in
            guard case .integer(let seq) = values[0], case .text(let recordedAt) = values[1],
                case .text(let author) = values[2], case .text(let report) = values[3],
                case .text(let parameters) = values[4], case .integer(let size) = values[5],
                case .text(let rootHash) = values[6]
            else { return }
            found.append(
                IssuedReport(
                    seq: seq, recordedAt: recordedAt, operator: author, report: report,
                    parameters: parameters, size: size, rootHash: rootHash))
        }
        return found
    }
}

extension LedgerRegistrar {
    /// Puts a finished report's hash on the ledger.
    /// - Parameters:
    ///   - parameters: what it was drawn with.
    ///   - size: how many entries it was drawn from, and `rootHash` over them, in hex.
    ///   - sha256: of the finished file, in hex.
    /// - Returns: the entry's `seq`.
    package func issue(
        report: String, parameters: [String: QueryValue], size: Int64, rootHash: String,
        sha256: String, operator: String
    ) throws -> Int64 {
        let members = parameters.mapValues { value -> CanonicalValue in
            switch value {
            case .integer(let number): .integer(number)
            case .text(let text): .string(text)
            case .null: .string("")
            }
        }
        return try record("report.issued", operator: `operator`) { _ in
            [
                "report": .string(report),
                "parameters": .string(
                    String(decoding: CanonicalValue.object(members).canonicalBytes, as: UTF8.self)),
                "size": .integer(size), "rootHash": .string(rootHash),
                "sha256": .string(sha256),
            ]
        }
    }
}
