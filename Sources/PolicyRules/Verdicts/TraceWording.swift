package import AidRecords

/// The words of a reckoning's lines: `ledger/steps.yaml`, name → {zh, en}.
///
/// A place `{name}` in them is filled from the line's details: in yuan where its name ends in
/// `Fen`, and codes by their words.
package struct TraceWording: Sendable {
    private let words: [String: Words]
    private let codes: [String: CodeList]

    /// - Parameter codes: the code lists of `ledger/kinds/codes.yaml`.
    /// - Throws: `DeclarationError`.
    package init(file: String, text: String, codes: [String: CodeList]) throws {
        var words: [String: Words] = [:]
        for (name, place) in try YAMLPlace(file: file, text: text).members() {
            words[name] = try place.words()
        }
        self.init(words, codes: codes)
    }

    /// - Parameter words: by the names of lines and terms.
    package init(_ words: [String: Words], codes: [String: CodeList] = [:]) {
        self.words = words
        self.codes = codes
    }

    /// The words of a line or term, its name where there are none.
    func text(_ name: String, _ language: TraceText.Language, _ details: [String: String]) -> String
    {
        guard let words = words[name] else { return name }
        return filled(language == .chinese ? words.zh : words.en, language, details)
    }

    /// A place that nothing fills stays as it is.
    private func filled(
        _ text: String, _ language: TraceText.Language, _ details: [String: String]
    ) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: start)..<end])
            let value = details[name].map { shown($0, name, language) }
            result += rest[..<start] + (value ?? "{\(name)}")
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// Of which list the codes in a place are.
    private static let lists = [
        "category": "category", "visit": "visit-type", "date": "parameter-value",
        "mode": "parameter-value",
    ]

    private func shown(
        _ value: String, _ place: String, _ language: TraceText.Language
    ) -> String {
        if place.hasSuffix("Fen"), let fen = Int64(value) { return Fen(fen).description }
        let words = TraceWording.lists[place].flatMap { codes[$0]?.words(value) }
        return words.map { language == .chinese ? $0.zh : $0.en } ?? value
    }
}
