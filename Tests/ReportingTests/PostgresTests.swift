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

    private static let types = [
        ("ledger", "bigint"), ("year", "bigint"), ("fromDay", "bigint"), ("toDay", "bigint"),
        ("areaFrom", "text"), ("areaTo", "text"),
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
        var script = PortableSchema(catalogue: catalogue).text
        let signature = PostgresTests.types.map(\.1).joined(separator: ", ")
        for (index, query) in queries.enumerated() {
            var sql = query.sql
            for (number, parameter) in PostgresTests.types.enumerated() {
                sql = sql.replacing(
                    try Regex(":\(parameter.0)\\b"), with: "$\(number + 1)")
            }
            script += "\n\\echo \(query.path)\nPREPARE question\(index) (\(signature)) AS \(sql);\n"
            script += "EXECUTE question\(index) (1, 2023, 19358, 19722, '150500', '150600');\n"
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
