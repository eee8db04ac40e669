internal import Foundation
internal import LedgerCore
internal import Reporting

/// The folder with a report's annexes: `report.html.annexes` beside `report.html`.
struct AnnexFolder {
    let path: String
    private let document: String

    init(beside output: String) {
        let file = URL(fileURLWithPath: output)
        document = file.lastPathComponent
        path = file.path + ".annexes"
    }

    private var name: String { URL(fileURLWithPath: path).lastPathComponent }

    /// - Parameter pages: the path of the folder where the pages' XML is written meanwhile.
    func place(_ files: AnnexPlace.Files, pages: String) -> AnnexPlace {
        AnnexPlace(document: document, folder: name, files: files, pages: pages)
    }

    /// A folder with anything else in it than annexes is left alone.
    /// - Throws: `UsageError`.
    func requireOwn() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let other = isFolder.boolValue ? names.sorted().first { !isAnnex($0) } : name
        if let other {
            throw UsageError(
                "\(path) is where the annexes go, and \(other) is none: move it, or write the "
                    + "report elsewhere")
        }
    }

    /// `findings-list-0001.html`, `payments.xlsx`.
    private func isAnnex(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && ["html", "xml", "xlsx"].contains(parts[1])
            && parts[0].utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45
            }
    }

    /// Puts the annexes that `body` writes in the place of those that are there, and their report
    /// with them.
    /// - Parameters:
    ///   - body: gets the path of a folder; nil where there are no annexes.
    ///   - report: writes the report, when nothing is left to do but to rename the folder.
    func replace(
        with body: ((_ folder: String) throws -> Void)?, report: () throws -> Void
    ) throws {
        try requireOwn()
        let files = FileManager.default
        guard let body else {
            try report()
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
            return
        }
        let new = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try files.createDirectory(atPath: new, withIntermediateDirectories: false)
        } catch {
            throw FileError(path: path, reason: "no folder can be made there")
        }
        do {
            try body(new)
            try report()
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
            try files.moveItem(atPath: new, toPath: path)
        } catch {
            try? files.removeItem(atPath: new)
            throw error
        }
    }
}
