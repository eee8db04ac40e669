/// What is wrong with the header row of a CSV file, so that no row of it can be read.
package enum CSVHeaderFault: Error, Hashable, Sendable {
    case unreadable(line: Int, reason: String)
    /// Columns that the mapping reads and the file lacks; beside them those it does not know,
    /// which are often the same under another name.
    case missing([String], unknown: [String])
    /// Columns of the file that the mapping names nowhere.
    case unknown([String])
    case duplicate([String])
    /// A column without a name; positions count from 1.
    case unnamed(position: Int)
    /// The line ends are lone carriage returns.
    case carriageReturns
}

extension CSVHeaderFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let line, let reason): "the header row (line \(line)): \(reason)"
        case .missing(let names, let unknown):
            "the header row lacks columns that the mapping reads: \(CSVHeaderFault.list(names))"
                + (unknown.isEmpty
                    ? "" : "; the mapping does not know: \(CSVHeaderFault.list(unknown))")
        case .unknown(let names):
            "the mapping does not know these columns: \(CSVHeaderFault.list(names)); "
                + "map them, or add them to `ignore` in the mapping file"
        case .duplicate(let names):
            "the header row names columns twice: \(CSVHeaderFault.list(names))"
        case .unnamed(let position):
            "column \(position) has no name in the header row; name it or take it out"
        case .carriageReturns:
            "the lines end with carriage returns alone; save the file with LF or CRLF line ends"
        }
    }

    /// Names of columns can be anything, so they are quoted, and cut.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(20).map { "\"\($0.prefix(60))\"" }.joined(separator: ", ")
        return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
    }
}
