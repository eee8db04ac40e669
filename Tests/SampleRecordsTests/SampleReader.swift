import Foundation
import SampleRecords
import Testing

/// A sample's records, parsed by somebody else's JSON reader.
struct SampleReader {
    let records: [ParsedRecord]

    init(entries: Int, seed: UInt64) throws {
        try self.init(Plan(entries: entries, seed: seed))
    }

    init(_ plan: Plan) throws {
        records = try Self.lines(plan).map(ParsedRecord.init)
    }

    static func lines(entries: Int, seed: UInt64) -> [[UInt8]] {
        lines(Plan(entries: entries, seed: seed))
    }

    private static func lines(_ plan: Plan) -> [[UInt8]] {
        var generator = SampleGenerator(plan: plan)
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        while generator.next(into: &line) {
            lines.append(line)
            line.removeAll()
        }
        return lines
    }

    /// The sample that most tests read; made once.
    static let shared = Result { try SampleReader(entries: 20_000, seed: 11) }

    func of(kind: String) -> [ParsedRecord] { records.filter { $0.kind == kind } }
}

struct ParsedRecord: @unchecked Sendable {
    // JSONSerialization's values are never changed after parsing.
    let members: [String: Any]
    let kind: String
    let source: String
    let id: String
    let area: String
    let occurredOn: String
    let body: [String: Any]

    init(_ line: [UInt8]) throws {
        let object = try JSONSerialization.jsonObject(with: Data(line))
        members = try #require(object as? [String: Any])
        kind = try #require(members["kind"] as? String)
        source = try #require(members["source"] as? String)
        id = try #require(members["id"] as? String)
        area = try #require(members["area"] as? String)
        occurredOn = try #require(members["occurredOn"] as? String)
        body = try #require(members["body"] as? [String: Any])
    }

    var key: Key { Key(source: source, id: id) }
    var year: String { String(occurredOn.prefix(4)) }

    func fen(_ name: String) -> Int { body[name] as? Int ?? 0 }
    func text(_ name: String) -> String { body[name] as? String ?? "" }
    func reference(_ name: String) -> Key? { Key(body[name]) }
}

/// What names a record.
struct Key: Hashable {
    let source: String
    let id: String

    init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    init?(_ value: Any?) {
        guard let object = value as? [String: Any], object.count == 2,
            let source = object["source"] as? String, let id = object["id"] as? String
        else { return nil }
        self.init(source: source, id: id)
    }
}

/// FNV-1a, to compare samples without keeping them.
func fingerprint(of lines: [[UInt8]]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for line in lines {
        for byte in line { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return hash
}
