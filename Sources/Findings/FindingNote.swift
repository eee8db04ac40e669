package import AidRecords

/// What the record says of a finding beside its state, and the entries that say so.
package struct FindingNote: Hashable, Sendable {
    package enum Code: String, CaseIterable, Sendable {
        case excused
        case excusedInPart = "excused-in-part"
        case grantedAfterwards = "granted-afterwards"
        case admitsNoException = "admits-no-exception"
        case rectificationNotAccepted = "rectification-not-accepted"
    }

    package let code: Code
    /// Numbers of entries, in order.
    package let entries: [Int64]

    package init(_ code: Code, _ entries: some Sequence<Int64>) {
        self.code = code
        self.entries = Set(entries).sorted()
    }

    package var words: Words {
        switch code {
        case .excused: Words(zh: "经批准例外", en: "excepted")
        case .excusedInPart:
            Words(zh: "仅部分获批例外，仍未处理", en: "excepted in part only: it stands")
        case .grantedAfterwards:
            Words(zh: "例外系事后批准，不予免除", en: "the exception was granted afterwards: it stands")
        case .admitsNoException:
            Words(
                zh: "有例外批准，但此项不容例外",
                en: "an exception was granted where none is admitted: it stands")
        case .rectificationNotAccepted:
            Words(zh: "已报整改，尚无验收", en: "reported as put right, and not accepted yet")
        }
    }
}
