package import AidRecords

/// What a report is, for those who choose one.
package struct ReportDescription: Sendable {
    package struct Parameter: Sendable {
        package let id: String
        /// `count`, `fen` or `percent` (basis points).
        package let type: String
        package let standard: Int64
        package let title: Words
    }

    package struct Section: Sendable {
        package let id: String
        package let tables: [String]
    }

    package let name: String
    package let scope: ReportScope.Kind
    package let title: Words
    package let about: Words
    package let audience: Words
    package let parameters: [Parameter]
    package let uses: Set<ReportUse>
    package let sections: [Section]
}
