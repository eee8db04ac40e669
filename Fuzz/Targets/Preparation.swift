internal import AidRecords
internal import Foundation
internal import LedgerCore
internal import TransparencyLog

/// What the search for a target begins with: inputs as it is meant for, and words that occur in
/// them. All of it is made of the files of this checkout. Entries, kinds and mappings are accepted;
/// of records, some are refused.
package struct Preparation {
    package let seeds: [[UInt8]]
    package let words: Set<String>

    package init(of target: FuzzTarget) throws {
        switch target {
        case .json, .records:
            seeds = try Checkout.records()
            words = Preparation.recordWords
        case .canonical:
            seeds = []
            words = []
        case .entries:
            seeds = try Preparation.entries()
            words = Preparation.recordWords
        case .csv:
            seeds = try Preparation.tables()
            words = Set(Checkout.mappings.flatMap(\.columns))
        case .encodings:
            seeds = try Preparation.texts()
            words = ["\r\n", "{\"rejected\":{},\"record\":{}}"]
        case .mappings:
            seeds = try Checkout.declarations("ledger/mappings").values.map { Array($0.utf8) }
            words = Preparation.mappingWords
        case .kinds:
            seeds = Checkout.kindFiles.values.map { Array($0.utf8) }
            words = Preparation.kindWords
        case .transparency:
            seeds = try TransparencySeeds.all()
            words = TransparencySeeds.words
        case .evidence:
            seeds = try EvidenceTarget.seeds()
            words = EvidenceTarget.words
        case .timestamps:
            seeds = try TimeStampTarget.seeds()
            words = TimeStampTarget.words
        }
    }

    /// Writes the seeds as files into FOLDER/seeds, and the words as FOLDER/words, a dictionary of
    /// libFuzzer.
    package func write(to folder: String) throws {
        let folder = URL(filePath: folder)
        let seedFolder = folder.appending(path: "seeds")
        try FileManager.default.createDirectory(at: seedFolder, withIntermediateDirectories: true)
        for (number, seed) in seeds.enumerated() {
            try Data(seed).write(to: seedFolder.appending(path: String(number)))
        }
        let lines = words.sorted().map { word in
            "\"" + word.utf8.map { Preparation.escaped($0) }.joined() + "\"\n"
        }
        try Data(lines.joined().utf8).write(to: folder.appending(path: "words"))
    }

    private static func escaped(_ byte: UInt8) -> String {
        let isPlain = (0x20..<0x7F).contains(byte) && byte != 0x22 && byte != 0x5C
        return isPlain ? String(UnicodeScalar(byte)) : "\\x" + Hex.encode([byte])
    }

    // MARK: Seeds

    /// Those that the good records become, and one of each kind.
    private static func entries() throws -> [[UInt8]] {
        var reader = RecordReader(catalogue: Checkout.catalogue)
        let sample = SampleRecord(Checkout.catalogue, isEntry: true)
        let samples = try Checkout.catalogue.kinds.map {
            try require(sample.text(of: $0), "no sample can be made of \($0.name)")
        }
        return try samples
            + Checkout.records().compactMap { text in
                let outcome = text.withUnsafeBufferPointer {
                    reader.read($0, today: RecordTarget.today)
                }
                guard case .record(let record) = outcome else { return nil }
                return CompletedEntry(record).bytes
            }
    }

    /// A header row and a row for each mapping.
    private static func tables() throws -> [[UInt8]] {
        Checkout.mappings.enumerated().map { number, mapping in
            let delimiter = String(UnicodeScalar(mapping.delimiter))
            let rows = [
                mapping.columns, mapping.columns.map { _ in "" },
                mapping.columns.map { _ in "\"1.50\"" },
                mapping.columns.map { _ in "2023/3/5 09:30:00" },
            ]
            let lines = rows.map { $0.joined(separator: delimiter) + "\n" }.joined()
            return [UInt8(number), 0x20] + Array(lines.utf8)
        }
    }

    /// Chinese texts in UTF-8 and GB18030, behind the bytes that say how they are read.
    private static func texts() throws -> [[UInt8]] {
        let folder = Checkout.root.appending(path: "Tests/LedgerCoreTests/Intake/Fixtures")
        return try ["cells.csv", "cells-gb18030.csv"].flatMap { name in
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            return stride(from: 0, to: bytes.count, by: 500).flatMap { start in
                (0..<3).map { [$0, 0x20] + bytes[start..<min(start + 500, bytes.count)] }
            }
        }
    }

    // MARK: Words

    private static let recordWords: Set<String> = {
        var words: Set = ["true", "false", "null", "\\u0041", "\\ud83d\\ude00"]
        func add(_ shape: ObjectShape) {
            for field in shape.fields {
                words.insert("\"\(field.name)\":")
                if case .object(let inner) = field.type { add(inner) }
            }
        }
        add(Checkout.catalogue.envelope)
        add(Checkout.catalogue.person)
        for kind in Checkout.catalogue.kinds {
            words.insert("\"\(kind.name)\"")
            add(kind.recordedBody)
        }
        for list in Checkout.catalogue.codes.values {
            words.formUnion(list.codes.map { "\"\($0.code)\"" })
        }
        return words
    }()

    private static let kindWords: Set<String> = [
        "kind: ", "group: ", "title: ", "about: ", "program: true", "exactlyOne: [[a, b]]",
        "indexes: [[a]]", "fields:\n", "{type: ", "fen", "count", "basisPoints", "year", "flag",
        "date", "time", "month", "period", "area", "code", "text", "digest", "reference", "person",
        "account", "phone", "address", "household", "commitments", "object", "list", "optional: ",
        "zh: ", "en: ", "note: ", "negative: ", "min: ", "max: ", "codes: ", "sealed: ",
        "items: ", "orSingle: ", "true", "-1", "9223372036854775807", "-9223372036854775808",
        "&a ", "*a", "<<: ", "!!str ", "? ", "- ", "|\n", ">\n",
    ]

    private static let mappingWords: Set<String> = [
        "mapping: ", "title: ", "about: ", "delimiter: ", "ignore: ", "rules:\n", "- when:\n",
        "record:\n", "column: ", "constant: ", "default: ", "split: ", "absolute: ", "year: ",
        "unit: ", "yuan", "fen", "count", "percent", "date: [YYYY-MM-DD]", "time: ", "codes: ",
        "flag: ", "reference: ", "is: ", "negative: true", "body/", "true", "-1",
        "9223372036854775807", "-9223372036854775808", "&a ", "*a", "<<: ", "!!str ", "? ", "- ",
        "\"\\0\"", "|\n", ">\n",
    ]
}
