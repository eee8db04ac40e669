/// A drawn report beside the same report drawn again.
package struct FigureComparison: Sendable {
    /// A figure that is not what it was.
    package struct Difference: Hashable, Sendable {
        package let id: String
        /// Nil where the row is not in the one or the other.
        package let stated: DrawnReport.Figure?
        package let found: DrawnReport.Figure?

        package var text: String {
            switch (stated, found) {
            case (let stated?, let found?):
                let changes = zip(stated.cells, found.cells).filter { $0 != $1 }
                    .map { "\($0), now \($1)" }
                let records =
                    stated.recordSet == found.recordSet
                    ? [] : ["other records: \(stated.entries) entries, now \(found.entries)"]
                return "\(id): \((changes + records).joined(separator: "; "))"
            case (_?, nil): return "\(id): the ledger gives no such row"
            case (nil, _): return "\(id): the report lacks this row"
            }
        }
    }

    /// How many figures the report states.
    package let count: Int
    package let differences: [Difference]
    /// Files that it was drawn with, and that are not the same now.
    package let sources: [String]

    package var stands: Bool { differences.isEmpty }

    /// - Parameter found: the report drawn again; as a whole, where a page of an annex is stated.
    package init(_ stated: DrawnReport, _ found: DrawnReport) {
        if let page = stated.page {
            let again = found.figures.first { $0.id == page.id }
            count = Int(page.entries)
            differences =
                again == page ? [] : [Difference(id: page.id, stated: page, found: again)]
            sources = []
            return
        }
        count = stated.figures.count
        let known = Dictionary(
            found.figures.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ids = Set(stated.figures.map(\.id))
        differences =
            stated.figures.filter { known[$0.id] != $0 }
            .map { Difference(id: $0.id, stated: $0, found: known[$0.id]) }
            + found.figures.filter { !ids.contains($0.id) }
            .map { Difference(id: $0.id, stated: nil, found: $0) }
        sources = Set(stated.sources.keys).union(found.sources.keys).sorted().filter {
            stated.sources[$0] != found.sources[$0]
        }
    }
}
