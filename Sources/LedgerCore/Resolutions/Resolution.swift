package import AidRecords

/// What the coordination mechanism decided, as far as departments sign it: `ledger/FORMAT.md`,
/// Resolutions.
package struct Resolution: Hashable, Sendable {
    /// The ledger's.
    package let origin: String
    /// GB/T 2260.
    package let area: String
    package let body: String
    package let number: String
    package let docNo: String?
    package let heldOn: CivilDate
    /// Codes of the departments that took part.
    package let departments: [String]
    /// SHA-256 of each attachment, 64 hex digits.
    package let attachments: [String]
    package let items: [Item]

    /// What was decided of one person and one benefit year.
    package struct Item: Hashable, Sendable {
        /// A pseudonym.
        package let person: String
        package let year: Int
        package let capFen: Int64
        package let approvedYearTotalFen: Int64

        package init(person: String, year: Int, capFen: Int64, approvedYearTotalFen: Int64) {
            self.person = person
            self.year = year
            self.capFen = capFen
            self.approvedYearTotalFen = approvedYearTotalFen
        }
    }

    package init(
        origin: String, area: String, body: String, number: String, docNo: String?,
        heldOn: CivilDate, departments: [String], attachments: [String], items: [Item]
    ) {
        self.origin = origin
        self.area = area
        self.body = body
        self.number = number
        self.docNo = docNo
        self.heldOn = heldOn
        self.departments = departments
        self.attachments = attachments
        self.items = items
    }

    /// The departments that took part, each once.
    package var participants: [String] {
        var seen: Set<String> = []
        return departments.filter { seen.insert($0).inserted }
    }
}
