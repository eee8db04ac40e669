internal import AidRecords

extension LedgerReader {
    /// Whether a case with this number was opened, and its opening was not reversed.
    package func hasCase(_ number: String) throws -> Bool {
        try read { database in
            var isFound = false
            try LiveRows(database).forEach(of: "case_opened", ["case"]) {
                isFound = isFound || $0.text(0) == number
            }
            return isFound
        }
    }
}
