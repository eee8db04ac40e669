internal import ArgumentParser
internal import Findings
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

/// What a report is about that is of no year: a case, or a subject.
struct MatterOptions: ParsableArguments {
    @Option(name: .customLong("case"), help: "A case that was opened on the ledger.")
    var caseID: String?

    @Option(
        help: ArgumentHelp(
            "A subject: person:p:…, institution:CODE, account:a:… or operator:ID.",
            valueName: "KIND:ID"))
    var subject: String?

    @OptionGroup var reveal: RevealOptions

    var isGiven: Bool { caseID != nil || subject != nil }

    func validate() throws {
        guard caseID == nil || subject == nil else {
            throw ValidationError("A dossier is about a case, or about a subject.")
        }
        guard subject == nil || matter != nil else {
            throw ValidationError(
                "--subject needs person:p:…, institution:CODE, account:a:… or operator:ID.")
        }
        guard !reveal.isWanted || isGiven else {
            throw ValidationError("--reveal goes with --case or --subject.")
        }
    }

    var matter: ReportMatter? {
        if let caseID { return ReportMatter(.case, caseID) }
        return subject.flatMap { ReportMatter($0) }
    }

    /// Who the persons are that the matter is about; it is recorded first.
    func revealed(
        _ demand: ReportDemand, _ ledger: LedgerOptions, _ reports: ReportHome
    ) throws -> [String: [(field: String, value: String)]] {
        guard reveal.isWanted, let matter = demand.matter else { return [:] }
        let subjects = try reports.read(ledger, size: nil, for: nil) { snapshot in
            try MatterReading.subjects(of: matter, snapshot)
        }
        let persons = subjects.filter { $0.kind == .person }.map(\.id)
        guard !persons.isEmpty else {
            throw UsageError(
                "this dossier is about no person, and --reveal shows those that it is about: nothing "
                    + "is shown or recorded; `aidledger trace LEDGER person p:… --reveal` shows one"
            )
        }
        return try reveal.revealed(persons, for: caseID, ledger, reports.catalogue)
    }
}
