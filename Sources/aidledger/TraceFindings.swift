internal import Findings
internal import LedgerSQLite

/// Where a trace takes findings from.
enum TraceFindings {
    /// Nil where nobody can say.
    static func lookup(
        _ ledger: LedgerOptions, _ home: Home, size: Int64?
    ) throws -> (any FindingLookup)? {
        nil
    }
}
