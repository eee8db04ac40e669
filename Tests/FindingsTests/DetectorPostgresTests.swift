import AidRecords
import Findings
import Foundation
import LedgerSQLite
import Testing

/// Detectors must run unchanged on PostgreSQL, where a province will keep its ledger.
struct DetectorPostgresTests {
    private static let isInstalled =
        ((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? [])
        .contains {
            FileManager.default.fileExists(atPath: "/usr/lib/postgresql/\($0)/bin/initdb")
        }

    @Test(.enabled(if: isInstalled, "PostgreSQL is not installed"))
    func everyDetectorIsPrepared() throws {
        let catalogue = try TestDetector.catalogue()
        let shelf = try DetectorFolders(Home(path: TestDetector.root)).shelf(catalogue)
        #expect(shelf.failures.map(\.description) == [])
        var script = PortableSchema(catalogue: catalogue).text + ReferenceTable.portableSQL
        for (index, detector) in shelf.detectors.enumerated() {
            script += try prepared(detector, index)
        }
        let file = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).sql"
        try Data(script.utf8).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let (status, output) = try run(
            "\(TestDetector.root)/Tests/ReportingTests/prepare-on-postgres", file)
        #expect(status == 0, "the last one was: \(output.suffix(2_000))")
    }

    /// Prepares the query, and runs it where there is nothing.
    private func prepared(_ detector: Detector, _ index: Int) throws -> String {
        let query = detector.text[try #require(detector.text.firstRange(of: "*/")).upperBound...]
        let parameters = [("ledger", Int64(1))] + detector.parameters.map { ($0.name, $0.value) }
        var sql = String(query)
        for (number, parameter) in parameters.enumerated() {
            sql = sql.replacing(try Regex(":\(parameter.0)\\b"), with: "$\(number + 1)")
        }
        let types = parameters.map { _ in "bigint" }.joined(separator: ", ")
        let values = parameters.map { String($0.1) }.joined(separator: ", ")
        return """

            \\echo \(detector.file)
            PREPARE detector\(index) (\(types)) AS \(sql);
            EXECUTE detector\(index) (\(values));

            """
    }

    private func run(_ tool: String, _ file: String) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = [file]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
