internal import AidRecords

/// The writer of canonical JSON: what it writes is read back as what it was, and is canonical to
/// the parser and to another writer.
enum CanonicalTarget {
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var source = ByteSource(bytes)
        let value = JSONValue.object(source.members(depth: 1))
        let written = value.declared.canonicalBytes
        try require(value.canonical == written, "\(written.shown) by another writer differs")
        let read = try require(JSONValue.reading(written), "\(written.shown) cannot be read")
        try require(read.isSame(as: value), "\(written.shown) is read as something else")
        var tape = JSONTape()
        try written.withUnsafeBufferPointer { text in
            do {
                try tape.parse(text)
            } catch {
                throw Violation("\(written.shown): \(error)")
            }
        }
        try require(tape.isCanonical, "\(written.shown) is not taken for canonical")
    }
}

extension JSONValue {
    fileprivate var declared: CanonicalValue {
        switch self {
        case .object(let members): .object(members.mapValues(\.declared))
        case .array(let items): .array(items.map(\.declared))
        case .integer(let value): .integer(value)
        case .string(let text): .string(text)
        case .inexact, .flag, .null: preconditionFailure("not made here")
        }
    }
}

/// Makes values of bytes.
private struct ByteSource {
    private var rest: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = bytes[...] }

    private mutating func next() -> UInt8 { rest.popFirst() ?? 0 }

    private mutating func take(_ count: UInt8) -> Slice<UnsafeBufferPointer<UInt8>> {
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    mutating func members(depth: Int) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for _ in 0..<(next() % 8) { members[name()] = value(depth: depth) }
        return members
    }

    /// Letters and digits, as in kinds.
    private mutating func name() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
        return String(
            decoding: take(next() % 8).map { letters[Int($0) % letters.count] }, as: UTF8.self)
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch next() % (depth < JSONTape.maximumDepth ? 4 : 2) {
        case 0: .integer(integer())
        case 1: .string(string())
        case 2: .array((0..<(next() % 8)).map { _ in value(depth: depth + 1) })
        default: .object(members(depth: depth + 1))
        }
    }

    private mutating func integer() -> Int64 {
        let bits = take(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return bits % (JSONValue.greatest + 1)
    }

    /// Without U+0000, which records cannot hold.
    private mutating func string() -> String {
        String(decoding: take(next()).filter { $0 != 0 }, as: UTF8.self)
    }
}
