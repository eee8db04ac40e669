import AidRecords
import Foundation
import LedgerSQLite
import Reporting
import Testing

/// The questions of reports must run unchanged on PostgreSQL, where a province will keep its ledger.
@Suite struct PostgresTests {
    private static let isInstalled =
        FileManager.default.fileExists(atPath: "/usr/lib/postgresql")
        && ((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? [])
            .contains {
                FileManager.default.fileExists(atPath: "/usr/lib/postgresql/\($0)/bin/initdb")
            }

    /// Each with its type and a value; those of reports' own after the common ones.
    private static let parameters = [
        ("ledger", "bigint", "1"), ("year", "bigint", "2023"), ("fromDay", "bigint", "19358"),
        ("toDay", "bigint", "19722"), ("areaFrom", "text", "'150500'"),
        ("areaTo", "text", "'150600'"), ("reviewAbove", "bigint", "1000000"),
        ("seed", "bigint", "1"), ("sampleSize", "bigint", "20"),
        ("detailed", "bigint", "100"),
    ]

    @Test(.enabled(if: isInstalled, "PostgreSQL is not installed"))
    func everyQueryIsPrepared() throws {
        let home = Home(path: ReportTests.root)
        let catalogue = try home.kinds()
        let drawing = ReportDrawing(
            templates: TemplateFolder(path: ReportTests.templates), catalogue: catalogue,
            areas: AreaNames(table: ""))
        let queries = try drawing.queries()
        #expect(queries.count > 20)
        var script = PortableSchema(catalogue: catalogue).text + ReferenceTable.portableSQL
        for table in LedgerSnapshot.findingTables + LedgerSnapshot.matterTables {
            script += "\(table);\n"
        }
        let signature = PostgresTests.parameters.map(\.1).joined(separator: ", ")
        let values = PostgresTests.parameters.map(\.2).joined(separator: ", ")
        for (index, query) in queries.enumerated() {
            var sql = query.sql
            for (number, parameter) in PostgresTests.parameters.enumerated() {
                sql = sql.replacing(
                    try Regex(":\(parameter.0)\\b"), with: "$\(number + 1)")
            }
            script += "\n\\echo \(query.path)\nPREPARE question\(index) (\(signature)) AS \(sql);\n"
            script += "EXECUTE question\(index) (\(values));\n"
        }
        let file = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).sql"
        try Data(script.utf8).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let tool = "\(ReportTests.root)/Tests/ReportingTests/prepare-on-postgres"
        let run = try Tool.run(tool, [file])
        let output = String(decoding: run.output.suffix(2_000), as: UTF8.self)
        #expect(run.status == 0, "the last one was: \(output)")
    }
}
