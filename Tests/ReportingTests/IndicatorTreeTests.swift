import AidRecords
import Foundation
import LedgerSQLite
import Reporting
import Testing

/// `indicators.yaml` is read strictly: each mistake is told with its line.
@Suite struct IndicatorTreeTests {
    private static let sound = """
        grades:
          - {id: good, from: 6000}
          - {id: poor, from: 0}
        targets: {query: targets.sql}
        groups:
          - id: process
            title: {zh: 过程, en: Process}
            groups:
              - id: money
                title: {zh: 资金, en: Money}
                indicators:
                  - id: execution
                    title: {zh: 执行率, en: Execution}
                    weight: 9000
                    formula: {zh: 支出除以预算, en: Spent over budget}
                    score: proportional
                    numerator: {query: spent.sql, with: [cash], type: fen, sum: amountFen}
                    denominator: {query: budget.sql, type: fen, sum: amountFen}
                    target: {default: 10000, source: {zh: 默认, en: Default}}
                  - id: satisfaction
                    title: {zh: 满意度, en: Satisfaction}
                    weight: 1000
                    formula: {zh: 问卷, en: Survey}
                    score: blank
        """

    /// What reading a report with these indicators says.
    private func problem(_ indicators: String, table: String = "other") throws -> DeclarationError?
    {
        let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: "\(folder)/trial", withIntermediateDirectories: true)
        let report = """
            report: trial
            title: {zh: 试, en: Trial}
            about: {zh: 试, en: Trial}
            for: {zh: 试, en: Trial}
            sections:
              - id: one
                tables:
                  - {id: \(table), query: a.sql, columns: [{id: a, type: text}]}
                indicators: indicators.yaml
            """
        try report.write(toFile: "\(folder)/trial/report.yaml", atomically: true, encoding: .utf8)
        try indicators.write(
            toFile: "\(folder)/trial/indicators.yaml", atomically: true, encoding: .utf8)
        let drawing = ReportDrawing(
            templates: TemplateFolder(path: folder),
            catalogue: try Home(path: ReportTests.root).kinds(), areas: AreaNames(table: ""))
        do {
            _ = try drawing.description(of: "trial")
            return nil
        } catch let error as DeclarationError {
            return error
        }
    }

    @Test func soundTreeIsRead() throws {
        #expect(try problem(IndicatorTreeTests.sound) == nil)
    }

    @Test(arguments: [
        (old: "weight: 9000", new: "weight: 8999", line: 6, words: "99.99 points"),
        (old: "weight: 9000", new: "weight: 0", line: 14, words: "above 0"),
        (old: "score: proportional", new: "score: fair", line: 16, words: "at-most"),
        (
            old: "score: proportional", new: "skore: blank", line: 16,
            words: "unknown member `skore`"
        ),
        (old: "id: satisfaction", new: "id: execution", line: 6, words: "`execution` stands here"),
        (old: "id: satisfaction", new: "id: Satisfaction", line: 20, words: "an id is of"),
        (
            old: "score: blank", new: "score: blank\n            target: {default: 1}", line: 25,
            words: "a blank has no `target`"
        ),
        (old: "score: blank", new: "score: yes-no", line: 20, words: "`numerator` is missing"),
        (
            old: "with: [cash], type: fen", new: "with: [cash], type: count", line: 12,
            words: "of different types"
        ),
        (
            old: "type: fen, sum: amountFen}\n            denominator",
            new: "type: percent, sum: amountFen}\n            denominator", line: 17,
            words: "a `fen` or a `count`"
        ),
        (
            old: "{query: budget.sql, type: fen, sum: amountFen}",
            new: "{query: budget.sql, type: fen, sum: amountFen, count: true}", line: 18,
            words: "one of `sum`"
        ),
        (
            old: "{query: budget.sql, type: fen, sum: amountFen}",
            new: "{query: ../b.sql, type: fen}",
            line: 18, words: "outside the templates"
        ),
        (
            old: "default: 10000, source: {zh: 默认, en: Default}", new: "default: 10000", line: 19,
            words: "`source` is missing"
        ),
        (old: "default: 10000", new: "default: 0", line: 19, words: "a target is above 0"),
        (
            old: "{id: poor, from: 0}", new: "{id: poor, from: 7000}", line: 2,
            words: "from the highest"
        ),
    ])
    func mistakeIsToldWithItsLine(_ old: String, _ new: String, _ line: Int, _ words: String)
        throws
    {
        let text = IndicatorTreeTests.sound.replacing(old, with: new, maxReplacements: 1)
        try #require(text != IndicatorTreeTests.sound)
        let problem = try #require(try problem(text))
        #expect(problem.file.hasSuffix("trial/indicators.yaml"))
        #expect(problem.line == line)
        #expect(problem.reason.contains(words))
    }

    @Test func tableCannotBeCalledLikeAnIndicator() throws {
        let problem = try #require(try problem(IndicatorTreeTests.sound, table: "execution"))
        #expect(problem.file.hasSuffix("trial/report.yaml"))
        #expect(problem.reason.contains("both called execution"))
    }
}
