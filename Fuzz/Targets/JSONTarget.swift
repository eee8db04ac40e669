internal import AidRecords

/// The parser of intake against Foundation's.
enum JSONTarget {
    static func check(_ text: UnsafeBufferPointer<UInt8>) throws {
        var tape = JSONTape()
        let other = JSONValue.reading(text)
        do {
            try tape.parse(text)
        } catch {
            guard other != nil else { return }
            return try require(
                isRefusedOnPurpose(error, text, at: tape.offset),
                "\(error) at byte \(tape.offset), but Foundation reads it")
        }
        guard let own = try TapeWalk(tape: tape, text: text).value(0) else { return }
        guard let other else {
            return try require(own.holds(.inexact), "accepted, but Foundation finds no JSON")
        }
        try require(own.isSame(as: other), "\(own) is what Foundation reads as \(other)")
        guard own.hasPlainNames else { return }
        let isCanonical = other.canonical.map { $0.elementsEqual(text) } ?? false
        try require(
            tape.isCanonical == isCanonical, "\(isCanonical ? "canonical" : "not canonical")")
    }

    /// Where we are stricter than JSON, and where Foundation is laxer.
    private static func isRefusedOnPurpose(
        _ fault: JSONFault, _ text: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> Bool {
        switch fault {
        case .nullCharacter, .tooDeep: true
        // Foundation skips a byte-order mark and takes UTF-16 and UTF-32 too.
        case _ where text.starts(with: [0xEF, 0xBB, 0xBF]) || text.contains(0): true
        case _ where text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]): true
        // It also takes a comma before the end of an object or a list.
        case .unexpectedByte(UInt8(ascii: "}")), .unexpectedByte(UInt8(ascii: "]")):
            text[..<offset].last { !isSpace($0) } == UInt8(ascii: ",")
        default: false
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
}

/// Makes a value of a tape.
private struct TapeWalk {
    let tape: JSONTape
    let text: UnsafeBufferPointer<UInt8>

    /// - Returns: nil where an object has names that are the same to Foundation.
    func value(_ index: Int) throws(Violation) -> JSONValue? {
        let node = tape.nodes[index]
        try require(
            0 <= node.start && node.start <= node.end && node.end <= text.count,
            "node \(index) does not lie in the text")
        switch node.kind {
        case .string: return .string(tape.string(index, in: text))
        case .integer: return .integer(node.value)
        case .number: return .inexact
        case .yes: return .flag(true)
        case .no: return .flag(false)
        case .null: return .null
        case .array:
            var items: [JSONValue] = []
            var child = index + 1
            for _ in 0..<node.value {
                guard let item = try value(child) else { return nil }
                items.append(item)
                child = Int(tape.nodes[child].next)
            }
            try require(child == Int(node.next), "list \(index) ends elsewhere")
            return .array(items)
        case .object: return try object(index)
        }
    }

    private func object(_ index: Int) throws(Violation) -> JSONValue? {
        let node = tape.nodes[index]
        var members: [String: JSONValue] = [:]
        var key = index + 1
        for _ in 0..<node.value {
            let member = Int(tape.nodes[key].next)
            guard let value = try value(member),
                members.updateValue(value, forKey: tape.string(key, in: text)) == nil
            else { return nil }
            key = Int(tape.nodes[member].next)
        }
        try require(key == Int(node.next), "object \(index) ends elsewhere")
        return .object(members)
    }
}

extension JSONValue {
    fileprivate func holds(_ value: JSONValue) -> Bool {
        switch self {
        case .array(let items): items.contains { $0.holds(value) }
        case .object(let members): members.values.contains { $0.holds(value) }
        default: self == value
        }
    }

    /// Names of members in entries are ASCII without escapes, and only of those does the tape
    /// tell the order.
    fileprivate var hasPlainNames: Bool {
        switch self {
        case .array(let items): items.allSatisfy(\.hasPlainNames)
        case .object(let members):
            members.allSatisfy { name, value in
                value.hasPlainNames
                    && name.utf8.allSatisfy {
                        (0x20..<0x80).contains($0) && $0 != 0x22 && $0 != 0x5C
                    }
            }
        default: true
        }
    }
}
