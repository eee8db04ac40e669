internal import AidRecords
internal import Foundation
internal import LedgerCore
internal import Reporting

/// The pages that lie beside a report's XML, and whether they hold what it states of them.
struct AnnexCheck {
    /// How many the report states.
    private(set) var pages = 0
    /// What is not in them as it is drawn again.
    private(set) var differences: [String] = []
    /// Files that are not there.
    private(set) var missing: [String] = []

    var stands: Bool { differences.isEmpty && missing.isEmpty }

    /// - Parameters:
    ///   - path: the report's.
    ///   - again: the pages of the report drawn again.
    /// - Throws: `ReportError.template`.
    init(
        of drawn: DrawnReport, at path: String, with again: ReportXML, _ drawing: ReportDrawing,
        _ library: StylesheetLibrary
    ) throws {
        let folder = AnnexFolder(beside: path).path
        for (file, _) in drawn.pages {
            pages += 1
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(file).xml") else {
                missing.append("\(file).xml")
                continue
            }
            // A page that is not drawn again is a difference of the report itself.
            guard let page = try again.page(file) else { continue }
            do {
                _ = try drawing.read(Array(data), library)
                differences += try drawing.comparison(of: Array(data), with: page, library)
                    .differences.map { "\(file).xml: \($0.text)" }
            } catch ReportError.notAReport {
                differences.append("\(file).xml: it is no page of a report")
            }
        }
    }

    var lines: [String] {
        guard pages > 0 else { return [] }
        let found = pages - missing.count
        var lines = ContentComparison.told(differences)
        if differences.isEmpty, found > 0 {
            lines.append("\(counted(found)) beside it, as the ledger gives them")
        }
        if !missing.isEmpty {
            lines.append(
                "\(counted(missing.count)) not beside it, from \(missing[0]) on: give them too, or "
                    + "say --no-annexes")
        }
        return lines
    }

    private func counted(_ count: Int) -> String {
        count == 1 ? "1 page of annexes is" : "\(grouped(Int64(count))) pages of annexes are"
    }

    var object: [String: Any] { ["pages": pages, "differences": differences, "missing": missing] }
}
