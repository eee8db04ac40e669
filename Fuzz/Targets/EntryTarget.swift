internal import AidRecords
internal import TransparencyLog

/// The reader of entries: what it accepts is in canonical form, and rows say what the bytes say.
enum EntryTarget {
    /// - Returns: whether the bytes were accepted.
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        try check(bytes, Checkout.catalogue)
    }

    /// Checks bytes that must be an entry.
    static func check(accepted bytes: [UInt8], _ catalogue: KindCatalogue) throws(Violation) {
        do {
            let isRead = try bytes.withUnsafeBufferPointer { try check($0, catalogue) }
            try require(isRead, "refused")
        } catch {
            throw Violation("\(error): \(bytes.shown)")
        }
    }

    private static func check(
        _ bytes: UnsafeBufferPointer<UInt8>, _ catalogue: KindCatalogue
    ) throws -> Bool {
        var reader = EntryReader(catalogue: catalogue)
        var envelope = EntryReader(catalogue: catalogue)
        let isEnvelope = (try? envelope.readEnvelope(bytes)) != nil
        guard (try? reader.read(bytes)) != nil else { return false }
        // Whoever follows the chain sees whether `prev` is a hash; the reader does not look.
        let prev = String(decoding: reader.entry.prev(in: bytes), as: UTF8.self)
        guard Hex.decode(prev.utf8) != nil else { return true }
        let value = try require(JSONValue.reading(bytes), "an entry, and no JSON to Foundation")
        let canonical = try require(value.canonical, "an entry with an inexact number")
        try require(canonical.elementsEqual(bytes), "canonical is \(canonical.shown)")
        try require(
            value["prev"] == .string(prev)
                && value["kind"] == reader.entry.kind.map { .string($0.name) },
            "prev or kind is another")
        try checkEnvelope(reader.entry, bytes, value)
        try require(isEnvelope, "an entry, and no envelope")
        try checkEnvelope(envelope.entry, bytes, value)
        let body = value["body"]?.canonical
        try require(body?.elementsEqual(bytes[reader.entry.body]) == true, "body is another")
        try require(
            envelope.entry.isFoundation == reader.entry.isFoundation, "another entry 0")
        try Columns(reader.entry, bytes, catalogue).check(against: value)
        return true
    }

    private static func checkEnvelope(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>, _ value: JSONValue
    ) throws(Violation) {
        try require(
            value["seq"] == .integer(entry.seq)
                && value["source"]?.isSame(as: .string(entry.source(in: bytes))) == true
                && value["id"]?.isSame(as: .string(entry.id(in: bytes))) == true
                && value["at"] == .string(entry.at.description),
            "seq, source, id or at is another")
    }
}

/// The cells of an entry's rows, as texts and numbers.
private struct Columns {
    private var texts: [String] = []
    private var numbers: [Int64] = []
    private let commitments: [String]

    init(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>,
        _ catalogue: KindCatalogue
    ) throws(Violation) {
        commitments =
            entry.kind?.body.fields.compactMap {
                if case .commitments = $0.type { $0.name } else { nil }
            } ?? []
        for row in entry.rows {
            try require(
                row.columns.count == catalogue.tables[row.table].columns.count,
                "a row is not as wide as its table")
            for column in row.columns {
                if case .integer(let number) = entry.values[column] { numbers.append(number) }
                let text = entry.withText(entry.values[column], bytes) {
                    String(decoding: $0, as: UTF8.self)
                }
                if let text { texts.append(text) }
            }
        }
    }

    /// Every text of an entry is in one cell and no cell holds another; every number is in a
    /// cell, beside the days and moments that are reckoned from texts.
    func check(against value: JSONValue) throws(Violation) {
        var (texts, numbers): ([String], [Int64]) = ([], [])
        value.collect(&texts, &numbers, without: ["kind", "prev", "seq", "v"])
        if let body = value["body"] {
            for name in commitments { body[name]?.remove(from: &texts) }
        }
        try require(
            texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
                == self.texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) },
            "the columns hold \(self.texts) and not \(texts)")
        var cells = self.numbers
        for number in numbers {
            let place = try require(cells.firstIndex(of: number), "\(number) is in no column")
            cells.remove(at: place)
        }
    }
}

extension JSONValue {
    fileprivate func collect(
        _ texts: inout [String], _ numbers: inout [Int64], without names: Set<String> = []
    ) {
        switch self {
        case .string(let text): texts.append(text)
        case .integer(let number): numbers.append(number)
        case .flag(let value): numbers.append(value ? 1 : 0)
        case .array(let items): for item in items { item.collect(&texts, &numbers) }
        case .object(let members):
            for (name, value) in members where !names.contains(name) {
                value.collect(&texts, &numbers)
            }
        case .null, .inexact: break
        }
    }

    fileprivate func remove(from texts: inout [String]) {
        var (own, numbers): ([String], [Int64]) = ([], [])
        collect(&own, &numbers)
        for text in own {
            if let place = texts.firstIndex(of: text) { texts.remove(at: place) }
        }
    }
}
