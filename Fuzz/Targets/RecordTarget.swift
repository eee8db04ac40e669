internal import AidRecords

/// The reader of records: what it accepts becomes an entry that says the same.
enum RecordTarget {
    static let today = CivilDate(dayNumber: 20_454)  // 2026-01-01

    static func check(_ text: UnsafeBufferPointer<UInt8>) throws {
        if let issues = try check(text, Checkout.catalogue) {
            try require(!issues.isEmpty, "refused without an issue")
        }
    }

    /// - Returns: what is wrong with the record; nil where it is accepted.
    static func check(
        _ text: UnsafeBufferPointer<UInt8>, _ catalogue: KindCatalogue
    ) throws(Violation) -> [RecordIssue]? {
        var reader = RecordReader(catalogue: catalogue)
        let record: PreparedRecord
        switch reader.read(text, today: today) {
        case .refused(let issues): return issues
        case .record(let accepted): record = accepted
        }
        let input = try require(JSONValue.reading(text), "accepted, and no JSON to Foundation")
        let entry = CompletedEntry(record)
        try require(record.isRecorded(as: entry.asGaps), "the entry is not told for the record's")
        let recorded = try require(JSONValue.reading(entry.bytes), "the entry is no JSON")
        try Restatement(entry).check(input, recorded)
        try EntryTarget.check(accepted: entry.bytes, catalogue)
        try checkSpelling(input, record, catalogue)
        return nil
    }

    /// However a record is spelt, it is the same record.
    private static func checkSpelling(
        _ input: JSONValue, _ record: PreparedRecord, _ catalogue: KindCatalogue
    ) throws(Violation) {
        let text = try require(input.canonical, "accepted with an inexact number")
        var reader = RecordReader(catalogue: catalogue)
        let outcome = text.withUnsafeBufferPointer { reader.read($0, today: today) }
        guard case .record(let other) = outcome else {
            throw Violation("refused in canonical form: \(text.shown)")
        }
        let isSame =
            other.bytes == record.bytes && other.persons == record.persons
            && other.accounts == record.accounts && other.texts == record.texts
            && other.pseudonyms == record.pseudonyms
        try require(isSame, "another record in canonical form: \(text.shown)")
    }
}

/// The entry that a record becomes, with stand-ins for what the ledger and the vault would give.
struct CompletedEntry {
    let bytes: [UInt8]
    /// The same with the gaps left as they are.
    let asGaps: [UInt8]
    let standIns: [String: PreparedRecord.Gap]

    init(_ record: PreparedRecord) {
        var record = record
        var standIns: [String: PreparedRecord.Gap] = [:]
        let asGaps = CompletedEntry.entry(record)
        self.asGaps = asGaps
        let mark = CompletedEntry.mark(notIn: asGaps)
        for (number, gap) in record.gaps.enumerated() {
            let text = CompletedEntry.standIn(gap.gap, mark, number)
            record.fill(gap.offset, with: text)
            standIns[text] = gap.gap
        }
        bytes = CompletedEntry.entry(record)
        self.standIns = standIns
    }

    private static func entry(_ record: PreparedRecord) -> [UInt8] {
        let prev = [UInt8](repeating: 0xAB, count: 32)
        return prev.withUnsafeBytes {
            record.entryBytes(at: Array("2026-01-01T00:00:00Z".utf8), prev: $0, seq: 41)
        }
    }

    /// What stand-ins begin with: the search learns what they look like, and sends one as a value.
    private static func mark(notIn entry: [UInt8]) -> String {
        var number = 10_000
        while entry.contains("fade\(number)".utf8) { number += 1 }
        return "fade\(number)"
    }

    private static func standIn(
        _ gap: PreparedRecord.Gap, _ mark: String, _ number: Int
    ) -> String {
        let digits = mark + String(String(number + 1_000_000).reversed())
        let letter: String
        switch gap {
        case .person: letter = "p:"
        case .account: letter = "a:"
        case .commitment, .sealedDigest: letter = ""
        }
        let length = letter.isEmpty ? 64 : 32
        return letter + digits + String(repeating: "0", count: length - digits.count)
    }
}

/// Compares a record with its entry: all that was sent stands there as it was, or as what stands
/// for it, and there is nothing else.
private struct Restatement {
    private var standIns: [String: PreparedRecord.Gap]

    init(_ entry: CompletedEntry) { standIns = entry.standIns }

    private static let added: Set = ["/at", "/prev", "/seq", "/v"]

    func check(_ input: JSONValue, _ entry: JSONValue) throws(Violation) {
        var copy = self
        try copy.compare(input, entry, "")
        try require(copy.standIns.isEmpty, "the entry lacks \(copy.standIns)")
    }

    private mutating func compare(
        _ input: JSONValue, _ entry: JSONValue, _ path: String
    ) throws(Violation) {
        switch (input, entry) {
        case (.object(let input), .object(let entry)): try compare(input, entry, path)
        case (.array(let input), .array(let entry)):
            try require(input.count == entry.count, "\(path) has \(entry.count) items")
            for (index, pair) in zip(input, entry).enumerated() {
                try compare(pair.0, pair.1, "\(path)/\(index)")
            }
        case (_, .string(let text)) where standIns[text] != nil:
            let gap = standIns.removeValue(forKey: text)
            if case .person = gap, case .object = input { return }
            if case .string = input { return }
            throw Violation("\(path) stands for \(input)")
        default: try require(input.isSame(as: entry), "\(path) is \(entry), not \(input)")
        }
    }

    private mutating func compare(
        _ input: [String: JSONValue], _ entry: [String: JSONValue], _ path: String
    ) throws(Violation) {
        for name in input.keys {
            try require(entry[name] != nil, "\(path)/\(name) is not in the entry")
        }
        for (name, value) in entry {
            let inner = "\(path)/\(name)"
            if let sent = input[name] {
                try compare(sent, value, inner)
            } else if inner == "/body/sealed", case .string(let text) = value {
                let gap = standIns.removeValue(forKey: text)
                guard case .sealedDigest = gap else { throw Violation("\(inner) is \(text)") }
            } else {
                try require(Restatement.added.contains(inner), "\(inner) was never sent")
            }
        }
    }
}
