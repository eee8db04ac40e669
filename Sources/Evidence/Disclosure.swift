internal import AidRecords
internal import Crypto
internal import Foundation
internal import TransparencyLog

/// A sealed field that is shown, with the salt by which its commitment confirms it:
/// `ledger/FORMAT.md`, Commitments.
package struct Disclosure: Hashable, Sendable {
    /// The entry that holds the commitment.
    package let seq: Int64
    /// Where it stands in the entry's body, like `summary` or `commitments/name`.
    package let path: String
    /// The field that the commitment is to.
    package let field: String
    /// Hex.
    package let salt: String
    package let value: String

    package init(seq: Int64, path: String, field: String, salt: String, value: String) {
        self.seq = seq
        self.path = path
        self.field = field
        self.salt = salt
        self.value = value
    }

    /// The commitment that this field, salt and value have, in hex.
    package var commitment: String {
        let statement = CanonicalValue.array(
            ["aidledger/1", field, salt, value].map(CanonicalValue.string))
        return Hex.encode(SHA256.hash(data: statement.canonicalBytes))
    }

    /// Whether the entry commits itself to just this.
    package func isConfirmed(by entry: [UInt8]) -> Bool {
        // Only where texts or particulars are sealed do digests stand for them.
        guard path == field || path == "commitments/\(field)",
            Disclosure.text(at: "sealed", ofBody: entry) != nil, field != "sealed"
        else { return false }
        return Disclosure.text(at: path, ofBody: entry) == commitment
    }

    /// The text at a path like `departments/0/signatory` in an entry's body.
    package static func text(at path: String, ofBody entry: [UInt8]) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(entry)) as? [String: Any]
        var place: Any? = object?["body"]
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            if let list = place as? [Any], let index = Int(part), list.indices.contains(index) {
                place = list[index]
            } else {
                place = (place as? [String: Any])?[String(part)]
            }
        }
        return place as? String
    }

    // MARK: As a file has it

    var canonicalValue: CanonicalValue {
        .object([
            "entry": .integer(seq), "field": .string(field), "path": .string(path),
            "salt": .string(salt), "value": .string(value),
        ])
    }
}
