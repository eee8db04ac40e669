internal import AidRecords
internal import Foundation
internal import LedgerCore
internal import Reporting

/// The pages that lie beside a report's XML, and whether they hold what it states of them.
struct AnnexCheck {
    /// How many the report states.
    private(set) var pages = 0
    /// Files that are not the pages stated.
    private(set) var altered: [String] = []
    /// Files that are not there.
    private(set) var missing: [String] = []

    var stands: Bool { altered.isEmpty }

    /// - Parameter path: the report's.
    /// - Throws: `ReportError.template`.
    init(of drawn: DrawnReport, at path: String, _ drawing: ReportDrawing) throws {
        let folder = AnnexFolder(beside: path).path
        let library = try drawing.library()
        for (file, figure) in drawn.pages {
            pages += 1
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(file).xml") else {
                missing.append("\(file).xml")
                continue
            }
            do {
                let page = try drawing.read(Array(data), library).page
                if page != figure { altered.append("\(file).xml") }
            } catch ReportError.notAReport {
                altered.append("\(file).xml")
            }
        }
    }

    var lines: [String] {
        guard pages > 0 else { return [] }
        let found = pages - missing.count
        var lines = altered.map { "\($0) is not the page that the report states" }
        if stands, found > 0 { lines.append("\(counted(found)) beside it as the report states") }
        if !missing.isEmpty {
            lines.append(
                "\(counted(missing.count)) not beside it, from \(missing[0]) on: not compared")
        }
        return lines
    }

    private func counted(_ count: Int) -> String {
        count == 1 ? "1 page of annexes is" : "\(grouped(Int64(count))) pages of annexes are"
    }

    var object: [String: Any] { ["pages": pages, "altered": altered, "missing": missing] }
}
