internal import AidRecords
internal import LedgerCore
internal import LedgerSQLite
internal import PolicyRules
internal import TransparencyLog

/// Brings a ledger's verdicts up to date before they are read, and says what verdicts rest on.
struct Judging {
    let paths: LedgerPaths
    let catalogue: KindCatalogue
    let policies: PolicyFolder

    init(_ ledger: LedgerOptions, _ home: Home) throws {
        paths = ledger.paths
        catalogue = try home.kinds()
        policies = PolicyFolder(home)
    }

    init(paths: LedgerPaths, catalogue: KindCatalogue, policies: PolicyFolder) {
        self.paths = paths
        self.catalogue = catalogue
        self.policies = policies
    }

    /// - Returns: what was judged; nil where nothing could be written now. Then verdicts are stale,
    ///   and whoever reads them judges for the answer alone.
    @discardableResult
    func bringUpToDate(isQuiet: Bool) throws -> LedgerJudge.Outcome? {
        let bar = ProgressBar("judging", isQuiet: isQuiet)
        defer { bar.finish() }
        do {
            let judge = LedgerJudge(paths, catalogue: catalogue, policies: policies)
            let outcome = try judge.update {
                bar.show($0, of: $1, count: Int($0), unit: "shares")
            }
            bar.finish()
            for name in outcome.kept {
                Console.error("aidledger: the ledger keeps the rulebook \(name) from now on")
            }
            return outcome
        } catch let error as StoreError where error.isPassing {
            bar.finish()
            Console.error("aidledger: the verdicts are stale and cannot be written: \(error)")
            return nil
        }
    }

    /// Says on standard error where verdicts do not rest on the files that lie in the home.
    func tellOfRulebooks() throws {
        let adopted = try AdoptedRulebook.all(paths, catalogue: catalogue, policies: policies)
        for note in AdoptedRulebook.notes(adopted) { Console.error("aidledger: \(note)") }
    }

    /// Runs `body` on verdicts that are those of the newest entry.
    /// - Throws: `ExitCode` where the ledger was to be verified and is not sound.
    func read(
        _ check: TableCheckOptions, isQuiet: Bool, _ body: (LedgerSnapshot) throws -> Void
    ) throws {
        let verified = try check.verifiedSize(self, isQuiet: isQuiet)
        if try bringUpToDate(isQuiet: isQuiet) == nil {
            Console.error("aidledger: they are judged for this answer only")
        }
        try tellOfRulebooks()
        try LedgerSnapshot.read(
            paths, catalogue: catalogue, size: nil, policies: policies
        ) { snapshot in
            _ = TableCheckOptions.covers(verified, snapshot.head.size.value, of: paths)
            try body(snapshot)
        }
    }
}

extension StoreError {
    /// Whether the ledger can be read all the same.
    fileprivate var isPassing: Bool {
        switch self {
        case .readOnly, .locked, .diskFull: true
        default: false
        }
    }
}

/// A row of an answer, by the names of its columns.
struct AnswerRow {
    private let values: [String: QueryValue]

    init(_ columns: [String], _ values: [QueryValue]) {
        self.values = Dictionary(
            zip(columns, values).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    }

    func value(_ column: String) -> QueryValue { values[column] ?? .null }

    func text(_ column: String) -> String {
        if case .text(let text) = values[column] { text } else { "" }
    }

    func integer(_ column: String) -> Int64? {
        if case .integer(let number) = values[column] { number } else { nil }
    }

    /// The texts that stand in one, apart by a character.
    func list(_ column: String, by separator: Character = " ") -> [String] {
        text(column).split(separator: separator).map(String.init)
    }

    /// Money in yuan; `-` where it cannot be said.
    func yuan(_ column: String) -> String { integer(column).map { Fen($0).description } ?? "-" }
}
