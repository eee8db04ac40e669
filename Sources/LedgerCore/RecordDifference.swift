package import AidRecords
internal import Foundation
internal import TransparencyLog

/// Tells in words how a record differs from the one that the ledger holds under its key.
package enum RecordDifference {
    private static let mostNamed = 8

    /// Both versions of each member that differs; nothing of what is sealed is shown.
    /// - Parameter particulars: of persons, that were not in force when it was recorded.
    package static func describe(
        recorded: [UInt8], sent: PreparedRecord, particulars: [String]
    ) -> String {
        let sentBytes = LeafHash.beforeFirst.withUnsafeBytes { prev in
            sent.entryBytes(at: Array("1970-01-01T00:00:00Z".utf8), prev: prev, seq: 0)
        }
        guard let old = members(recorded), let new = members(sentBytes) else { return "unreadable" }
        let ignored: Set = ["/at", "/prev", "/seq", "/v"]
        let names = Set(old.keys).union(new.keys).subtracting(ignored)
            .filter { old[$0] != new[$0] }
            .sorted { rank($0) < rank($1) }
        guard !names.isEmpty else {
            return "other particulars of a person: \(particulars.joined(separator: ", "))"
        }
        let told = names.prefix(mostNamed).map { name in
            "\(name): \(shown(old[name])) on the ledger, \(shown(new[name])) sent"
        }
        return told.joined(separator: "; ") + (names.count > mostNamed ? "; …" : "")
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

    /// Every value of a JSON object that is not itself an object or list, by its JSON Pointer.
    private static func members(_ bytes: [UInt8]) -> [String: String]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) else { return nil }
        var result: [String: String] = [:]
        collect(object, "", &result)
        return result
    }

    private static func collect(_ value: Any, _ path: String, _ result: inout [String: String]) {
        if let object = value as? [String: Any] {
            for (name, member) in object { collect(member, "\(path)/\(name)", &result) }
        } else if let list = value as? [Any] {
            for (index, item) in list.enumerated() { collect(item, "\(path)/\(index)", &result) }
        } else {
            result[path] = "\(value)"
        }
    }
}
