package import AidRecords
internal import Findings
internal import GRDB
internal import LedgerCore
internal import PolicyRules

extension LedgerSnapshot {
    /// Gives queries the tables that detectors have beside the read model: clauses in force,
    /// working days, institutions, areas (`ledger/detectors/README.md`).
    /// - Parameter policies: where rulebooks are looked for that are adopted and not kept yet.
    package func addReferenceTables(
        _ catalogue: KindCatalogue, policies: PolicyFolder, calendar: WorkCalendar
    ) throws {
        let data = try ReferenceData(
            database, catalogue, policies: policies, calendar: calendar)
        for table in ReferenceTable.all {
            for statement in table.sql(integer: "INTEGER", isTemporary: true) {
                try database.execute(sql: statement)
            }
            let insertion = try database.makeStatement(sql: table.insertion)
            for row in data.rows[table.name] ?? [] {
                try insertion.execute(
                    arguments: StatementArguments(row.map(LedgerSnapshot.databaseValue)))
            }
        }
    }

    /// What the documents are called whose rulebooks the ledger has adopted, by the rulebooks' names.
    /// - Parameter policies: where rulebooks are looked for that are adopted and not kept yet.
    package func documents(
        _ catalogue: KindCatalogue, policies: PolicyFolder
    ) throws -> [String: (title: Words, number: String)] {
        let rulebooks = try TemporaryVerdicts.rulebooks(database, catalogue, policies: policies)
        return Dictionary(
            rulebooks.sorted { $0.key < $1.key }.map { _, rulebook in
                (rulebook.name, (rulebook.title, rulebook.document))
            }, uniquingKeysWith: { _, last in last })
    }

    /// A finding as reports' queries read it, in the words of one language.
    package struct ReportedFinding {
        package var finding: KeptFindings.Kept
        package var title: String
        package var gradeWords: String
        package var stateWords: String
        package var department: String
        package var clauses: String
        package var facts: String
        package var next: String

        package init(
            _ finding: KeptFindings.Kept, title: String, gradeWords: String, stateWords: String,
            department: String, clauses: String, facts: String, next: String
        ) {
            self.finding = finding
            self.title = title
            self.gradeWords = gradeWords
            self.stateWords = stateWords
            self.department = department
            self.clauses = clauses
            self.facts = facts
            self.next = next
        }
    }

    /// The tables of findings, as PostgreSQL makes them too.
    package static let findingTables = [
        """
        CREATE TEMP TABLE finding (
          finding INTEGER PRIMARY KEY, id TEXT NOT NULL, rule TEXT NOT NULL, title TEXT NOT NULL,
          grade TEXT NOT NULL, gradeWords TEXT NOT NULL, state TEXT NOT NULL,
          stateWords TEXT NOT NULL, area TEXT NOT NULL, day INTEGER, foundOn TEXT,
          amountFen INTEGER, department TEXT NOT NULL, clauses TEXT NOT NULL, facts TEXT NOT NULL,
          "next" TEXT NOT NULL
        )
        """,
        """
        CREATE TEMP TABLE finding_entry (
          finding INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (finding, seq)
        )
        """,
        """
        CREATE TEMP TABLE finding_clause (
          finding INTEGER NOT NULL, place INTEGER NOT NULL, rulebook TEXT NOT NULL,
          rule TEXT NOT NULL, quote TEXT NOT NULL, PRIMARY KEY (finding, place)
        )
        """,
        """
        CREATE TEMP TABLE finding_lack (
          lack INTEGER PRIMARY KEY, rule TEXT NOT NULL, title TEXT NOT NULL, code TEXT NOT NULL,
          codeWords TEXT NOT NULL, area TEXT, year INTEGER, times INTEGER NOT NULL
        )
        """,
    ]

    /// What a detector lacked, as reports' queries read it.
    package struct ReportedLack {
        package var lack: KeptFindings.KeptLack
        package var title: String
        package var words: String
        /// Nil where it is lacking everywhere.
        package var area: String?
        /// Nil where it is lacking always.
        package var year: Int?

        package init(
            _ lack: KeptFindings.KeptLack, title: String, words: String, area: String?, year: Int?
        ) {
            self.lack = lack
            self.title = title
            self.words = words
            self.area = area
            self.year = year
        }
    }

    /// Gives queries the tables `finding`, `finding_entry`, `finding_clause` and `finding_lack`.
    /// - Parameter body: gives the findings, one after the other.
    package func addFindings(
        lacks: [ReportedLack], _ body: ((ReportedFinding) throws -> Void) throws -> Void
    ) throws {
        for sql in LedgerSnapshot.findingTables { try database.execute(sql: sql) }
        for (place, reported) in lacks.enumerated() {
            try database.execute(
                sql: "INSERT INTO temp.finding_lack VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    place, reported.lack.rule, reported.title, reported.lack.code, reported.words,
                    reported.area, reported.year, reported.lack.count,
                ])
        }
        let places = Array(repeating: "?", count: 16).joined(separator: ", ")
        let insertion = try database.makeStatement(
            sql: "INSERT INTO temp.finding VALUES (\(places))")
        let entry = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO temp.finding_entry VALUES (?, ?)")
        let clause = try database.makeStatement(
            sql: "INSERT INTO temp.finding_clause VALUES (?, ?, ?, ?, ?)")
        var number: Int64 = 0
        try body { reported in
            number += 1
            let found = reported.finding
            try insertion.execute(arguments: [
                number, found.id, found.rule, reported.title, found.grade.rawValue,
                reported.gradeWords, found.state.rawValue, reported.stateWords, found.area,
                found.day?.dayNumber, found.day?.description, found.amount, reported.department,
                reported.clauses, reported.facts, reported.next,
            ])
            for seq in found.entries { try entry.execute(arguments: [number, seq]) }
            for (place, item) in found.clauses.enumerated() {
                try clause.execute(
                    arguments: [number, place, item.rulebook, item.rule, item.quote])
            }
        }
    }
}
