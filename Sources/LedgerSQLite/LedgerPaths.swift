/// The files that make up a ledger: `ledger/FORMAT.md`.
package struct LedgerPaths: Hashable, Sendable {
    package let ledger: String
    /// Where the keys are: `--keys DIR`, else beside the ledger.
    package let keys: String

    package init(ledger: String, keys: String? = nil) {
        self.ledger = ledger
        self.keys = keys ?? "\(ledger).keys"
    }

    package var vault: String { "\(ledger).vault" }
    package var verifierKey: String { "\(ledger).vkey" }
    package var lock: String { "\(ledger).lock" }
}
