internal import AidRecords

/// Declarations of kinds: under those that are accepted, tables can be made, the schema is JSON,
/// and a record that does what is declared is accepted.
enum KindTarget {
    /// - Returns: whether the bytes were accepted, by one name of a file or another.
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        if let kind = name(in: text) { return try check("\(kind).yaml", text) }
        let files = ["codes.yaml", "envelope.yaml", "person.yaml"]
        return try files.filter { try check($0, text) } != []
    }

    /// What the text says it declares; nil of those that declare what kinds share.
    private static func name(in text: String) -> String? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("kind: ") }
        return line.map { String($0.dropFirst("kind: ".count)) }
    }

    private static func check(_ file: String, _ text: String) throws(Violation) -> Bool {
        var files = shared
        files[file] = text
        if file != "codes.yaml" { files["codes.yaml"] = codes(for: files) }
        guard let catalogue = try? KindCatalogue(files: files) else { return false }
        try checkTables(catalogue)
        for kind in catalogue.kinds {
            let schema = RecordSchema(catalogue: catalogue).text(of: kind)
            try require(JSONValue.reading(schema.utf8) != nil, "the schema is no JSON: \(schema)")
            guard !kind.isProgram, let sample = SampleRecord(catalogue).text(of: kind) else {
                continue
            }
            let issues = try sample.withUnsafeBufferPointer { text throws(Violation) in
                try RecordTarget.check(text, catalogue)
            }
            try require(issues == nil, "\(issues ?? []): \(sample.shown)")
        }
        _ = RecordReference(catalogue: catalogue).text
        return true
    }

    /// Names that SQL takes as they stand, and each of them once.
    private static func checkTables(_ catalogue: KindCatalogue) throws(Violation) {
        var tables: Set = ["entry", "head", "checkpoint", "subject"]
        for table in catalogue.tables {
            try require(isPlain(table.name), "a table `\(table.name)`")
            try require(
                tables.insert(table.name.lowercased()).inserted, "two tables `\(table.name)`")
            var columns: Set = ["ledger", "seq", "position"]
            for column in table.columns {
                try require(isPlain(column.name), "a column `\(column.name)`")
                try require(
                    columns.insert(column.name.lowercased()).inserted,
                    "two columns `\(column.name)`")
            }
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// What a kind is declared with: the shared files, and one kind, so that shared files have one
    /// that uses them.
    private static let shared = Checkout.kindFiles.filter {
        ["envelope.yaml", "person.yaml", "aid.paid.yaml"].contains($0.key)
    }

    /// The code lists that occur in the files, cut to a code each: most of the time goes into YAML.
    private static func codes(for files: [String: String]) -> String {
        let lists = Checkout.catalogue.codes.values.filter { list in
            files.values.contains { $0.contains(list.name) }
        }
        return lists.map {
            "\($0.name): {\($0.codes.first?.code ?? ""): {zh: 甲, en: A}}\n"
        }.joined()
    }
}
