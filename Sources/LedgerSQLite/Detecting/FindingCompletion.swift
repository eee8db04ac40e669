internal import AidRecords
internal import Findings
internal import GRDB
internal import LedgerCore
internal import PolicyRules

/// Says which clauses findings rest on, with their words.
struct RestingClauses {
    private struct Clause {
        let span: BindingClauses.Span
        let provision: RestingProvision
    }

    private let byRule: [String: [Clause]]

    init(_ clauses: BindingClauses) {
        var byRule: [String: [Clause]] = [:]
        for span in clauses.spans {
            guard let rulebook = clauses.rulebooks[span.item.sha256],
                let rule = rulebook.rule(span.item.rule)
            else { continue }
            let provision = RestingProvision(
                rulebook: rulebook.name, rule: rule.id, quote: rule.quote,
                admitsExceptions: rule.nature == .inPrinciple)
            byRule[rule.id, default: []].append(Clause(span: span, provision: provision))
        }
        self.byRule = byRule
    }

    /// A finding that calls itself a breach and rests on no clause in force there and then, on no
    /// parameter and on no contradiction, is only told for somebody to look at.
    func complete(_ finding: inout Finding, _ detector: Detector) {
        let rules = finding.rules.isEmpty ? detector.basis : finding.rules
        var provisions: [RestingProvision] = []
        for rule in rules {
            var found = clauses(rule, finding)
            // The row knows its rule: judging finds it by a record's own day, and by the area whose
            // standards hold for the person.
            if found.isEmpty, !finding.rules.isEmpty { found = byRule[rule] ?? [] }
            for clause in found where !provisions.contains(clause.provision) {
                provisions.append(clause.provision)
            }
        }
        finding.provisions = provisions
        finding.isContradiction = detector.isContradiction
        if finding.grade == .breach, provisions.isEmpty, !detector.isContradiction,
            detector.asks.isEmpty
        {
            finding.grade = .warning
        }
    }

    private func clauses(_ rule: String, _ finding: Finding) -> [Clause] {
        let areas = AreaChain.of(finding.area)
        return (byRule[rule] ?? []).filter { clause in
            areas.contains(clause.span.area)
                && (finding.day.map { clause.span.from <= $0 && $0 <= clause.span.to } ?? true)
        }
    }
}

/// The pseudonyms that numbers in findings stand for.
struct SubjectNames {
    private struct Key: Hashable {
        let subject: SubjectClass
        let number: Int64
    }

    private var names: [Key: String] = [:]

    init(_ database: Database, _ findings: [Finding]) throws {
        var wanted: Set<Int64> = []
        for finding in findings {
            for subject in finding.subjects where subject.type.pseudonyms != nil {
                if case .integer(let number) = subject.value { wanted.insert(number) }
            }
            for figure in finding.figures where figure.type.pseudonyms != nil {
                if case .integer(let number) = figure.value { wanted.insert(number) }
            }
        }
        guard !wanted.isEmpty else { return }
        let subjects = try RawStatement(
            database, "SELECT pseudonym, seq FROM subject WHERE ledger = 1 ORDER BY pseudonym")
        while try subjects.step() {
            let number = subjects.integer(1)
            guard wanted.contains(number) else { continue }
            let name = subjects.text(0)
            guard let subject = SubjectClass(rawValue: String(name.prefix(1))) else { continue }
            // Where one entry is the first to name several, they share its number.
            let key = Key(subject: subject, number: number)
            names[key] = names[key] ?? name
        }
    }

    func complete(_ finding: inout Finding) {
        for index in finding.subjects.indices {
            let subject = finding.subjects[index]
            finding.subjects[index].value = named(subject.value, subject.type.pseudonyms)
        }
        for index in finding.figures.indices {
            let figure = finding.figures[index]
            finding.figures[index].value = named(figure.value, figure.type.pseudonyms)
        }
    }

    private func named(_ value: QueryValue, _ subject: SubjectClass?) -> QueryValue {
        guard let subject, case .integer(let number) = value,
            let name = names[Key(subject: subject, number: number)]
        else { return value }
        return .text(name)
    }
}

/// The pseudonyms of persons who have several.
package struct PersonNames: Sendable {
    private var together: [String: Set<String>] = [:]

    init(_ database: Database, _ persons: MergedPersons) throws {
        guard !persons.all.isEmpty else { return }
        let kept = Dictionary(uniqueKeysWithValues: persons.all.map { ($0.person, $0.kept) })
        // Numbers have no index: the table is read once, whoever is looked for.
        let subjects = try RawStatement(
            database, "SELECT pseudonym, seq FROM subject WHERE ledger = 1")
        var groups: [Int64: Set<String>] = [:]
        while try subjects.step() {
            guard let kept = kept[subjects.integer(1)] else { continue }
            let name = subjects.text(0)
            if name.hasPrefix(SubjectClass.person.rawValue) {
                groups[kept, default: []].insert(name)
            }
        }
        for group in groups.values {
            for name in group { together[name] = group }
        }
    }

    /// All pseudonyms of the person with this one.
    package func all(of pseudonym: String) -> Set<String> { together[pseudonym] ?? [pseudonym] }
}

/// How many records there are of kinds, those reversed left out.
struct ExaminedCounts {
    private let database: Database
    private let catalogue: KindCatalogue
    private var known: [String: Int64] = [:]

    init(_ database: Database, _ catalogue: KindCatalogue) {
        self.database = database
        self.catalogue = catalogue
    }

    mutating func live(_ kinds: [String]) throws -> Int64 {
        try kinds.reduce(0) { try $0 + live($1) }
    }

    private mutating func live(_ kind: String) throws -> Int64 {
        if let count = known[kind] { return count }
        guard let table = catalogue.kind(kind)?.table.name else { return 0 }
        let count =
            try Int64.fetchOne(database, sql: "SELECT count(*) FROM live_\(table)") ?? 0
        known[kind] = count
        return count
    }
}
