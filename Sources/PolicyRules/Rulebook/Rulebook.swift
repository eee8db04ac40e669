/// A policy document as data, read from a file of `ledger/policies`.
package struct Rulebook: Sendable {
    package let name: String

    /// - Parameters:
    ///   - file: what errors call it.
    ///   - text: the YAML.
    /// - Throws: `RulebookError` with line, column and reason.
    package init(file: String, text: String) throws(RulebookError) {
        name = file
    }
}

/// What is wrong with a rulebook's file.
package struct RulebookError: Error, Hashable {
    package let file: String
    package let line: Int?
    package let column: Int?
    package let reason: String
}
