internal import AidRecords
internal import TransparencyLog

/// Makes records of lines, also of those of a rejects file: there the record stands in the
/// member `record`, beside `rejected`, which says what was wrong with it.
struct RejectedLineReader {
    private var tape = JSONTape()

    /// - Parameter text: a line, in UTF-8.
    mutating func record(_ text: [UInt8], line: Int) -> InputRecord {
        guard RejectedLineReader.mayBeRejected(text) else {
            return InputRecord(line: line, json: text, source: text)
        }
        return text.withUnsafeBufferPointer { rejected($0, text, line: line) }
    }

    /// No record has a member of these names, so records are told from rejected ones by the
    /// first few bytes. A tool that sorts members puts `record` first.
    private static func mayBeRejected(_ text: [UInt8]) -> Bool {
        var rest = text[...].drop(while: isSpace)
        guard rest.popFirst() == UInt8(ascii: "{") else { return false }
        rest = rest.drop(while: isSpace)
        return rest.starts(with: #""rejected""#.utf8) || rest.starts(with: #""record""#.utf8)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private mutating func rejected(
        _ buffer: UnsafeBufferPointer<UInt8>, _ text: [UInt8], line: Int
    ) -> InputRecord {
        func refuse(_ reason: String, source: [UInt8]?) -> InputRecord {
            InputRecord(
                line: line, issue: RecordIssue(path: "", reason: reason), source: source)
        }
        guard (try? tape.parse(buffer)) != nil, let members = members(buffer),
            members["rejected"] != nil
        else {
            // Whatever it is, the validator says it best.
            return InputRecord(line: line, json: text, source: text)
        }
        for name in members.keys where !RejectsWriter.members.contains(name) {
            return refuse("a rejected line has no member `\(name.prefix(40))`", source: text)
        }
        guard let record = members["record"] else {
            return refuse(
                "the rejected line holds no record: mend its text into the member `record`, "
                    + "as a JSON object",
                source: rejectedText(members, buffer))
        }
        guard tape.nodes[record].kind == .object else {
            return refuse("`record` of a rejected line must be a JSON object", source: text)
        }
        let node = tape.nodes[record]
        let json = Array(text[Int(node.start)..<Int(node.end)])
        return InputRecord(line: line, json: json, source: json)
    }

    /// The index of each member's value; nil where a name stands twice.
    private func members(_ text: UnsafeBufferPointer<UInt8>) -> [String: Int]? {
        var members: [String: Int] = [:]
        var key = 1
        for _ in 0..<tape.nodes[0].value {
            let value = Int(tape.nodes[key].next)
            guard members.updateValue(value, forKey: tape.string(key, in: text)) == nil else {
                return nil
            }
            key = Int(tape.nodes[value].next)
        }
        return members
    }

    /// What was rejected first, so that it does not get wrapped once more with each attempt.
    private func rejectedText(
        _ members: [String: Int], _ text: UnsafeBufferPointer<UInt8>
    ) -> [UInt8]? {
        if let node = members["text"], tape.nodes[node].kind == .string {
            return Array(tape.string(node, in: text).utf8)
        }
        if let node = members["base64"], tape.nodes[node].kind == .string {
            return Base64.decode(tape.string(node, in: text).utf8)
        }
        return nil
    }
}
