import AidRecords

/// Where something stands in the tables.
struct CasePlace: Sendable {
    let file: String
    let line: Int

    func wrong(_ reason: String) -> CaseError {
        CaseError(file: file, line: line, reason: reason)
    }
}

/// What is wrong with a table of worked cases.
struct CaseError: Error, CustomStringConvertible {
    let file: String
    let line: Int
    let reason: String

    var description: String { "\(file):\(line): \(reason)" }
}

/// A phrase such as `claim inpatient 2023-03-01..2023-03-09 at=H2 aid=320000`: bare words and
/// `key=value`. What nobody asked for is an error.
struct CasePhrase {
    let place: CasePlace
    private let text: String
    private var words: [String] = []
    private var values: [String: String] = [:]

    init(_ text: some StringProtocol, at place: CasePlace) throws {
        self.place = place
        self.text = String(text)
        for word in text.split(separator: " ") {
            guard let equals = word.firstIndex(of: "=") else {
                words.append(String(word))
                continue
            }
            let (key, value) = (String(word[..<equals]), String(word[word.index(after: equals)...]))
            guard !value.isEmpty, values.updateValue(value, forKey: key) == nil else {
                throw place.wrong("\(key) is empty or given twice in \"\(text)\"")
            }
        }
    }

    /// The parts of a list, joined by `;`.
    static func list(_ text: String, at place: CasePlace) throws -> [CasePhrase] {
        try text.split(separator: ";").map { try CasePhrase($0, at: place) }
    }

    /// The first key=value of the phrase, where it begins with one.
    var firstKey: String? {
        text.split(separator: " ").first?.split(separator: "=").first.map(String.init)
    }

    mutating func word() throws -> String {
        guard !words.isEmpty else { throw place.wrong("a word is missing in \"\(text)\"") }
        return words.removeFirst()
    }

    /// Whether the phrase has this bare word.
    mutating func flag(_ word: String) -> Bool {
        guard let index = words.firstIndex(of: word) else { return false }
        words.remove(at: index)
        return true
    }

    mutating func value(_ key: String) -> String? { values.removeValue(forKey: key) }

    mutating func needed(_ key: String) throws -> String {
        guard let value = value(key) else {
            throw place.wrong("\(key)= is missing in \"\(text)\"")
        }
        return value
    }

    mutating func fen(_ key: String) throws -> Int64? { try value(key).map(fen(of:)) }

    func fen(of value: some StringProtocol) throws -> Int64 {
        guard let fen = Int64(value) else { throw place.wrong("\(value) is no amount in fen") }
        return fen
    }

    mutating func date(_ key: String) throws -> CivilDate? { try value(key).map(date(of:)) }

    func date(of value: some StringProtocol) throws -> CivilDate {
        guard let date = CivilDate(String(value)) else { throw place.wrong("\(value) is no day") }
        return date
    }

    /// `FROM..TO`, where TO may be left out.
    func period(of value: String) throws -> (from: CivilDate, to: CivilDate?) {
        guard let dots = value.firstRange(of: "..") else {
            throw place.wrong("\(value) is no period")
        }
        let end = value[dots.upperBound...]
        return (try date(of: value[..<dots.lowerBound]), end.isEmpty ? nil : try date(of: end))
    }

    /// - Throws: where something was left that nobody asked for.
    func finish() throws {
        guard words.isEmpty, values.isEmpty else {
            let unknown = (words + values.keys.sorted()).joined(separator: ", ")
            throw place.wrong("not known in \"\(text)\": \(unknown)")
        }
    }
}
