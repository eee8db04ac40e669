/// What keeps a report from being drawn.
package enum ReportError: Error, Hashable, Sendable {
    case unknownReport(String, known: [String])
    /// A file of the templates is not there or cannot be read.
    case missingFile(String)
    /// - Parameter path: with the line, where it is known.
    case query(path: String, message: String)
    /// A folder laid over the templates, or a file of it, that cannot be used.
    case layer(String, String)
    /// A fact that `report.yaml` has no place for.
    case fact(table: String, message: String)
    /// What libxslt or libxml2 said: file, line and message.
    case template(String)
    /// The XML is not valid against the schema: a mistake in the report or in the engine.
    case invalidXML(String)
    /// A file that was given as a drawn report is none.
    case notAReport(String)
    case unknownRow(String, table: String?)
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownReport(let name, let known):
            "there is no report \(name); known are: \(known.joined(separator: ", "))"
        case .missingFile(let path): "\(path) is missing or cannot be read"
        case .query(let path, let message), .layer(let path, let message): "\(path): \(message)"
        case .fact(let table, let message): "table \(table): \(message)"
        case .template(let message): "the template failed: \(message)"
        case .invalidXML(let message): "the report's XML is not valid: \(message)"
        case .notAReport(let message):
            "this is no report's XML (`aidledger report … --format xml` writes it): \(message)"
        case .unknownRow(let row, let table?):
            "table \(table) has no row \(row); a row's id stands in the XML, as `id`"
        case .unknownRow(let row, nil):
            "the report has no table that \(row) is a row of; a row's id stands in the XML, as `id`"
        }
    }
}
