internal import AidRecords
internal import GRDB
internal import LedgerCore

extension LedgerSnapshot {
    /// The tables of a matter, as PostgreSQL makes them too.
    package static let matterTables = [
        "CREATE TEMP TABLE matter_case (name TEXT PRIMARY KEY, isMatter INTEGER NOT NULL)",
        """
        CREATE TEMP TABLE matter_subject (
          subject INTEGER PRIMARY KEY, kind TEXT NOT NULL, kindWords TEXT NOT NULL,
          id TEXT NOT NULL, name TEXT NOT NULL, particulars TEXT NOT NULL
        )
        """,
        """
        CREATE TEMP TABLE matter_person (
          subject INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (person, subject)
        )
        """,
        """
        CREATE TEMP TABLE matter_entry (
          seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, area TEXT NOT NULL, day INTEGER NOT NULL,
          happenedOn TEXT NOT NULL, amountFen BIGINT, isReversed INTEGER NOT NULL, through INTEGER,
          verdict TEXT, verdictWords TEXT, named TEXT NOT NULL, namedWords TEXT NOT NULL,
          enteredBy TEXT NOT NULL, findings TEXT NOT NULL
        )
        """,
        """
        CREATE TEMP TABLE matter_entry_subject (
          subject INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (subject, seq)
        )
        """,
        """
        CREATE TEMP TABLE matter_leg (
          leg INTEGER PRIMARY KEY, seq INTEGER NOT NULL, payer TEXT NOT NULL,
          payerWords TEXT NOT NULL, dueFen BIGINT NOT NULL, leastFen BIGINT, mostFen BIGINT
        )
        """,
        """
        CREATE TEMP TABLE matter_step (
          leg INTEGER NOT NULL, place INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL,
          happenedOn TEXT NOT NULL, amountFen BIGINT NOT NULL, way TEXT NOT NULL,
          wayWords TEXT NOT NULL, details TEXT NOT NULL, isReversed INTEGER NOT NULL,
          PRIMARY KEY (leg, place)
        )
        """,
        """
        CREATE TEMP TABLE matter_link (
          link INTEGER PRIMARY KEY, step INTEGER NOT NULL, first TEXT NOT NULL,
          firstWords TEXT NOT NULL, second TEXT NOT NULL, secondWords TEXT NOT NULL,
          "by" TEXT NOT NULL, byWords TEXT NOT NULL, shared TEXT, sharedWords TEXT
        )
        """,
        """
        CREATE TEMP TABLE matter_link_entry (
          link INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (link, seq)
        )
        """,
        """
        CREATE TEMP TABLE matter_hub (
          hub INTEGER PRIMARY KEY, step INTEGER NOT NULL, first TEXT, firstWords TEXT,
          shared TEXT NOT NULL, sharedWords TEXT NOT NULL, several TEXT NOT NULL,
          severalWords TEXT NOT NULL
        )
        """,
    ]

    /// Gives queries the tables of a matter.
    package func addMatter(_ matter: MatterRows) throws {
        for sql in LedgerSnapshot.matterTables { try database.execute(sql: sql) }
        try insert("matter_case", matter.cases.map { [$0, matter.isCase ? 1 : 0] })
        try insert(
            "matter_subject",
            matter.subjects.enumerated().map { number, subject in
                [
                    number + 1, subject.kind.value, subject.kind.words, subject.id, subject.name,
                    subject.particulars,
                ]
            })
        for (number, subject) in matter.subjects.enumerated() {
            try insert("matter_person", subject.persons.map { [number + 1, $0] })
            try insert("matter_entry_subject", subject.entries.map { [number + 1, $0] })
        }
        try insert("matter_entry", matter.entries.map(LedgerSnapshot.values))
        for (number, leg) in matter.legs.enumerated() {
            try insert(
                "matter_leg",
                [
                    [
                        number, leg.entry, leg.payer.value, leg.payer.words, leg.dueFen,
                        leg.leastFen, leg.mostFen,
                    ]
                ])
            try insert(
                "matter_step",
                leg.steps.enumerated().map { place, step in
                    [
                        number, place, step.seq, step.kind, step.day.description, step.amountFen,
                        step.way.value, step.way.words, step.details, step.isReversed ? 1 : 0,
                    ]
                })
        }
        for (number, link) in matter.links.enumerated() {
            try insert("matter_link", [LedgerSnapshot.values(number, link)])
            try insert("matter_link_entry", link.entries.map { [number, $0] })
        }
        try insert(
            "matter_hub",
            matter.hubs.enumerated().map { number, hub in
                [
                    number, hub.step, hub.first?.value, hub.first?.words, hub.shared.value,
                    hub.shared.words, hub.count.value, hub.count.words,
                ]
            })
    }

    private static func values(_ entry: MatterRows.Entry) -> [(any DatabaseValueConvertible)?] {
        [
            entry.seq, entry.kind, entry.area, entry.day.dayNumber, entry.day.description,
            entry.amountFen, entry.isReversed ? 1 : 0, entry.through, entry.verdict?.value,
            entry.verdict?.words, entry.named.value, entry.named.words, entry.enteredBy,
            entry.findings,
        ]
    }

    private static func values(
        _ number: Int, _ link: MatterRows.Link
    ) -> [(any DatabaseValueConvertible)?] {
        [
            number, link.step, link.first.value, link.first.words, link.second.value,
            link.second.words, link.by.value, link.by.words, link.shared?.value,
            link.shared?.words,
        ]
    }

    private func insert(
        _ table: String, _ rows: [[(any DatabaseValueConvertible)?]]
    ) throws {
        guard let first = rows.first else { return }
        let marks = first.map { _ in "?" }.joined(separator: ", ")
        let insertion = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO temp.\(table) VALUES (\(marks))")
        for row in rows { try insertion.execute(arguments: StatementArguments(row)) }
    }
}
