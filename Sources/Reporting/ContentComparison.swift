/// All that a drawn report says beside what the same report says when it is drawn again: its words
/// and charts too, and whether anything stands in it twice.
package struct ContentComparison: Sendable {
    package struct Difference: Hashable, Sendable {
        /// A cell by its row and column, a row by its id.
        package let element: String
        package let text: String

        init(_ element: String, _ change: String) {
            self.element = element
            text = "\(element): \(change)"
        }
    }

    /// What is not as it is drawn again.
    package let differences: [Difference]

    /// - Parameters: lines of `common/contents.xsl`.
    init(_ stated: [String], _ found: [String]) {
        let lost = ContentComparison.elements(of: stated, without: found)
        let new = ContentComparison.elements(of: found, without: stated)
        var differences: [Difference] = []
        for name in lost.names + new.names.filter({ lost.attributes[$0] == nil }) {
            let before = lost.attributes[name, default: []]
            let after = new.attributes[name, default: []]
            for (one, other) in zip(before, after) {
                let changed = zip(
                    one.filter { !other.contains($0) }, other.filter { !one.contains($0) })
                let words = changed.map { "\($0), now \($1)" }
                differences.append(
                    Difference(
                        name, words.isEmpty ? "other parts" : words.joined(separator: "; ")))
            }
            if before.count > after.count {
                differences.append(
                    Difference(name, "the ledger gives no such thing, or not as often"))
            } else if before.count < after.count {
                differences.append(Difference(name, "the report lacks it"))
            }
        }
        if differences.isEmpty, stated != found {
            differences = [Difference("report", "its parts stand in another order")]
        }
        self.differences = differences
    }

    /// The elements that are in the one and not, or not as often, in the other: by name what
    /// attributes they have.
    private static func elements(
        of lines: [String], without others: [String]
    ) -> (names: [String], attributes: [String: [[Substring]]]) {
        var left: [String: Int] = [:]
        for line in others { left[line, default: 0] += 1 }
        var names: [String] = []
        var attributes: [String: [[Substring]]] = [:]
        for line in lines {
            if let count = left[line], count > 0 {
                left[line] = count - 1
                continue
            }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let name = String(fields[0])
            if attributes[name] == nil { names.append(name) }
            attributes[name, default: []].append(Array(fields.dropFirst()))
        }
        return (names, attributes)
    }
}

extension ReportDrawing {
    /// Compares a report, or a page of one, with the same drawn again.
    /// - Parameter library: ours, which keeps what it has read for the next one.
    /// - Throws: `ReportError`.
    package func comparison(
        of stated: [UInt8], with found: [UInt8], _ library: StylesheetLibrary
    ) throws -> ContentComparison {
        ContentComparison(try contents(stated, library), try contents(found, library))
    }

    private func contents(_ xml: [UInt8], _ library: StylesheetLibrary) throws -> [String] {
        let lines = try library.transform(xml, by: "\(templates.path)/common/contents.xsl")
        return String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
