internal import AidRecords
internal import LedgerCore

/// Mapping files: under one that is accepted, rows of any content become JSON.
enum MappingTarget {
    /// - Returns: whether the bytes were accepted.
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self),
            let mapping = try? CSVMapping(file: "fuzz.yaml", text: text)
        else { return false }
        let file = csv(mapping)
        let run = IntakeRun(file, as: .csv(mapping))
        try run.check(file)
        for record in run.records { try record.checkJSON() }
        return true
    }

    /// What the cells of a row hold, all of them.
    private static let contents = [
        "1", "-1.50", "9007199254740991.99", "2023-03-05", "2023/3/5 9:05:07", "２０２３年３月５日", "男",
        "是", "a;b、c", #"" \ / ' ""#, "\u{1}\t\u{7F}é\u{10FFFF}", "",
    ]

    /// A header row with the columns of the mapping, and rows.
    private static func csv(_ mapping: CSVMapping) -> [UInt8] {
        let names = mapping.columns.isEmpty ? ["ignored"] : mapping.columns
        let rows = [names] + contents.map { content in names.map { _ in content } }
        let delimiter = String(UnicodeScalar(mapping.delimiter))
        let lines = rows.map { $0.map(quoted).joined(separator: delimiter) + "\r\n" }
        return Array(lines.joined().utf8)
    }

    private static func quoted(_ cell: String) -> String {
        "\"" + String(cell.flatMap { $0 == "\"" ? "\"\"" : String($0) }) + "\""
    }
}
