internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import LedgerCore
internal import Reporting

/// What a report is written as.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case html
    case csv
    case xlsx
    case pdf
    case xml
}

/// Where a report is written, and as what: a file or, of comma-separated values, a folder; beside it
/// the folder with its annexes.
struct ReportFile: Sendable {
    /// - is standard output.
    let path: String
    let format: ReportFormat
    /// Nil for the one that suits the report's length.
    var pdfEngine: PDFEngine?
    var mode: UInt32 = 0o644
    /// Where progress is shown by others.
    var isQuiet = false

    /// - Throws: `UsageError` where something else stands in its place, `FileError` where nothing can be
    ///   written there.
    func requireRoom() throws {
        if format == .csv { return try ReportFolder(path: path).requireFolder() }
        try OutputGuard.check(path)
        guard hasRoomBeside else { return }
        try OutputGuard.requireFolder(of: path)
        try annexes.requireOwn()
    }

    /// Writes what `draw` draws.
    /// - Parameter draw: is told where rows go that are too many for the document.
    /// - Returns: the file's bytes; none where it is a folder.
    func write(
        of name: String, _ drawing: ReportDrawing, _ draw: (AnnexPlace?) throws -> ReportXML
    ) throws -> [UInt8] {
        try TemporaryFolder.with { folder in
            let place = hasRoomBeside ? annexes.place(annexFiles, pages: folder) : nil
            return try write(draw(place), of: name, drawing)
        }
    }

    private func write(
        _ xml: ReportXML, of name: String, _ drawing: ReportDrawing
    ) throws -> [UInt8] {
        let bytes: [UInt8]
        switch format {
        case .csv:
            try ReportFolder(path: path).write(
                drawing.csv(xml.bytes, of: name), mode: mode,
                others: xml.annexes.map { annex in
                    let write = { try drawing.writeCSV(annex, of: name, to: $0, mode: mode) }
                    return (drawing.csvName(of: annex), write)
                })
            return []
        case .html: bytes = try drawing.html(xml.bytes, of: name)
        case .pdf:
            let html = try drawing.html(xml.bytes, of: name)
            let bar = ProgressBar("making the PDF", isQuiet: isQuiet)
            defer { bar.finish() }
            bar.begin()
            bytes = try PDFEngine.pdf(of: html, by: pdfEngine)
        case .xlsx: bytes = try drawing.xlsx(xml.bytes, of: name)
        case .xml: bytes = xml.bytes
        }
        let writeReport = { try TextFile.write(bytes, to: path, mode: mode) }
        if hasRoomBeside {
            try write(xml.annexes, of: name, drawing, with: writeReport)
        } else {
            try writeReport()
        }
        return bytes
    }

    // MARK: Annexes

    private var annexes: AnnexFolder { AnnexFolder(beside: path) }

    /// Not beside standard output, a device or a pipe.
    private var hasRoomBeside: Bool {
        var status = stat()
        guard path != "-", stat(path, &status) == 0 else { return path != "-" }
        return [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// A PDF has its annexes as workbooks: nobody reads thousands of sheets of paper.
    private var annexFiles: AnnexPlace.Files {
        switch format {
        case .html, .xml: .pages(extension: format.rawValue)
        case .xlsx, .pdf: .whole(extension: "xlsx", isLinked: format == .xlsx)
        case .csv: .joined
        }
    }

    private func write(
        _ found: [Annex], of name: String, _ drawing: ReportDrawing,
        with writeReport: () throws -> Void
    ) throws {
        guard !found.isEmpty else { return try annexes.replace(with: nil, report: writeReport) }
        let bar = ProgressBar("annexes", isQuiet: isQuiet)
        var done = 0
        let count = found.reduce(0) { $0 + $1.pages.count }
        let library = try drawing.stylesheets()
        let writePages = { (folder: String) in
            for annex in found {
                if case .whole(let ending, _) = annexFiles {
                    let path = "\(folder)/\(annex.table).\(ending)"
                    try AnnexPlace.write([], to: path, mode: mode)
                    try drawing.writeWorkbook(annex, of: name, to: path)
                    done += annex.pages.count
                    bar.show(Int64(done), of: Int64(count), count: done, unit: "pages")
                    continue
                }
                for page in annex.pages {
                    let xml = try annex.bytes(page)
                    let stem = URL(fileURLWithPath: page).deletingPathExtension().lastPathComponent
                    try AnnexPlace.write(
                        format == .html ? drawing.html(xml, of: name, library) : xml,
                        to: "\(folder)/\(stem).\(format.rawValue)", mode: mode)
                    done += 1
                    bar.show(Int64(done), of: Int64(count), count: done, unit: "pages")
                }
            }
        }
        try annexes.replace(with: writePages, report: writeReport)
        bar.finish()
        if !isQuiet { Console.error("wrote \(path).annexes") }
    }
}

extension PDFEngine: ExpressibleByArgument {}
