import Foundation
import Testing

/// Every line and every part of a sum that the adjudicator writes has its words, and no others.
@Suite struct StepWordsTests {
    @Test func everyLineHasWords() throws {
        let folder = RulebookTests.home.appending(path: "Sources/PolicyRules/Adjudication")
        var lines: Set = ["subsidy.top-up", "subsidy.duplicate"]
        var terms: Set = ["second.base-residual", "second.base-total"]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            lines.formUnion(
                text.matches(of: /TraceStep\(\s*"([A-Za-z.-]+)"/).map { String($0.1) })
            terms.formUnion(text.matches(of: /\.init\("([A-Za-z.-]+)"/).map { String($0.1) })
        }
        let file = RulebookTests.home.appending(path: "ledger/steps.yaml")
        let parts = try String(contentsOf: file, encoding: .utf8).split(separator: "\nterms:\n")
        #expect(parts.count == 2)
        #expect(names(in: parts[0]) == lines)
        #expect(names(in: parts[1]) == terms)
    }

    private func names(in text: Substring) -> Set<String> {
        Set(text.matches(of: /(?m)^  ([A-Za-z.-]+):/).map { String($0.1) })
    }
}
