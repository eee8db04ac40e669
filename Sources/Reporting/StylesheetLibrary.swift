internal import CXSLT

/// The template folders that stylesheets and schemas may be read from: `CXSLT.h`. Each file is
/// read and compiled once, for as long as the library is there.
package final class StylesheetLibrary {
    private let handle: OpaquePointer
    private var stylesheets: [String: OpaquePointer] = [:]
    private var schemas: [String: OpaquePointer] = [:]

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

    deinit {
        for stylesheet in stylesheets.values { cxslt_stylesheet_free(stylesheet) }
        for schema in schemas.values { cxslt_schema_free(schema) }
        cxslt_library_free(handle)
    }

    /// Transforms an XML document by the stylesheet at `path`.
    /// - Throws: `ReportError.template`.
    package func transform(_ xml: [UInt8], by path: String) throws -> [UInt8] {
        let sheet = try StylesheetLibrary.kept(&stylesheets, path, ReportError.template) {
            cxslt_stylesheet_load(handle, path, &$0)
        }
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
    package func validate(_ xml: [UInt8], against path: String) throws {
        let schema = try StylesheetLibrary.kept(&schemas, path, ReportError.invalidXML) {
            cxslt_schema_load(handle, path, &$0)
        }
        let failure = xml.withUnsafeBytes { cxslt_validate(schema, $0.baseAddress, $0.count) }
        if let message = StylesheetLibrary.taken(failure) { throw ReportError.invalidXML(message) }
    }

    /// What was compiled of the file at `path`, now or before.
    private static func kept(
        _ compiled: inout [String: OpaquePointer], _ path: String,
        _ error: (String) -> ReportError,
        _ compile: (inout UnsafeMutablePointer<CChar>?) -> OpaquePointer?
    ) throws -> OpaquePointer {
        if let known = compiled[path] { return known }
        var problem: UnsafeMutablePointer<CChar>?
        guard let made = compile(&problem) else { throw error(taken(problem) ?? path) }
        compiled[path] = made
        return made
    }

    private static func taken(_ message: UnsafeMutablePointer<CChar>?) -> String? {
        guard let message else { return nil }
        defer { cxslt_free(message) }
        return String(cString: message)
    }
}
