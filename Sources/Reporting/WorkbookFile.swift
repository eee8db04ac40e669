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
        let workbook = try document(.xlsx, xml, of: name)
        try library().validate(workbook, against: "\(templates.path)/schema/workbook.rng")
        return try TemporaryFolder.with { folder in
            let file = "\(folder)/report.xlsx"
            let problem = workbook.withUnsafeBytes {
                cxlsx_write($0.baseAddress, $0.count, file, folder)
            }
            if let problem {
                defer { cxlsx_free(problem) }
                throw ReportError.template("workbook.xsl: \(String(cString: problem))")
            }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ReportError.missingFile(file)
            }
            return Array(data)
        }
    }
}
