/// What keeps a report from being drawn.
package enum ReportError: Error, Hashable, Sendable {
    case unknownReport(String, known: [String])
    case template(path: String, message: String)
    case query(path: String, message: String)
    case invalidXML(String)
    case declaration(String)
}
