package import AidRecords

/// The words of a reckoning's lines: `ledger/steps.yaml`, name → {zh, en}.
///
/// A place `{name}` in them is filled from the line's details.
package struct TraceWording: Sendable {
    private let words: [String: Words]

    /// - Throws: `DeclarationError`.
    package init(file: String, text: String) throws {
        var words: [String: Words] = [:]
        for (name, place) in try YAMLPlace(file: file, text: text).members() {
            words[name] = try place.words()
        }
        self.words = words
    }

    /// - Parameter words: by the names of lines and terms.
    package init(_ words: [String: Words]) { self.words = words }

    /// The words of a line or term, its name where there are none.
    func text(_ name: String, _ language: TraceText.Language, _ details: [String: String]) -> String
    {
        guard let words = words[name] else { return name }
        return TraceWording.filled(language == .chinese ? words.zh : words.en, details)
    }

    /// A place that nothing fills stays as it is.
    private static func filled(_ text: String, _ details: [String: String]) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: start)..<end])
            result += rest[..<start] + (details[name] ?? "{\(name)}")
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
