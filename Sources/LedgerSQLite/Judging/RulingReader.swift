internal import AidRecords
package import GRDB
package import PolicyRules

/// Reads what is in force: parameters, adoptions, institutions.
package struct RulingReader {
    private let rows: LiveRows

    package init(_ database: Database) throws { rows = try LiveRows(database) }

    /// - Parameter rulebooks: by the SHA-256 under which they are adopted.
    func ruling(_ rulebooks: [String: Rulebook]) throws -> Ruling {
        Ruling(
            rulebooks: rulebooks, adoptions: try adoptions(), parameters: try parameters(),
            institutions: try institutions())
    }

    func adoptions() throws -> [Adoption] {
        var adoptions: [Adoption] = []
        try rows.forEach(
            of: "policy_adopted", ["area", "rulebook", "sha256", "effectiveFromDay"]
        ) {
            adoptions.append(
                Adoption(
                    key: $0.key, area: $0.text(0), rulebook: $0.text(1), sha256: $0.text(2),
                    effectiveFrom: $0.date(3)))
        }
        return adoptions
    }

    private static let parameterColumns = [
        "area", "occurredOnDay", "name", "year", "category", "scheme", "visitType",
        "institutionLevel", "fund", "validFromDay", "validToDay", "valueFen", "valueCount",
        "basisPoints", "valueDateDay",
    ]

    package func parameters() throws -> [Parameter] {
        var parameters: [Parameter] = []
        try rows.forEach(of: "parameter_set", RulingReader.parameterColumns) { row in
            parameters.append(
                Parameter(
                    key: row.key, area: row.text(0), occurredOn: row.date(1), name: row.text(2),
                    value: try value(row), year: row.optionalInteger(3).map(Int.init),
                    category: row.optionalText(4), scheme: row.optionalText(5),
                    visitType: row.optionalText(6),
                    institutionLevel: row.optionalInteger(7).map(Int.init),
                    fund: row.optionalText(8), validFrom: row.optionalDate(9),
                    validTo: row.optionalDate(10)))
        }
        return parameters
    }

    /// Exactly one of them is stated.
    private func value(_ row: LiveRows.Row) throws -> Parameter.Value {
        if let fen = row.optionalInteger(11) { return .fen(fen) }
        if let count = row.optionalInteger(12) { return .count(count) }
        if let ratio = row.optionalInteger(13) { return .basisPoints(ratio) }
        if let day = row.optionalDate(14) { return .date(day) }
        let codes = try rows.items(of: "parameter_set__valueCode", ["value"], seq: row.seq) {
            $0.text(0)
        }
        if !codes.isEmpty { return .codes(codes) }
        return .tiers(
            try rows.items(
                of: "parameter_set__tiers", ["fromFen", "toFen", "basisPoints"], seq: row.seq
            ) {
                Parameter.Tier(
                    from: $0.integer(0), to: $0.optionalInteger(1), basisPoints: $0.integer(2))
            })
    }

    /// Of several designations of one institution the last begun counts.
    func institutions() throws -> [String: Institution] {
        var found: [String: (from: CivilDate, key: RecordKey, institution: Institution)] = [:]
        try rows.forEach(
            of: "institution_designated",
            ["institution_code", "institution_level", "institution_area", "designatedFromDay"]
        ) { row in
            let code = row.text(0)
            if let known = found[code], (known.from, known.key) > (row.date(3), row.key) { return }
            let institution = Institution(level: Int(row.integer(1)), area: row.text(2))
            found[code] = (row.date(3), row.key, institution)
        }
        return found.mapValues(\.institution)
    }
}
