internal import AidRecords
internal import LedgerCore

/// A table that the program makes for each run of the detectors; `ledger/detectors/README.md`.
package struct ReferenceTable: Sendable {
    package let name: String
    /// Each with whether it holds whole numbers, and whether it may be empty.
    let columns: [(name: String, isInteger: Bool, mayBeNull: Bool)]
    let key: [String]
    let indexes: [[String]]

    private init(
        _ name: String, _ columns: String, key: [String] = [], indexes: [[String]] = []
    ) {
        self.name = name
        self.columns = columns.split(separator: " ").map { column in
            let name = column.prefix { $0 != "#" && $0 != "?" }
            return (String(name), column.contains("#"), column.contains("?"))
        }
        self.key = key
        self.indexes = indexes
    }

    /// After a name: `#` for a whole number, `?` for what may be empty.
    package static let all: [ReferenceTable] = [
        ReferenceTable("area_within", "area within distance#", key: ["area", "within"]),
        ReferenceTable(
            "rule_in_force", "rulebook rule nature area fromDay# toDay#",
            indexes: [["rule", "area"], ["area"]]),
        ReferenceTable(
            "provision",
            """
            provision# rulebook rule nature topic area fromDay# toDay# fen#? basisPoints#? \
            atLeast#? atMost#? days#? workingDays#? months#? dayOfMonth#? byDay#? measure? level? \
            parameter?
            """, indexes: [["topic", "area"], ["area", "topic"]]),
        ReferenceTable(
            "provision_code", "provision# member code", indexes: [["provision", "member", "code"]]),
        ReferenceTable("kept_person", "person# kept#", key: ["person"], indexes: [["kept"]]),
        ReferenceTable("workday", "day# number#", key: ["day"], indexes: [["number"]]),
        ReferenceTable("calendar_end", "lastDay#"),
        ReferenceTable("institution", "code level# type area name", key: ["code"]),
        ReferenceTable("latest_day", "day#"),
    ]

    /// The statement that makes the table, and those that make its indexes.
    func sql(integer: String, isTemporary: Bool) -> [String] {
        let lines =
            columns.map { column in
                "\(SQLName.quoted(column.name)) \(column.isInteger ? integer : "TEXT")"
                    + (column.mayBeNull ? "" : " NOT NULL")
            } + (key.isEmpty ? [] : ["PRIMARY KEY (\(key.joined(separator: ", ")))"])
        let schema = isTemporary ? "temp." : ""
        let word = isTemporary ? "TEMP TABLE" : "TABLE"
        return ["CREATE \(word) \(name) (\n  \(lines.joined(separator: ",\n  "))\n)"]
            + indexes.map { columns in
                "CREATE INDEX \(schema)\(name)_by_\(columns.joined(separator: "_")) "
                    + "ON \(name) (\(columns.joined(separator: ", ")))"
            }
    }

    var insertion: String {
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO temp.\(name) VALUES (\(places))"
    }

    /// The statements that make them all on PostgreSQL.
    package static let portableSQL =
        all.flatMap { $0.sql(integer: "BIGINT", isTemporary: false) }
        .map { $0 + ";\n" }.joined()
}
