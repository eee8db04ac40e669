package import AidRecords

/// The words of a reckoning's lines, and of the parts of its sums: `ledger/steps.yaml`.
///
/// A place `{name}` in them is filled from the line's details: in yuan where its name ends in
/// `Fen`, and codes by their words.
package struct TraceWording: Sendable {
    private let lines: [String: Words]
    private let terms: [String: Words]
    private let codes: [String: CodeList]

    /// - Parameter codes: the code lists of `ledger/kinds/codes.yaml`.
    /// - Throws: `DeclarationError`.
    package init(file: String, text: String, codes: [String: CodeList]) throws {
        let place = try YAMLPlace(file: file, text: text)
        _ = try place.members(allowed: ["lines", "terms"])
        self.init(
            lines: try TraceWording.words(in: place.required("lines")),
            terms: try TraceWording.words(in: place.required("terms")), codes: codes)
    }

    private static func words(in place: YAMLPlace) throws -> [String: Words] {
        Dictionary(
            uniqueKeysWithValues: try place.members().map { ($0.name, try $0.place.words()) })
    }

    /// Words by the names of lines, and by the names of terms.
    package init(
        lines: [String: Words], terms: [String: Words] = [:], codes: [String: CodeList] = [:]
    ) {
        self.lines = lines
        self.terms = terms
        self.codes = codes
    }

    /// The words of a line, its name where there are none.
    func line(_ step: TraceStep, _ language: TraceText.Language) -> String {
        guard let words = lines[step.name] else { return step.name }
        return filled(words.text(language), language, step.details)
    }

    /// The words of a part of a sum, or of the category that it is named by; nil where there are
    /// none.
    func term(_ name: String, _ language: TraceText.Language) -> String? {
        (terms[name] ?? codes["category"]?.words(name))?.text(language)
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
        return words?.text(language) ?? value
    }
}

extension Words {
    fileprivate func text(_ language: TraceText.Language) -> String {
        language == .chinese ? zh : en
    }
}
