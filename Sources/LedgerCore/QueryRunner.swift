package import TransparencyLog

/// A value in the answer to a question.
package enum QueryValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

extension QueryValue: Comparable {
    /// By value; null comes last.
    package static func < (first: QueryValue, second: QueryValue) -> Bool {
        switch (first, second) {
        case (.null, _): false
        case (_, .null): true
        case (.integer(let one), .integer(let other)): one < other
        case (.text(let one), .text(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        case (.integer, .text): true
        case (.text, .integer): false
        }
    }
}

/// Answers questions in SQL on one unchanging state of a ledger; what a store offers to reports
/// and detectors.
package protocol QueryRunner {
    /// Runs one `SELECT`, with parameters by name (`:year`).
    /// - Parameter body: gets the names of the columns and the values of a row.
    func forEachRow(
        of sql: String, _ parameters: [String: QueryValue],
        _ body: (_ columns: [String], _ values: [QueryValue]) throws -> Void
    ) throws

    /// Keeps the answer to a `SELECT` as a table that later questions may name, for as long as the
    /// runner is there.
    /// - Parameter indexes: columns by which the table is looked into.
    func keep(
        _ name: String, _ sql: String, indexes: [[String]], _ parameters: [String: QueryValue]
    ) throws

    /// Where the entries' leaf hashes are read.
    var leafHashes: any LeafHashSource { get }

    /// Answers questions that anybody may have written: they only read, and are limited in what
    /// they take, like detectors'.
    var guarded: any QueryRunner { get }
}

/// Where leaf hashes of entries are read, beside whatever else is asked, on any thread.
package protocol LeafHashSource: Sendable {
    /// Runs `body` with a function that gives the leaf hash of an entry by its `seq`.
    /// - Throws: where there is no such entry, and what `body` throws.
    func read<Result>(
        _ body: (_ hash: (_ seq: Int64) throws -> LeafHash) throws -> Result
    ) throws -> Result
}

/// A question that cannot be answered.
package struct QueryFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// Of the question, from 1; nil where it is not known.
    package let line: Int?

    package init(_ message: String, line: Int? = nil) {
        self.message = message
        self.line = line
    }

    package var description: String { message }
}
