package import AidRecords

/// `parameter.set`: what a locality laid down.
package struct Parameter: Sendable {
    package enum Value: Hashable, Sendable {
        case fen(Int64)
        case count(Int64)
        case basisPoints(Int64)
        case date(CivilDate)
        case codes([String])
        case tiers([Tier])
    }

    package struct Tier: Hashable, Sendable {
        package var from: Int64
        package var to: Int64?
        package var basisPoints: Int64

        package init(from: Int64, to: Int64?, basisPoints: Int64) {
            self.from = from
            self.to = to
            self.basisPoints = basisPoints
        }
    }

    package var key: RecordKey
    package var area: String
    package var occurredOn: CivilDate
    package var name: String
    package var value: Value
    package var year: Int?
    package var category: String?
    package var scheme: String?
    package var visitType: String?
    package var institutionLevel: Int?
    package var fund: String?
    package var validFrom: CivilDate?
    package var validTo: CivilDate?

    package init(
        key: RecordKey, area: String, occurredOn: CivilDate, name: String, value: Value,
        year: Int? = nil, category: String? = nil, scheme: String? = nil, visitType: String? = nil,
        institutionLevel: Int? = nil, fund: String? = nil, validFrom: CivilDate? = nil,
        validTo: CivilDate? = nil
    ) {
        self.key = key
        self.area = area
        self.occurredOn = occurredOn
        self.name = name
        self.value = value
        self.year = year
        self.category = category
        self.scheme = scheme
        self.visitType = visitType
        self.institutionLevel = institutionLevel
        self.fund = fund
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// `policy.adopted`: a rulebook is in force for an area from a day on.
package struct Adoption: Sendable {
    package var key: RecordKey
    package var area: String
    package var rulebook: String
    /// Of the rulebook's file, 64 hexadecimal digits.
    package var sha256: String
    package var effectiveFrom: CivilDate

    package init(
        key: RecordKey, area: String, rulebook: String, sha256: String, effectiveFrom: CivilDate
    ) {
        self.key = key
        self.area = area
        self.rulebook = rulebook
        self.sha256 = sha256
        self.effectiveFrom = effectiveFrom
    }
}

/// What `institution.designated` says of a hospital or pharmacy.
package struct Institution: Hashable, Sendable {
    package var level: Int
    package var area: String

    package init(level: Int, area: String) {
        self.level = level
        self.area = area
    }
}
