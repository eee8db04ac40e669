internal import AidRecords
internal import Foundation
internal import Glibc
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

/// A file of `templates/`, or of a folder laid over it.
struct TemplateFile: Hashable {
    /// As a report's sources call it: `layer1/…` for one of the first folder laid over ours.
    let name: String
    let path: String
    /// The folder laid over ours that it is of; nil for a file of ours.
    let layer: String?

    /// Whether somebody else than we may have written it.
    var isForeign: Bool { layer != nil }
}

/// The files of `templates/`, and of folders that are laid over it.
///
/// A layer adds. No file of it takes the place of one beneath: its stylesheets override by import
/// precedence, its messages by their ids, and its `report.yaml` says that it extends.
package struct TemplateFolder: Sendable {
    package let path: String
    /// The folders laid over it, the lowest first: real paths.
    let layers: [String]

    /// - Throws: `ReportError.layer` for a folder that cannot be laid over another.
    package init(path: String, layers: [String]) throws {
        self.path = path
        self.layers = try layers.map { folder in
            guard let real = TemplateFolder.real(folder) else {
                throw ReportError.layer(folder, "it is no folder that can be read")
            }
            return real
        }
        for (folder, real) in zip(layers, self.layers) { try requireKnown(real, as: folder) }
    }

    package init(path: String) {
        self.path = path
        layers = []
    }

    /// What is spelt wrong would be passed over in silence.
    private func requireKnown(_ layer: String, as folder: String) throws {
        let known = Set(reportNames + ["common", "l10n", ReportIndex.name])
        let found = names(in: layer).filter { isFolder("\(layer)/\($0)") }
        if let other = found.sorted().first(where: { !known.contains($0) }) {
            throw ReportError.layer(
                folder,
                "\(other)/ is neither common/, l10n/, index/ nor a report (it has no report.yaml)")
        }
        guard !found.isEmpty else {
            throw ReportError.layer(folder, "it holds neither common/, l10n/ nor a report")
        }
    }

    private struct Folder {
        /// What the names of its files begin with.
        let prefix: String
        let path: String
        let layer: String?
    }

    /// The lowest first.
    private var folders: [Folder] {
        let above = layers.enumerated().map { index, layer in
            Folder(prefix: "layer\(index + 1)/", path: layer, layer: layer)
        }
        return [Folder(prefix: "", path: path, layer: nil)] + above
    }

    /// The reports there are: folders with a `report.yaml`.
    package var reportNames: [String] {
        let found = folders.flatMap { folder in
            names(in: folder.path).filter { exists("\(folder.path)/\($0)/report.yaml") }
        }
        return Set(found).sorted()
    }

    /// The files of this name, the lowest first.
    /// - Parameter name: path below the folder.
    func files(_ name: String) -> [TemplateFile] {
        folders.map {
            TemplateFile(name: $0.prefix + name, path: "\($0.path)/\(name)", layer: $0.layer)
        }.filter { exists($0.path) }
    }

    /// The only file of this name.
    /// - Throws: `ReportError`.
    func file(_ name: String) throws -> TemplateFile {
        let found = files(name)
        guard let first = found.first else {
            throw ReportError.missingFile((layers.isEmpty ? "\(path)/" : "") + name)
        }
        guard found.count == 1 else {
            throw ReportError.layer(
                found[1].path, "\(first.name) has this name already; give it another")
        }
        return first
    }

    /// - Throws: `ReportError.missingFile`. A layer may be anybody's: what is no file of it, or
    ///   leads out of it, is not read.
    func bytes(_ file: TemplateFile) throws -> [UInt8] {
        if let layer = file.layer {
            var status = stat()
            guard let real = TemplateFolder.real(file.path), real.hasPrefix("\(layer)/"),
                stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_size <= TemplateFolder.bytesMax
            else {
                throw ReportError.layer(
                    file.path,
                    "it is no file of this folder, or longer than "
                        + "\(grouped(TemplateFolder.bytesMax)) bytes")
            }
        }
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw ReportError.missingFile(file.path)
        }
        return Array(data)
    }

    private static let bytesMax = 4 << 20

    func text(_ file: TemplateFile) throws -> String {
        String(decoding: try bytes(file), as: UTF8.self)
    }

    /// Where our stylesheet is: the report's own where it has one, else the one that all share.
    func stylesheet(_ name: String, of report: String) -> String {
        let own = "\(path)/\(report)/\(name)"
        return exists(own) ? own : "\(path)/common/\(name)"
    }

    /// Where the schema of a report's XML is: its own, where it has one and is as we made it.
    func schema(of report: ReportDefinition) -> String {
        let own = "\(path)/schema/\(report.name).rng"
        return exists(own) && !report.isExtended ? own : schema
    }

    /// Where the schema is that all reports' XML has in common, and pages of annexes have.
    var schema: String { "\(path)/schema/report.rng" }

    /// Where the schema of an index of reports is.
    var indexSchema: String { "\(path)/schema/\(ReportIndex.name).rng" }

    /// What a query of a report is called: `common/NAME.sql` is shared.
    func queryFile(_ name: String, of report: String) -> String {
        name.hasPrefix("common/")
            ? "common/queries/\(name.dropFirst("common/".count))" : "\(report)/queries/\(name)"
    }

    /// Every file that a report is drawn with, by path, with its SHA-256 in hex.
    func sources(of definition: ReportDefinition, language: String) throws
        -> [ReportSource]
    {
        var used = Set(files("l10n/\(language).xml"))
        for folder in folders {
            for part in [definition.name, "common"] {
                for name in below("\(folder.path)/\(part)")
                where !(part == "common" && name.hasPrefix("queries/"))
                    // A picture of an example shows what comes of them.
                    && !name.hasSuffix(".png")
                {
                    used.insert(
                        TemplateFile(
                            name: "\(folder.prefix)\(part)/\(name)",
                            path: "\(folder.path)/\(part)/\(name)", layer: folder.layer))
                }
            }
        }
        for table in definition.questions {
            used.insert(try file(queryFile(table.query, of: definition.name)))
            for name in table.with { used.insert(try file("common/queries/\(name).sql")) }
        }
        return try used.sorted { $0.name < $1.name }.map {
            ReportSource(path: $0.name, bytes: try bytes($0))
        }
    }

    /// The SQL of a table: its query after the shared ones that it builds on.
    func sql(of table: ReportDefinition.Table, in report: String) throws -> String {
        let query = try text(file(queryFile(table.query, of: report)))
        let shared = try table.with.map { name in
            "\(name) AS (\n\(try text(file("common/queries/\(name).sql")))\n)"
        }
        let prefix = shared.isEmpty ? "" : "WITH \(shared.joined(separator: ",\n"))\n"
        return "\(prefix)SELECT * FROM (\n\(query)\n) AS facts"
    }

    // MARK: Files

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    /// Without those that are hidden.
    private func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }
    }

    /// All files below a folder, by their paths from there; none where it is not there.
    private func below(_ folder: String) -> [String] {
        names(in: folder).flatMap { name in
            isFolder("\(folder)/\(name)") && !isLink("\(folder)/\(name)")
                ? below("\(folder)/\(name)").map { "\(name)/\($0)" } : [name]
        }
    }

    private func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }

    /// The path without links; nil where there is nothing.
    static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
