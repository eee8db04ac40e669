internal import Foundation
internal import LedgerCore

/// A file of comma-separated values.
package struct CSVFile: Hashable, Sendable {
    /// `SECTION-TABLE.csv`; no path.
    package let name: String
    package let bytes: [UInt8]
}

extension ReportDrawing {
    /// A report's tables, a file each, and `report.csv`: what `csv.xsl` makes of the XML.
    ///
    /// One transformation makes them all. Before each stands its name between U+FDD0 and U+FDD1,
    /// which `XMLWriter` lets through in no text.
    /// - Throws: `ReportError.template`.
    package func csv(_ xml: [UInt8], of name: String) throws -> [CSVFile] {
        let bytes = try document(.csv, xml, of: name)
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard text.first?.value == 0xFDD0 else {
            throw ReportError.template("csv.xsl must begin each file with its name")
        }
        var names: Set<String> = []
        return try text.split(whereSeparator: { $0.value == 0xFDD0 }).map { part in
            let halves = part.split(
                maxSplits: 1, omittingEmptySubsequences: false,
                whereSeparator: { $0.value == 0xFDD1 })
            let name = String(String.UnicodeScalarView(halves[0]))
            guard halves.count == 2, isFileName(name), names.insert(name).inserted else {
                throw ReportError.template("csv.xsl names no file, or one twice: \(name)")
            }
            let content = String(String.UnicodeScalarView(halves[1]))
            return CSVFile(name: name, bytes: Array(content.utf8))
        }
    }

    /// The files that `csv` would have made of tables whose rows stand in annexes.
    package func csvName(of annex: Annex) -> String { "\(annex.section)-\(annex.table).csv" }

    /// Writes the table of an annex, page by page.
    /// - Throws: `ReportError`, `FileError`.
    package func writeCSV(
        _ annex: Annex, of name: String, to path: String, mode: UInt32
    ) throws {
        let part = "\(path).part"
        defer { try? FileManager.default.removeItem(atPath: part) }
        try WholeFile.write([], to: part, mode: mode)
        guard let file = FileHandle(forWritingAtPath: part) else {
            throw FileError(path: path, reason: "it cannot be written")
        }
        let library = try stylesheets()
        for page in annex.pages {
            let bytes = try document(.csv, annex.bytes(page), of: name, library)
            // The first page begins with the file's name, up to U+FDD1.
            let end = page == annex.pages.first ? bytes.firstRange(of: [0xEF, 0xB7, 0x91]) : nil
            try file.write(contentsOf: Data(bytes[(end?.upperBound ?? 0)...]))
        }
        try file.close()
        guard rename(part, path) == 0 else {
            throw FileError(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// A name that leads nowhere else on any system.
    private func isFileName(_ name: String) -> Bool {
        let stem = name.utf8.dropLast(".csv".utf8.count)
        return name.hasSuffix(".csv") && !stem.isEmpty
            && stem.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
    }
}
