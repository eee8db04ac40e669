internal import Foundation
internal import LedgerCore

/// A file that a report is drawn with.
package struct ReportSource: Hashable, Sendable {
    package let path: String
    /// Hex.
    package let sha256: String

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        sha256 = FileDigest.sha256(bytes)
    }
}

/// The files of `templates/`.
package struct TemplateFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The reports there are: folders with a `report.yaml`.
    package var reportNames: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter {
            FileManager.default.fileExists(atPath: "\(path)/\($0)/report.yaml")
        }.sorted()
    }

    /// - Parameter file: path below the folder.
    func bytes(_ file: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
            throw ReportError.missingFile("\(path)/\(file)")
        }
        return Array(data)
    }

    func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

    /// Where a stylesheet is: the report's own where it has one, else the one that all share.
    func stylesheet(_ name: String, of report: String) -> String {
        let own = "\(path)/\(report)/\(name)"
        return FileManager.default.fileExists(atPath: own) ? own : "\(path)/common/\(name)"
    }

    /// Where a query of a report is: `common/NAME.sql` is shared.
    func queryFile(_ name: String, of report: String) -> String {
        name.hasPrefix("common/")
            ? "common/queries/\(name.dropFirst("common/".count))" : "\(report)/queries/\(name)"
    }

    /// Every file that a report is drawn with, by path, with its SHA-256 in hex.
    func sources(of definition: ReportDefinition, language: String) throws
        -> [ReportSource]
    {
        var files: Set<String> = ["l10n/\(language).xml"]
        for folder in [definition.name, "\(definition.name)/queries", "common"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
            for name in names where !name.hasPrefix(".") && name.contains(".") {
                files.insert("\(folder)/\(name)")
            }
        }
        for table in definition.questions {
            files.insert(queryFile(table.query, of: definition.name))
            for name in table.with { files.insert("common/queries/\(name).sql") }
        }
        return try files.sorted().map { file in
            ReportSource(path: file, bytes: try bytes(file))
        }
    }

    /// The SQL of a table: its query after the shared ones that it builds on.
    func sql(of table: ReportDefinition.Table, in report: String) throws -> String {
        let query = try text(queryFile(table.query, of: report))
        let shared = try table.with.map { name in
            "\(name) AS (\n\(try text("common/queries/\(name).sql"))\n)"
        }
        let prefix = shared.isEmpty ? "" : "WITH \(shared.joined(separator: ",\n"))\n"
        return "\(prefix)SELECT * FROM (\n\(query)\n) AS facts"
    }
}
