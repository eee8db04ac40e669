import AidRecords
import LedgerCore

extension CSVMapping {
    /// A mapping with the given rules, in YAML.
    static func sample(
        rules: String, ignore: String = "[]", delimiter: String? = nil
    ) throws -> CSVMapping {
        let delimiterLine = delimiter.map { "delimiter: \($0)\n" } ?? ""
        return try CSVMapping(
            file: "sample.yaml",
            text: """
                mapping: sample
                title: {zh: 样例, en: Sample}
                about: {zh: 样例, en: Sample}
                ignore: \(ignore)
                \(delimiterLine)rules:
                \(rules)
                """)
    }

    /// One rule, which takes these members.
    static func sample(
        members: [String], ignore: String = "[]", delimiter: String? = nil
    ) throws -> CSVMapping {
        let lines = members.map { "      \($0)" }.joined(separator: "\n")
        return try sample(rules: "  - record:\n\(lines)", ignore: ignore, delimiter: delimiter)
    }

    /// Columns `a`, `b`, … as members of the same names.
    static func columns(_ names: String..., delimiter: String? = nil) throws -> CSVMapping {
        try sample(
            members: names.map { "\($0): {column: \($0)}" }, delimiter: delimiter)
    }
}
