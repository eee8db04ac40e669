import Findings
import LedgerCore
import Testing

/// Names of findings, held to what `printf … | sha256sum` gives.
struct FindingIDTests {
    /// `printf 'P3\n17\n\nH1' | sha256sum` and `printf '2\n10\n33' | sha256sum`
    @Test func aNameIsRuleKeyAndEntries() {
        let id = FindingID(
            rule: "P3", key: [.integer(17), .null, .text("H1")], entries: [2, 10, 33])
        #expect(id.description == "P3-857a49c274.dcf678")
        #expect(id.matter == "P3-857a49c274" && id.evidence == "dcf678")
    }

    /// `printf P3 | sha256sum` and `printf '' | sha256sum`
    @Test func withoutKeyAndEntriesThereIsANameAllTheSame() {
        let id = FindingID(rule: "P3", key: [], entries: [])
        #expect(id.description == "P3-9f9853b3f1.e3b0c4")
    }

    @Test func furtherEvidenceLeavesTheFirstPart() {
        let first = FindingID(rule: "P3", key: [.integer(1)], entries: [5])
        let second = FindingID(rule: "P3", key: [.integer(1)], entries: [5, 6])
        #expect(first.matter == second.matter && first.evidence != second.evidence)
    }

    @Test func aNameInARecordIsRead() {
        #expect(FindingID("P3-857a49c274.dcf678")?.description == "P3-857a49c274.dcf678")
        #expect(FindingID("P3-857a49c274") == nil)
        #expect(FindingID("a case") == nil)
        #expect(FindingID(".") == nil)
    }
}
