import AidRecords
import Foundation
import Testing

/// Good and bad records of every kind, judged by hand; `jsonschema` judges the same lines.
@Suite struct CorpusTests {
    private struct Line {
        let number: Int
        let isValid: Bool
        let why: String
        let record: String
    }

    /// The record's own bytes are cut out of the line: encoding it again would change it.
    private func lines() throws -> [Line] {
        let file = Declared.root.appending(path: "Tests/AidRecordsTests/Corpus/records.jsonl")
        let text = try String(contentsOf: file, encoding: .utf8)
        return try text.split(separator: "\n").enumerated().map { index, line in
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let start = try #require(line.range(of: "\"record\":")).upperBound
            return Line(
                number: index + 1, isValid: try #require(object["valid"] as? Bool),
                why: object["why"] as? String ?? "", record: String(line[start...].dropLast()))
        }
    }

    @Test func everyLineIsJudgedAsWritten() throws {
        let catalogue = try Declared.catalogue()
        let lines = try lines()
        #expect(lines.count > 1_000)
        for line in lines {
            let issues = Declared.issues(line.record, catalogue)
            #expect(
                issues.isEmpty == line.isValid,
                "line \(line.number) (\(line.why)): \(issues.map(\.description))")
        }
    }

    @Test func everyKindThatIntakeAcceptsHasGoodRecords() throws {
        let catalogue = try Declared.catalogue()
        let good = try lines().filter(\.isValid)
        for kind in catalogue.kinds where !kind.isProgram {
            #expect(good.contains { $0.record.contains("\"\(kind.name)\"") }, "\(kind.name)")
        }
    }
}
