package import AidRecords
internal import Foundation
internal import TransparencyLog

/// Tells how two records differ: in words, the one that was sent from the one that the ledger
/// holds under its key; member by member, two versions of an entry.
package enum RecordDifference {
    private static let mostNamed = 8

    /// A member that two versions do not share.
    package struct Member: Hashable, Sendable {
        /// Its JSON Pointer (RFC 6901).
        package let path: String
        /// Its value as text; nil where a version has no such member.
        package let here: String?
        package let there: String?
    }

    /// Every value that differs, what is near the top first.
    ///
    /// What only the place in a ledger gives an entry is not compared; when it was recorded is.
    /// - Returns: nil where one of them is no JSON object.
    package static func members(_ here: [UInt8], _ there: [UInt8]) -> [Member]? {
        guard let one = values(here), let other = values(there) else { return nil }
        return Set(one.keys).union(other.keys).subtracting(["/prev", "/seq"])
            .filter { one[$0] != other[$0] }
            .sorted { rank($0) < rank($1) }
            .map { Member(path: $0, here: one[$0], there: other[$0]) }
    }

    /// Both versions of each member that differs; nothing of what is sealed is shown.
    /// - Parameter particulars: of persons, that were not in force when it was recorded.
    package static func describe(
        recorded: [UInt8], sent: PreparedRecord, particulars: [String]
    ) -> String {
        let sentBytes = LeafHash.beforeFirst.withUnsafeBytes { prev in
            sent.entryBytes(at: Array("1970-01-01T00:00:00Z".utf8), prev: prev, seq: 0)
        }
        guard let members = members(recorded, sentBytes) else { return "unreadable" }
        let differing = members.filter { $0.path != "/at" && $0.path != "/v" }
        guard !differing.isEmpty else {
            return "other particulars of a person: \(particulars.joined(separator: ", "))"
        }
        let told = differing.prefix(mostNamed).map { member in
            "\(member.path): \(shown(member.here)) on the ledger, \(shown(member.there)) sent"
        }
        return told.joined(separator: "; ") + (differing.count > mostNamed ? "; …" : "")
    }

    /// What is near the top of the record says most.
    private static func rank(_ path: String) -> (Int, String) {
        (path.count { $0 == "/" }, path)
    }

    private static func shown(_ value: String?) -> String {
        guard let value else { return "nothing" }
        if value.utf8.count == 64, Hex.decode(Array(value.utf8)) != nil { return "a hash" }
        return value.contains("??") ? "somebody or something not on the ledger" : value
    }

    /// Every value of a JSON object that holds no other, by its JSON Pointer.
    private static func values(_ bytes: [UInt8]) -> [String: String]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) else { return nil }
        var result: [String: String] = [:]
        collect(object, "", &result)
        return result
    }

    private static func collect(_ value: Any, _ path: String, _ result: inout [String: String]) {
        if let object = value as? [String: Any], !object.isEmpty {
            for (name, member) in object { collect(member, "\(path)/\(name)", &result) }
        } else if let list = value as? [Any], !list.isEmpty {
            for (index, item) in list.enumerated() { collect(item, "\(path)/\(index)", &result) }
        } else {
            result[path] = text(value)
        }
    }

    private static func text(_ value: Any) -> String {
        switch value {
        case is [String: Any]: "{}"
        case is [Any]: "[]"
        default: "\(value)"
        }
    }
}
