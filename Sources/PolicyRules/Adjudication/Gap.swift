/// Why something cannot be said: what is missing.
struct Gap: Error, Hashable {
    private let reason: Reason
    /// The clause that asks for it.
    var rule: String?

    /// Most gaps are met with and then left alone, so their words are made only when asked for.
    private enum Reason: Hashable {
        case words(String)
        case parameter(String, Matter, area: String)
    }

    init(text: String, rule: String? = nil) {
        reason = .words(text)
        self.rule = rule
    }

    private init(_ reason: Reason, rule: String?) {
        self.reason = reason
        self.rule = rule
    }

    static func parameter(
        _ name: String, _ matter: Matter, area: String, rule: String?
    ) -> Gap {
        Gap(.parameter(name, matter, area: area), rule: rule)
    }

    /// In words, like `parameter X for category C, year Y, area A is not laid down`.
    var text: String {
        switch reason {
        case .words(let text): text
        case .parameter(let name, let matter, let area):
            Gap.text(of: name, matter, area: area)
        }
    }

    private static func text(of name: String, _ matter: Matter, area: String) -> String {
        var keys: [String] = []
        if let category = matter.category { keys.append("category \(category)") }
        if let scheme = matter.scheme { keys.append("scheme \(scheme)") }
        if let visit = matter.visit { keys.append("visit \(visit)") }
        if let level = matter.level { keys.append("level \(level)") }
        keys += ["year \(matter.year)", "area \(area)"]
        return "parameter \(name) for \(keys.joined(separator: ", ")) is not laid down"
    }
}
