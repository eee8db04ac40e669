internal import Crypto
package import LedgerCore
internal import TransparencyLog

/// The name of a finding: `RULE-` and ten hexadecimal digits for what it is about, a point, and six
/// for the entries that it rests on. The same rule on the same entries has the same name in every
/// run.
package struct FindingID: Hashable, Sendable, CustomStringConvertible {
    /// Before the point: the same for the same matter, whatever evidence is added.
    package let matter: String
    /// After the point: the same for the same entries.
    package let evidence: String

    /// - Parameters:
    ///   - rule: the detector's id.
    ///   - key: the values that tell the finding from others of the rule.
    ///   - entries: numbers of entries, in ascending order.
    package init(rule: String, key: [QueryValue], entries: [Int64]) {
        let text = ([rule] + key.map(\.plainText)).joined(separator: "\n")
        matter = "\(rule)-\(FindingID.digits(10, of: text))"
        evidence = FindingID.digits(
            6, of: entries.map(String.init).joined(separator: "\n"))
    }

    /// Reads a name as records hold it; nil where it is none.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        matter = String(parts[0])
        evidence = String(parts[1])
    }

    package var description: String { "\(matter).\(evidence)" }

    private static func digits(_ count: Int, of text: String) -> String {
        String(Hex.encode(SHA256.hash(data: Array(text.utf8))).prefix(count))
    }
}

extension QueryValue {
    /// As decimal or text; null as nothing.
    fileprivate var plainText: String {
        switch self {
        case .null: ""
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }
}
