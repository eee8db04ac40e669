package import AidRecords
package import TransparencyLog

/// A key that a department has had put on the ledger (`key.registered`).
package struct RegisteredKey: Hashable, Sendable {
    /// The entry that says so.
    package let seq: Int64
    /// A code of the list `department`.
    package let holder: String
    package let key: VerifierKey
    /// The first day on which it counts.
    package let validFrom: CivilDate

    package init(seq: Int64, holder: String, key: VerifierKey, validFrom: CivilDate) {
        self.seq = seq
        self.holder = holder
        self.key = key
        self.validFrom = validFrom
    }
}
