package import Yams

/// A place in a YAML file, for reading it strictly: what is not known is an error with its line.
package struct YAMLPlace {
    package let file: String
    package let node: Node

    /// - Throws: `DeclarationError` where the text is not YAML.
    package init(file: String, text: String) throws {
        self.file = file
        do {
            guard let node = try Yams.compose(yaml: text, .basic) else {
                throw DeclarationError(file: file, line: nil, reason: "the file is empty")
            }
            self.node = node
        } catch let error as YamlError {
            throw DeclarationError(file: file, line: nil, reason: "not YAML: \(error)")
        }
    }

    private init(file: String, node: Node) {
        self.file = file
        self.node = node
    }

    /// From 1.
    package var line: Int? { node.mark?.line }
    package var column: Int? { node.mark?.column }

    package func fail(_ reason: String) -> DeclarationError {
        DeclarationError(
            file: file, line: line, column: column, reason: reason)
    }

    /// The members of a mapping, in order.
    /// - Parameter allowed: the names that may occur; nil admits any.
    package func members(allowed: Set<String>? = nil) throws -> [(name: String, place: YAMLPlace)] {
        guard let mapping = node.mapping else { throw fail("a mapping is expected here") }
        var result: [(name: String, place: YAMLPlace)] = []
        for (key, value) in mapping {
            guard let name = key.string else { throw fail("a name is expected here") }
            let place = YAMLPlace(file: file, node: value)
            if let allowed, !allowed.contains(name) {
                let known = allowed.sorted().joined(separator: ", ")
                throw place.fail("unknown member `\(name)` (known are: \(known))")
            }
            if result.contains(where: { $0.name == name }) {
                throw place.fail("`\(name)` stands here twice")
            }
            result.append((name, place))
        }
        return result
    }

    package func member(_ name: String) -> YAMLPlace? {
        node.mapping?[name].map { YAMLPlace(file: file, node: $0) }
    }

    package func required(_ name: String) throws -> YAMLPlace {
        guard let place = member(name) else { throw fail("`\(name)` is missing") }
        return place
    }

    /// Whether it is a plain value, neither a mapping nor a list.
    package var isScalar: Bool { node.scalar != nil }

    package func text() throws -> String {
        guard let text = node.scalar?.string else { throw fail("a text is expected here") }
        return text
    }

    package func integer() throws -> Int64 {
        guard let text = node.scalar?.string, let value = Int64(text) else {
            throw fail("a whole number is expected here")
        }
        return value
    }

    package func flag() throws -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw fail("`true` or `false` is expected here")
        }
    }

    package func items() throws -> [YAMLPlace] {
        guard let sequence = node.sequence else { throw fail("a list is expected here") }
        return sequence.map { YAMLPlace(file: file, node: $0) }
    }

    package func texts() throws -> [String] { try items().map { try $0.text() } }

    package func words() throws -> Words {
        try Words(zh: required("zh").text(), en: required("en").text())
    }
}
