internal import AidRecords
internal import Yams

/// Values of a mapping file that enter records as they stand.
extension YAMLPlace {
    var isList: Bool { node.sequence != nil }

    func nonEmptyText() throws -> String {
        let text = try text()
        guard !text.isEmpty else { throw fail("a text is expected here") }
        guard !text.utf8.contains(0) else { throw fail("U+0000 is not allowed") }
        return text
    }

    /// The JSON of a string, whole number, flag, or list of strings.
    func json() throws -> [UInt8] {
        guard isList else { return try scalarJSON() }
        var json: [UInt8] = [UInt8(ascii: "[")]
        for (index, item) in try items().enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json += try item.stringJSON()
        }
        return json + [UInt8(ascii: "]")]
    }

    func stringJSON() throws -> [UInt8] {
        var json: [UInt8] = []
        CanonicalJSON.append(try nonEmptyText(), to: &json)
        return json
    }

    /// The JSON of a string, whole number or flag. What stands in quotes is a string, so
    /// `150502` is a number and `"150502"` an area.
    func scalarJSON() throws -> [UInt8] {
        let text = try nonEmptyText()
        guard node.scalar?.style == .plain else { return try stringJSON() }
        if text == "true" || text == "false" { return Array(text.utf8) }
        guard let value = Int64(text), String(value) == text else { return try stringJSON() }
        guard value.magnitude <= CanonicalJSON.maximumInteger else {
            throw fail("the number is greater than JSON carries exactly")
        }
        return Array(text.utf8)
    }
}
