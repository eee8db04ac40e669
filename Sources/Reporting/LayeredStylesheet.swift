internal import Foundation

/// What a stylesheet makes of a report.
package enum ReportDocument: String, CaseIterable, Sendable {
    case html
    case csv
    case xlsx

    /// The stylesheet's file.
    var stylesheet: String {
        switch self {
        case .html: "html.xsl"
        case .csv: "csv.xsl"
        case .xlsx: "workbook.xsl"
        }
    }

    /// So that no layer changes what is read after it.
    fileprivate var output: String {
        switch self {
        case .html:
            #"method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat""#
        case .csv: #"method="text" encoding="UTF-8""#
        case .xlsx: #"method="xml" encoding="UTF-8" indent="no""#
        }
    }
}

extension TemplateFolder {
    /// A stylesheet that imports ours, and after it those of the layers: what is imported later
    /// takes precedence.
    func layeredStylesheet(_ document: ReportDocument, of report: String) -> String {
        let others = layers.flatMap { layer in
            ["common", report].map { "\(layer)/\($0)/\(document.stylesheet)" }
        }
        let files =
            [stylesheet(document.stylesheet, of: report)]
            + others.filter { FileManager.default.fileExists(atPath: $0) }
        let imports = files.map { file in
            "  <xsl:import href=\"\(TemplateFolder.uri(TemplateFolder.real(file) ?? file))\"/>"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common"
                xmlns:m="urn:aidledger:messages:1"
                exclude-result-prefixes="exsl m">
            \(imports.joined(separator: "\n"))
              <xsl:output \(document.output)/>
            \(messages())</xsl:stylesheet>

            """
    }

    /// One catalogue of all: a layer's message takes the place of those of its id beneath.
    private func messages() -> String {
        let found = layers.enumerated().reversed().compactMap { index, layer in
            messages(of: layer).map { (name: "layer\(index + 1)", select: $0) }
        }
        if found.isEmpty { return "" }
        var copies: [String] = []
        var above: [String] = []
        for messages in found.map({ "$\($0.name)" }) + ["$catalogue/m:message"] {
            let isAbove = above.map { "[not(@id = \($0)/@id)]" }.joined()
            copies.append("      <xsl:copy-of select=\"\(messages)\(isAbove)\"/>\n")
            above.append(messages)
        }
        let variables = found.map {
            "  <xsl:variable name=\"\($0.name)\" select=\"\($0.select)\"/>\n"
        }
        return """
            \(variables.joined())  <xsl:variable name="merged">
                <m:messages>
            \(copies.joined())    </m:messages>
              </xsl:variable>
              <xsl:variable name="messages" select="exsl:node-set($merged)/m:messages"/>

            """
    }

    /// The expression for the messages of a layer in the report's language; nil where it has none.
    private func messages(of layer: String) -> String? {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(layer)/l10n")) ?? []
        let languages = files.filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }
            .filter(isLanguage).sorted()
        let catalogues = languages.map { language in
            "document('\(TemplateFolder.uri("\(layer)/l10n/\(language).xml"))')"
                + "[$language = '\(language)']/m:messages/m:message"
        }
        return catalogues.isEmpty ? nil : catalogues.joined(separator: " | ")
    }

    private func isLanguage(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0 == UInt8(ascii: "-") || TemplateFolder.isAlphanumeric($0) }
    }

    /// A path as a URI that can stand in quotation marks of either kind.
    private static func uri(_ path: String) -> String {
        let plain = Set("/-_.~".utf8)
        let escaped = path.utf8.map { byte in
            plain.contains(byte) || isAlphanumeric(byte)
                ? String(UnicodeScalar(byte)) : String(format: "%%%02X", Int(byte))
        }
        return "file://" + escaped.joined()
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }
}

extension ReportDrawing {
    /// The stylesheet that makes a document of a report, for programs like `xsltproc`: it imports
    /// ours and those of the folders laid over them.
    /// - Throws: `ReportError`, `DeclarationError`.
    package func stylesheet(_ document: ReportDocument, of name: String) throws -> [UInt8] {
        Array(templates.layeredStylesheet(document, of: try definition(name).name).utf8)
    }

    /// What a report's stylesheet makes of its XML. Where folders are laid over our templates, by
    /// another process.
    /// - Throws: `ReportError.template`, `StylesheetProcess.Failure`, and where there is no
    ///   temporary folder.
    func document(
        _ document: ReportDocument, _ xml: [UInt8], of name: String,
        _ library: StylesheetLibrary? = nil
    ) throws -> [UInt8] {
        guard !templates.layers.isEmpty, let process else {
            return try (library ?? stylesheets()).transform(
                xml, by: templates.stylesheet(document.stylesheet, of: name))
        }
        let parts = templates.layers.flatMap { layer in
            ["common", "l10n", name].compactMap { TemplateFolder.real("\(layer)/\($0)") }
                .filter { $0.hasPrefix("\(layer)/") }
        }
        return try process.transform(
            xml, by: Array(templates.layeredStylesheet(document, of: name).utf8),
            folders: [templates.path] + parts, isPage: document == .html)
    }
}
