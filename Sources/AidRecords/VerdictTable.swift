/// The table of verdicts, as queries see it beside the read model. One row a record that is
/// judged; `ledger/FORMAT.md` says what stands in it.
package enum VerdictTable {
    package struct Column: Sendable {
        package let name: String
        package let isInteger: Bool
        package let mayBeNull: Bool
    }

    package static let name = "verdict"

    /// The person comes first, since persons are judged as a whole: so the rows of one lie beside
    /// each other.
    package static let key = ["ledger", "person", "seq"]

    /// After the key.
    package static let columns: [Column] =
        [
            text("kind"), integer("year"), text("area"), text("verdict"),
            integer("expectedFen", mayBeNull: true), integer("expectedMostFen", mayBeNull: true),
            integer("reperformedFen", mayBeNull: true), integer("actualFen"),
        ]
        + [
            "medicalAidFen", "secondAidFen", "tiltAidFen", "targetedFundFen", "hospitalFen",
            "basicFen", "majorIllnessFen",
        ].map { integer($0, mayBeNull: true) }
        + [
            text("basicVerdict", mayBeNull: true), text("majorIllnessVerdict", mayBeNull: true),
            text("breach", mayBeNull: true), text("breachRule", mayBeNull: true),
            text("rulebooks"), text("rules"), text("missing"),
        ]

    private static func text(_ name: String, mayBeNull: Bool = false) -> Column {
        Column(name: name, isInteger: false, mayBeNull: mayBeNull)
    }

    private static func integer(_ name: String, mayBeNull: Bool = false) -> Column {
        Column(name: name, isInteger: true, mayBeNull: mayBeNull)
    }

    /// The statement that makes the table.
    /// - Parameters:
    ///   - integer: what the store calls a whole number.
    ///   - ending: what follows the columns.
    package static func sql(integer: String, ending: String) -> String {
        let keys = key.map { "\($0) \(integer) NOT NULL" }
        let rest = columns.map { column in
            "\(column.name) \(column.isInteger ? integer : "TEXT")"
                + (column.mayBeNull ? "" : " NOT NULL")
        }
        let lines = keys + rest + ["PRIMARY KEY (\(key.joined(separator: ", ")))"]
        return "CREATE TABLE \(name) (\n  \(lines.joined(separator: ",\n  "))\n)\(ending)"
    }
}
