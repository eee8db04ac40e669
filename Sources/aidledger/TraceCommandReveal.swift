internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import Findings
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite

/// Showing the particulars of those whom a trace is about.
struct RevealOptions: ParsableArguments {
    @Flag(
        name: .customLong("reveal"),
        help: "Show who the persons are that the traced entries name; it is recorded first.")
    var isWanted = false

    @Option(help: "Why they are shown; it is recorded, sealed.")
    var reason: String?

    @Option(
        help: ArgumentHelp(
            "Which particulars to show (default: name idNumber).", valueName: "field"))
    var field: [String] = []

    @Option(
        help: """
            Whom they are shown to, by their own word (default: the user's name); the entry's \
            operator is the system's user in any case.
            """)
    var by: String?

    /// Particulars of more persons than these are not shown at once.
    private static let personsMax = 20

    func validate() throws {
        guard isWanted == (reason != nil) else {
            throw ValidationError("--reveal and --reason TEXT belong together.")
        }
        guard isWanted || (field.isEmpty && by == nil) else {
            throw ValidationError("--field and --by need --reveal.")
        }
        guard by?.contains(where: { !$0.isWhitespace }) != false else {
            throw ValidationError("--by names nobody.")
        }
    }

    private var fields: [String] { field.isEmpty ? ["name", "idNumber"] : field }

    /// Opens the particulars of persons and puts on the ledger that they were opened; only then they
    /// are returned, by pseudonym.
    /// - Parameter caseID: the case that they are shown for.
    func revealed(
        _ persons: [String], for caseID: String?, _ ledger: LedgerOptions,
        _ catalogue: KindCatalogue
    ) throws -> [String: [(field: String, value: String)]] {
        let reader = try LedgerReader(ledger.paths)
        try Revealing.check(reason: reason, caseID: caseID, reader)
        guard !persons.isEmpty else {
            throw UsageError("no person is named: nothing is shown or recorded")
        }
        guard persons.count <= RevealOptions.personsMax else {
            throw UsageError(
                "\(grouped(persons.count)) persons are named, more than "
                    + "\(RevealOptions.personsMax): nobody is shown; trace one of them")
        }
        let keys = try ledger.keyRing()
        let discloser = try LedgerDiscloser(ledger.paths, keys: keys, surroundings: .system)
        let registrations = try reader.registrations(of: persons)
        let opened = try persons.flatMap { person -> [LedgerDiscloser.Opened] in
            guard let registration = registrations[person] else { return [] }
            let paths = fields.map { "person.\($0)" }
            return try discloser.open(paths, of: [registration.seq: registration.bytes])
        }
        guard !opened.isEmpty else {
            throw UsageError("no registration of these persons is on the ledger")
        }
        let revealing = Revealing(
            ledger: ledger, area: reader.identity.area, catalogue: catalogue, keys: keys,
            reason: reason ?? "", caseID: caseID, author: by ?? NSUserName(),
            registrar: NSUserName())
        try revealing.record(opened)
        return Dictionary(grouping: opened) { $0.person ?? "" }.mapValues { opened in
            opened.map { (field: $0.disclosure.field, value: $0.disclosure.value) }
        }
    }
}

extension SubjectTrace {
    /// Of a person, the person, under every pseudonym; else those whom the entries name themselves.
    var namedPersons: [String] {
        if case .subject(let subject) = start, subject.kind == .person {
            return merged.isEmpty ? [subject.id] : merged
        }
        let named =
            if case .entry(let seq, _, _) = start {
                entries.filter { $0.seq == seq }
            } else {
                entries.filter { $0.through == nil }
            }
        let persons = named.flatMap(\.subjects).filter { $0.kind == .person }.map(\.id)
        return Set(persons).sorted()
    }
}
