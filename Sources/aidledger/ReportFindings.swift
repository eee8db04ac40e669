internal import AidRecords
internal import Findings
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

/// What the detectors find, for reports: what an earlier run found in the same state of the ledger,
/// else the detectors are run.
struct ReportFindings {
    private let shelf: DetectorShelf
    private let kept: KeptFindings
    private let wording: FigureWording
    private let documents: [String: (title: Words, number: String)]

    /// - Parameter verification: nil where the report rests on tables that are not verified.
    /// - Throws: `StoreError`, `QueryFailure`, `DeclarationError`.
    init(
        _ reports: ReportHome, _ ledger: LedgerOptions, _ snapshot: LedgerSnapshot,
        language: String, _ verification: ReportVerification?
    ) throws {
        let shelf = try DetectorFolders(reports.home, []).shelf(reports.catalogue)
        if let failure = shelf.failures.first { throw failure }
        let source = FindingsSource(
            paths: ledger.paths, home: reports.home, catalogue: reports.catalogue, isQuiet: false)
        let size = snapshot.head.size.value
        let found = try source.found(
            by: shelf, in: snapshot.origin, asked: size,
            verified: verification.map { of in { try of.covers(size) } })
        switch found {
        case .kept(let kept): self.kept = kept
        case .made(let result):
            // Nothing half looked for is reported as nothing found.
            if let failure = result.outcomes.compactMap(\.failure).first { throw failure }
            throw QueryFailure("no file can be made for findings while the report is drawn")
        }
        self.shelf = shelf
        documents = try snapshot.documents(
            reports.catalogue, policies: PolicyFolder(reports.home))
        wording = FigureWording(
            isChinese: language == "zh-Hans", catalogue: reports.catalogue)
    }

    func add(to snapshot: LedgerSnapshot) throws {
        let lacks = try kept.lacks().map { lack in
            LedgerSnapshot.ReportedLack(
                lack, title: wording.pick(lack.title), words: LackWording.text(lack.code, wording),
                area: LackWording.value(of: "area", in: lack.code),
                year: LackWording.value(of: "year", in: lack.code).flatMap { Int($0) })
        }
        try snapshot.addFindings(lacks: lacks) { insert in
            try kept.read { finding in
                guard let detector = shelf[finding.rule] else { return }
                try insert(reported(finding, detector))
            }
        }
    }

    private func reported(
        _ finding: KeptFindings.Kept, _ detector: Detector
    ) -> LedgerSnapshot.ReportedFinding {
        let separator = wording.isChinese ? "；" : "; "
        let byName = Dictionary(
            detector.figures.map { ($0.column.name, $0) }, uniquingKeysWith: { first, _ in first })
        let facts = finding.figures.filter { $0.value != .null }.map { figure in
            let declared = byName[figure.id]
            let title = declared.map { wording.pick($0.words) } ?? figure.id
            return title + (wording.isChinese ? "：" : ": ") + wording.text(figure, as: declared)
        }
        return LedgerSnapshot.ReportedFinding(
            finding, title: wording.pick(finding.title),
            gradeWords: wording.pick(finding.grade.words),
            stateWords: wording.pick(finding.state.words),
            department: detector.department(finding.figures),
            clauses: finding.clauses.map(quoted).joined(separator: separator),
            facts: facts.joined(separator: separator), next: wording.pick(detector.next))
    }

    /// A clause as it is cited: document, number, and what it says.
    private func quoted(_ clause: KeptFindings.Clause) -> String {
        let rule = "\(clause.rulebook) \(clause.rule)"
        guard let document = documents[clause.rulebook] else {
            return wording.isChinese ? "\(rule)：“\(clause.quote)”" : "\(rule): “\(clause.quote)”"
        }
        let title = wording.pick(document.title)
        return wording.isChinese
            ? "《\(title)》（\(document.number)，\(rule)）：“\(clause.quote)”"
            : "\(title) (\(document.number), \(rule)): “\(clause.quote)”"
    }
}
