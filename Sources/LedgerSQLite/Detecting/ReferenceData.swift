internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import PolicyRules

/// What stands in the tables that detectors read beside the read model.
struct ReferenceData: Sendable {
    /// By the name of the table.
    private(set) var rows: [String: [[QueryValue]]] = [:]
    /// Topics of which a clause binds somewhere at some time.
    private(set) var topics: Set<String> = []
    /// The clauses that bind, for telling what findings rest on.
    let clauses: BindingClauses
    let persons: MergedPersons

    init(
        _ database: Database, _ catalogue: KindCatalogue, policies: PolicyFolder?,
        calendar: WorkCalendar
    ) throws {
        let areas = try RecordedAreas.all(database, catalogue)
        let rulebooks = try TemporaryVerdicts.rulebooks(database, catalogue, policies: policies)
        clauses = BindingClauses(
            try RulingReader(database).ruling(rulebooks), areas: areas)
        persons = try CaseRecords(database).persons
        rows["area_within"] = areas.sorted().flatMap { area in
            AreaChain.of(area).enumerated().map { distance, within in
                [.text(area), .text(within), .integer(Int64(distance))]
            }
        }
        addRules()
        addProvisions()
        rows["kept_person"] = persons.all.map { [.integer($0.person), .integer($0.kept)] }
        rows["workday"] = calendar.days.map {
            [.integer(Int64($0.day.dayNumber)), .integer($0.number)]
        }
        // Before every day that there is, where no calendar is here.
        rows["calendar_end"] = [[.integer(Int64(calendar.lastDay?.dayNumber ?? -1_000_000))]]
        try addInstitutions(database)
        try addLatestDay(database, catalogue)
    }

    // MARK: Clauses

    private mutating func addRules() {
        rows["rule_in_force"] = clauses.spans.compactMap { span in
            guard let rulebook = clauses.rulebooks[span.item.sha256],
                let rule = rulebook.rule(span.item.rule)
            else { return nil }
            return [
                .text(rulebook.name), .text(rule.id), .text(rule.nature.rawValue),
                .text(span.area), .day(span.from), .day(span.to),
            ]
        }
    }

    private mutating func addProvisions() {
        let spans = Dictionary(grouping: clauses.spans) {
            ClauseKey(sha256: $0.item.sha256, rule: $0.item.rule)
        }
        var provisions: [[QueryValue]] = []
        var codes: [[QueryValue]] = []
        var number: Int64 = 0
        for (sha256, rulebook) in clauses.rulebooks.sorted(by: { $0.key < $1.key }) {
            for provision in rulebook.provisions {
                let binding = (spans[ClauseKey(sha256: sha256, rule: provision.rule)] ?? [])
                    .compactMap { ProvisionRow.overlap($0, provision) }
                guard !binding.isEmpty else { continue }
                number += 1
                topics.insert(provision.topic)
                let row = ProvisionRow(number: number, rulebook: rulebook, provision: provision)
                provisions += binding.map { row.values(area: $0, from: $1, to: $2) }
                codes += row.codes
            }
        }
        rows["provision"] = provisions
        rows["provision_code"] = codes
    }

    private struct ClauseKey: Hashable {
        let sha256, rule: String
    }

    // MARK: The record

    /// Of several designations the last begun counts, as where records are judged.
    private mutating func addInstitutions(_ database: Database) throws {
        var found: [String: (from: CivilDate, key: RecordKey, row: [QueryValue])] = [:]
        try LiveRows(database).forEach(
            of: "institution_designated",
            [
                "institution_code", "institution_level", "institution_type", "institution_area",
                "institution_name", "designatedFromDay",
            ]
        ) { row in
            let code = row.text(0)
            if let known = found[code], (known.from, known.key) > (row.date(5), row.key) { return }
            found[code] = (
                row.date(5), row.key,
                [
                    .text(code), .integer(row.integer(1)), .text(row.text(2)), .text(row.text(3)),
                    .text(row.text(4)),
                ]
            )
        }
        rows["institution"] = found.sorted { $0.key < $1.key }.map(\.value.row)
    }

    private mutating func addLatestDay(_ database: Database, _ catalogue: KindCatalogue) throws {
        var latest: Int64 = 0
        // What the program wrote is dated by the day of the import, not by what happened.
        for kind in catalogue.kinds where !kind.isProgram {
            let day = try Int64.fetchOne(
                database, sql: "SELECT max(occurredOnDay) FROM \(kind.table.name)")
            latest = max(latest, day ?? 0)
        }
        rows["latest_day"] = [[.integer(latest)]]
    }
}

extension QueryValue {
    fileprivate static func day(_ date: CivilDate) -> QueryValue {
        .integer(Int64(date.dayNumber))
    }
}

/// A provision of a rulebook as a row.
private struct ProvisionRow {
    let number: Int64
    let rulebook: Rulebook
    let provision: OtherProvision

    /// When both the clause and the provision's own days hold; nil where never.
    static func overlap(
        _ span: BindingClauses.Span, _ provision: OtherProvision
    ) -> (area: String, from: CivilDate, to: CivilDate)? {
        let from = max(span.from, provision.dates["from"] ?? span.from)
        let to = min(span.to, provision.dates["to"] ?? span.to)
        return from <= to ? (span.area, from, to) : nil
    }

    func values(area: String, from: CivilDate, to: CivilDate) -> [QueryValue] {
        let nature = rulebook.rule(provision.rule)?.nature.rawValue ?? ""
        let figures = [
            "fen", "basisPoints", "atLeast", "atMost", "days", "workingDays", "months",
            "dayOfMonth",
        ].map { name in provision.figures[name].map { QueryValue.integer($0) } ?? .null }
        let byDay = provision.dates["by"].map { QueryValue.day($0) } ?? .null
        let texts = ["of", "level", "parameter"].map { name in
            provision.codes[name]?.first.map { QueryValue.text($0) } ?? .null
        }
        return [
            .integer(number), .text(rulebook.name), .text(provision.rule), .text(nature),
            .text(provision.topic), .text(area), .day(from), .day(to),
        ] + figures + [byDay] + texts
    }

    private static let members = [
        "fromAccounts": "from-account", "toAccounts": "to-account", "funds": "fund",
        "sources": "fund-source", "departments": "department", "purposes": "purpose",
        "channels": "channel",
    ]

    var codes: [[QueryValue]] {
        let selector = provision.selector
        let selected: [(String, [String])] = [
            ("category", selector.categories?.sorted() ?? []),
            ("scheme", selector.schemes?.sorted() ?? []),
            ("visit", selector.visits?.sorted() ?? []),
            ("institution-level", selector.levels?.sorted().map(String.init) ?? []),
        ]
        let listed = ProvisionRow.members.sorted { $0.key < $1.key }.map {
            ($0.value, provision.codes[$0.key] ?? [])
        }
        return (selected + listed).flatMap { member, codes in
            codes.map { [.integer(number), .text(member), .text($0)] }
        }
    }
}
