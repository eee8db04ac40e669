import AidRecords
import Foundation
import Testing

/// Vectors of RFC 8785 by its author, those without fractional numbers.
@Suite struct CanonicalJSONTests {
    private func vector(_ name: String, _ folder: String) throws -> [UInt8] {
        let file = Declared.root.appending(path: "Tests/AidRecordsTests/Vectors/\(folder)/\(name)")
        return Array(try Data(contentsOf: file))
    }

    private func value(_ any: Any) throws -> CanonicalValue {
        if let text = any as? String { return .string(text) }
        if let object = any as? [String: Any] { return .object(try object.mapValues(value)) }
        if let list = any as? [Any] { return .array(try list.map(value)) }
        return .integer(try #require(any as? Int64))
    }

    /// `weird.json` and `unicode.json` have names beyond ASCII, which no kind has.
    @Test(arguments: ["french.json", "unicode.json"])
    func stringsAreEscapedAsInTheVectors(_ name: String) throws {
        let input = try JSONSerialization.jsonObject(with: Data(try vector(name, "input")))
        let object = try #require(input as? [String: Any])
        let expected = String(decoding: try vector(name, "output"), as: UTF8.self)
        for text in object.values.compactMap({ $0 as? String }) {
            var bytes: [UInt8] = []
            CanonicalJSON.append(text, to: &bytes)
            #expect(expected.contains(String(decoding: bytes, as: UTF8.self)))
        }
    }

    @Test func structuresAreSortedAsInTheVector() throws {
        // structures.json without its empty name's sibling of a fraction: all whole numbers.
        let input = try vector("structures.json", "input")
        let output = try vector("structures.json", "output")
        let object = try JSONSerialization.jsonObject(with: Data(input))
        #expect(try value(object).canonicalBytes == output)
    }

    @Test func controlCharactersAreEscapedAsECMAScriptDoes() {
        var bytes: [UInt8] = []
        CanonicalJSON.append("\u{8}\t\n\u{c}\r\"\\/\u{1}\u{1f}\u{7f}é€", to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\u{7f}é€\"")
    }

    @Test(arguments: [
        (#"{"a":1,"b":"x"}"#, true), (#"{"b":1,"a":2}"#, false), (#"{"a": 1}"#, false),
        (#"{"a":"\/"}"#, false), (#"{"a":"\u001f"}"#, true), (#"{"a":"\u001F"}"#, false),
        (#"{"a":"\u0041"}"#, false), (#"{"a":"\u000a"}"#, false), (#"{"a":-0}"#, false),
        (#"{"a":9007199254740991}"#, true), (#"{"a":9007199254740992}"#, false),
        (#"{"a":1.0}"#, false), (#"{"a":1,"a":2}"#, false), (#"{"a":[{"x":1},true,null]}"#, true),
    ])
    func parserTellsWhetherATextIsCanonical(_ text: String, _ isCanonical: Bool) throws {
        var tape = JSONTape()
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { try tape.parse($0) }
        #expect(tape.isCanonical == isCanonical)
    }
}
