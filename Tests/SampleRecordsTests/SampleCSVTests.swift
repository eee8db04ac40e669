import SampleRecords
import Testing

struct SampleCSVTests {
    @Test func unknownMappingHasNoSample() {
        if SampleCSV(mapping: "other", entries: 100, seed: 1) != nil {
            Issue.record("a sample was made for a mapping that is not shipped")
        }
    }

    @Test(arguments: [
        ("settlement-5203", ["claim.settled", "entry.reversed"]),
        ("aid-approvals-zh", ["aid.approved"]),
    ])
    func rowsAreTheRecordsOfTheSample(mapping: String, kinds: [String]) throws {
        let sample = try SampleReader(entries: 3_000, seed: 9)
        let rows = try table(mapping, entries: 3_000, seed: 9)
        // Deductions of earlier aid have no column.
        let records = sample.records.filter {
            kinds.contains($0.kind) && $0.body["offsets"] == nil
        }
        #expect(rows.cells.map { $0[0] } == records.map(\.id))
        #expect(rows.cells.allSatisfy { $0.count == rows.header.count })
        #expect(Set(rows.header).count == rows.header.count)
    }

    @Test func amountsAreTheSameInYuan() throws {
        let sample = try SampleReader(entries: 3_000, seed: 9)
        let rows = try table("settlement-5203", entries: 3_000, seed: 9)
        let column = try #require(rows.header.firstIndex(of: "medfee_sumamt"))
        let flag = try #require(rows.header.firstIndex(of: "refd_setl_flag"))
        let claims = sample.of(kind: "claim.settled")
        let settled = rows.cells.filter { $0[flag] == "0" }
        for (claim, row) in zip(claims, settled) {
            let amounts = try #require(claim.body["amounts"] as? [String: Any])
            let fen = row[column].filter { $0 != "." }
            #expect(Int(fen) == amounts["totalFen"] as? Int)
        }
    }

    @Test func refundsNameTheSettlementTakenBack() throws {
        let sample = try SampleReader(entries: 5_000, seed: 9)
        let rows = try table("settlement-5203", entries: 5_000, seed: 9)
        let original = try #require(rows.header.firstIndex(of: "init_setl_id"))
        let flag = try #require(rows.header.firstIndex(of: "refd_setl_flag"))
        let total = try #require(rows.header.firstIndex(of: "medfee_sumamt"))
        let refunds = rows.cells.filter { $0[flag] == "1" }
        let reversals = sample.of(kind: "entry.reversed")
        #expect(refunds.map { $0[original] } == reversals.map { $0.reference("reverses")?.id })
        #expect(refunds.allSatisfy { $0[total].hasPrefix("-") })
        #expect(!refunds.isEmpty)
    }

    private func table(_ mapping: String, entries: Int, seed: UInt64) throws
        -> (header: [String], cells: [[String]])
    {
        var csv = try SampleCSVBox(mapping: mapping, entries: entries, seed: seed)
        var rows = csv.rows()
        let header = rows.removeFirst()
        return (header, rows)
    }
}

/// Reads a whole CSV sample.
private struct SampleCSVBox: ~Copyable {
    private var sample: SampleCSV

    init(mapping: String, entries: Int, seed: UInt64) throws {
        guard let sample = SampleCSV(mapping: mapping, entries: entries, seed: seed) else {
            throw NoSample()
        }
        self.sample = sample
    }

    struct NoSample: Error {}

    mutating func rows() -> [[String]] {
        var bytes: [UInt8] = []
        while sample.next(into: &bytes) {}
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
