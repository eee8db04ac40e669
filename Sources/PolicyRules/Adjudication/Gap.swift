/// Why something cannot be said: what is missing, in words.
struct Gap: Error, Hashable {
    let text: String
    /// The clause that asks for it.
    var rule: String?

    /// `parameter X for category C, year Y, area A is not laid down`
    static func parameter(
        _ name: String, _ matter: Matter, area: String, rule: String?
    ) -> Gap {
        var keys: [String] = []
        if let category = matter.category { keys.append("category \(category)") }
        if let scheme = matter.scheme { keys.append("scheme \(scheme)") }
        if let visit = matter.visit { keys.append("visit \(visit)") }
        if let level = matter.level { keys.append("level \(level)") }
        keys += ["year \(matter.year)", "area \(area)"]
        return Gap(
            text: "parameter \(name) for \(keys.joined(separator: ", ")) is not laid down",
            rule: rule)
    }
}
