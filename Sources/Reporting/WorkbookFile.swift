internal import CXLSX
internal import Foundation
internal import LedgerCore

extension ReportDrawing {
    /// The report as a workbook (.xlsx): `workbook.xsl` makes a neutral one of the XML, which is
    /// checked against `schema/workbook.rng` and written by libxlsxwriter.
    ///
    /// The time in the file is the drawing's, so that the same XML gives the same bytes.
    /// - Throws: `ReportError`, `TemporaryFolder.Failure`.
    package func xlsx(_ xml: [UInt8], of name: String) throws -> [UInt8] {
        try TemporaryFolder.with { folder in
            let file = "\(folder)/report.xlsx"
            try workbook(file, of: name) { add in try add(xml) }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ReportError.missingFile(file)
            }
            return Array(data)
        }
    }

    /// Writes the workbook of all pages of an annex, one after the other.
    /// - Throws: `ReportError`, `TemporaryFolder.Failure`.
    package func writeWorkbook(_ annex: Annex, of name: String, to path: String) throws {
        try workbook(path, of: name) { add in
            for page in annex.pages { try add(annex.bytes(page)) }
        }
    }

    private func workbook(
        _ path: String, of name: String, _ body: (_ add: ([UInt8]) throws -> Void) throws -> Void
    ) throws {
        let library = try stylesheets()
        try TemporaryFolder.with { folder in
            guard let book = cxlsx_begin(path, folder) else {
                throw ReportError.template("out of memory")
            }
            let outcome = Result {
                try body { xml in
                    let workbook = try document(.xlsx, xml, of: name, library)
                    try library.validate(
                        workbook, against: "\(templates.path)/schema/workbook.rng")
                    workbook.withUnsafeBytes { cxlsx_add(book, $0.baseAddress, $0.count) }
                }
            }
            let problem = cxlsx_end(book)
            defer { cxlsx_free(problem) }
            try outcome.get()
            if let problem {
                throw ReportError.template("workbook.xsl: \(String(cString: problem))")
            }
        }
    }
}
