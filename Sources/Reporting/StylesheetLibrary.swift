internal import CXSLT

/// The template folders that stylesheets and schemas may be read from: `CXSLT.h`.
package struct StylesheetLibrary: ~Copyable {
    private let handle: OpaquePointer

    /// What one document may cost.
    package struct Limits: Sendable {
        package var inputBytesMax: Int
        package var outputBytesMax: Int
        /// Instructions and XPath steps.
        package var stepsMax: UInt64

        package init(inputBytesMax: Int, outputBytesMax: Int, stepsMax: UInt64) {
            self.inputBytesMax = inputBytesMax
            self.outputBytesMax = outputBytesMax
            self.stepsMax = stepsMax
        }
    }

    /// - Parameters:
    ///   - limits: nil for those of `CXSLT.h`.
    ///   - isSelfContained: whether a result must be a page that fetches and runs nothing.
    /// - Throws: `ReportError.template` where a folder cannot be read.
    package init(folders: [String], limits: Limits? = nil, isSelfContained: Bool = false) throws {
        var bounds = cxslt_default_limits()
        bounds.selfContained = isSelfContained
        if let limits {
            bounds.maxInputBytes = limits.inputBytesMax
            bounds.maxOutputBytes = limits.outputBytesMax
            bounds.maxSteps = limits.stepsMax
        }
        guard let handle = cxslt_library_create(bounds) else {
            throw ReportError.template("out of memory")
        }
        var problem: String?
        for folder in folders where problem == nil {
            problem = StylesheetLibrary.taken(cxslt_library_add_folder(handle, folder))
        }
        if let problem {
            cxslt_library_free(handle)
            throw ReportError.template(problem)
        }
        self.handle = handle
    }

    deinit { cxslt_library_free(handle) }

    /// Transforms an XML document by the stylesheet at `path`.
    package func transform(_ xml: [UInt8], by path: String) throws -> [UInt8] {
        var problem: UnsafeMutablePointer<CChar>?
        guard let sheet = cxslt_stylesheet_load(handle, path, &problem) else {
            throw ReportError.template(StylesheetLibrary.taken(problem) ?? path)
        }
        defer { cxslt_stylesheet_free(sheet) }
        var output: UnsafeMutablePointer<CChar>?
        var length = 0
        let failure = xml.withUnsafeBytes {
            cxslt_transform(sheet, $0.baseAddress, $0.count, &output, &length)
        }
        if let message = StylesheetLibrary.taken(failure) { throw ReportError.template(message) }
        defer { cxslt_free(output) }
        return Array(UnsafeRawBufferPointer(start: output, count: length))
    }

    /// - Throws: `ReportError.invalidXML` with what does not fit the schema.
    package func validate(_ xml: [UInt8], against schema: String) throws {
        let failure = xml.withUnsafeBytes {
            cxslt_validate(handle, schema, $0.baseAddress, $0.count)
        }
        if let message = StylesheetLibrary.taken(failure) { throw ReportError.invalidXML(message) }
    }

    private static func taken(_ message: UnsafeMutablePointer<CChar>?) -> String? {
        guard let message else { return nil }
        defer { cxslt_free(message) }
        return String(cString: message)
    }
}
