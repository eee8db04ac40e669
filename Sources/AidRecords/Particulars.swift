/// What a record states about a person, normalised, in the order of `ledger/kinds/person.yaml`.
package struct Particulars: Hashable, Sendable {
    package let shape: ObjectShape
    package private(set) var values: [String?]

    init(shape: ObjectShape) {
        self.shape = shape
        self.values = Array(repeating: nil, count: shape.fields.count)
    }

    /// From the text that the vault holds; members that are no longer declared are left out.
    package init(shape: ObjectShape, members: [String: String]) {
        self.shape = shape
        self.values = shape.fields.map { members[$0.name] }
    }

    package static func == (first: Particulars, second: Particulars) -> Bool {
        first.values == second.values
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(values) }

    package subscript(_ name: String) -> String? {
        get { shape.position(name).flatMap { values[$0] } }
        set { if let index = shape.position(name) { values[index] = newValue } }
    }

    mutating func set(_ value: String, at position: Int) { values[position] = value }

    /// Field and value of all that is stated.
    package var stated: [(field: String, value: String)] {
        zip(shape.fields, values).compactMap { field, value in value.map { (field.name, $0) } }
    }

    /// Whether `known` says all of this already.
    package func isContained(in known: Particulars) -> Bool {
        zip(values, known.values).allSatisfy { $0 == nil || $0 == $1 }
    }

    /// These particulars, and of `known` what these leave out.
    package func completed(by known: Particulars) -> Particulars {
        var result = self
        for (index, value) in known.values.enumerated() where result.values[index] == nil {
            result.values[index] = value
        }
        return result
    }

    mutating func normalise() {
        for (field, form) in Particulars.forms {
            if let value = self[field] { self[field] = form(value) }
        }
    }

    private static let forms: [(field: String, form: @Sendable (String) -> String)] = [
        ("idNumber", Normalisation.identityNumber), ("phone", Normalisation.phone),
        ("name", Normalisation.trimmed), ("address", Normalisation.trimmed),
        ("household", Normalisation.trimmed),
    ]
}

/// What can be said of a person in the clear, as `person.registered` does.
extension Particulars {
    package enum IDCheck: String, Sendable {
        case valid
        case invalid
        case notCheckable = "not-checkable"
    }

    private var numberFacts: IdentityNumber.Facts? {
        self["idNumber"].flatMap(IdentityNumber.facts)
    }

    /// Whether the identity number is sound in itself and agrees with what else is stated.
    package var idCheck: IDCheck {
        guard let type = self["idType"], let number = self["idNumber"] else { return .notCheckable }
        guard type == "resident-id" || type == "hk-macau-taiwan-residence" else {
            return .notCheckable
        }
        guard let facts = IdentityNumber.facts(number) else { return .invalid }
        let isResidencePermit = ["81", "82", "83"].contains(String(number.prefix(2)))
        guard isResidencePermit == (type == "hk-macau-taiwan-residence") else { return .invalid }
        if let birthDate = self["birthDate"], birthDate != facts.birthDate.description {
            return .invalid
        }
        if let sex = self["sex"], sex != "unknown", sex != facts.sex.rawValue { return .invalid }
        return .valid
    }

    package var sex: String {
        self["sex"] ?? (idCheck == .valid ? numberFacts?.sex.rawValue : nil) ?? "unknown"
    }

    package var birthYear: Int? {
        if let stated = self["birthDate"].flatMap({ CivilDate($0) }) {
            return stated.components.year
        }
        return idCheck == .valid ? numberFacts?.birthDate.components.year : nil
    }
}
