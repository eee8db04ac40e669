internal import AidRecords
internal import Foundation
internal import LedgerCore

/// The files of this checkout that readers need and seeds are made of.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The YAML files of a folder, by name.
    static func declarations(_ folder: String) throws -> [String: String] {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: folder).path)
        var files: [String: String] = [:]
        for name in names where name.hasSuffix(".yaml") {
            files[name] = try text("\(folder)/\(name)")
        }
        return files
    }

    static let kindFiles = must { try declarations("ledger/kinds") }
    static let catalogue = must { try KindCatalogue(files: kindFiles) }

    /// In a fixed order, so that an input means the same tomorrow.
    static let mappings = must {
        try declarations("ledger/mappings").sorted { $0.key < $1.key }.map {
            try CSVMapping(file: $0.key, text: $0.value)
        }
    }

    /// Records of every kind, good ones and bad ones.
    static func records() throws -> [[UInt8]] {
        let lines = try text("Tests/AidRecordsTests/Corpus/records.jsonl").split(separator: "\n")
        return lines.compactMap { line in
            line.range(of: #""record":"#).map { Array(line[$0.upperBound...].dropLast().utf8) }
        }
    }

    /// A checkout that cannot be read is no finding about the bytes.
    private static func must<Value>(_ make: () throws -> Value) -> Value {
        do {
            return try make()
        } catch {
            preconditionFailure("\(root.path): \(error)")
        }
    }
}
