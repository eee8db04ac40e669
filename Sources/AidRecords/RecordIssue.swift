/// One thing that is wrong with a record.
package struct RecordIssue: Hashable, Sendable {
    /// Where: a JSON Pointer (RFC 6901) into the record; empty for the record as a whole.
    package let path: String
    package let reason: String
    /// The offending value as it stands, cut to 40 characters, masked where it is personal.
    package let value: String?

    package init(path: String, reason: String, value: String? = nil) {
        self.path = path
        self.reason = reason
        self.value = value
    }
}

extension RecordIssue: CustomStringConvertible {
    package var description: String {
        let place = path.isEmpty ? "" : "\(path): "
        return place + reason + (value.map { ", not \($0)" } ?? "")
    }
}
