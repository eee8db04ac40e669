internal import Foundation

/// An input record of a resolution, as somebody sent it.
package enum ResolutionRecordText {
    /// The JSON object alone: without the mark that some editors put at the beginning, and without
    /// line ends at the end.
    package static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while let last = rest.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) {
            rest = rest.dropLast()
        }
        return Array(rest)
    }

    /// The same record with these signatures, as one line of JSON.
    /// - Parameters:
    ///   - record: a record that has been validated.
    ///   - signatures: one for each of its departments; nil leaves a department without.
    /// - Returns: nil where the record is not what it was validated to be.
    package static func adding(_ signatures: [String?], to record: [UInt8]) -> [UInt8]? {
        guard
            var object = try? JSONSerialization.jsonObject(with: Data(record)) as? [String: Any],
            var body = object["body"] as? [String: Any],
            var departments = body["departments"] as? [[String: Any]],
            departments.count == signatures.count
        else { return nil }
        for (place, signature) in signatures.enumerated() {
            departments[place]["signature"] = signature
        }
        body["departments"] = departments
        object["body"] = body
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: options)
        else { return nil }
        return Array(data) + [UInt8(ascii: "\n")]
    }
}
