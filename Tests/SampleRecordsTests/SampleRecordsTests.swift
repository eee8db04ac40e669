import SampleRecords
import Testing

struct SampleRecordsTests {
    let sample: SampleReader

    init() throws {
        sample = try SampleReader.shared.get()
    }

    @Test func everyKindOccurs() {
        let kinds = Set(sample.records.map(\.kind))
        #expect(kinds == Set(RecordKind.allCases.map(\.name)))
    }

    @Test func recordsComeInOrderOfTheirDays() {
        let days = sample.records.map(\.occurredOn)
        #expect(days == days.sorted())
        #expect(days.first == "2017-01-01")
        #expect(days.last == "2025-12-31")
    }

    @Test func occurredAtIsOnTheSameDay() {
        for record in sample.records {
            guard let time = record.members["occurredAt"] as? String else { continue }
            #expect(time.hasPrefix(record.occurredOn))
        }
    }

    @Test func sourceAndIdAreUnique() {
        #expect(Set(sample.records.map(\.key)).count == sample.records.count)
    }

    @Test func serialNumbersHaveNoGaps() {
        var last: [String: Int] = [:]
        for record in sample.records {
            let serial = Int(record.id.suffix(7)) ?? 0
            let series = record.source + " " + record.id.dropLast(7)
            if serial != last[series, default: 0] + 1 { Issue.record("gap before \(record.id)") }
            last[series] = serial
        }
    }

    @Test func referencesResolve() {
        let keys = Set(sample.records.map(\.key))
        let unresolved = sample.records.filter { record in
            !references(in: record.members).allSatisfy(keys.contains)
        }
        #expect(unresolved.map(\.id) == [])
    }

    @Test func correctionsReplaceWhatWasReversedBefore() {
        var reversed: Set<Key> = []
        var corrections = 0
        for record in sample.records {
            if record.kind == "entry.reversed", let key = record.reference("reverses") {
                #expect(reversed.insert(key).inserted)
            }
            guard let corrected = Key(record.members["corrects"]) else { continue }
            corrections += 1
            #expect(reversed.contains(corrected))
        }
        #expect(corrections > 0)
        #expect(corrections < reversed.count)
    }

    @Test func stepsOfAnApplicationComeInOrder() throws {
        let position = Dictionary(
            uniqueKeysWithValues: sample.records.enumerated().map { ($1.key, $0) })
        for (index, record) in sample.records.enumerated() {
            for name in ["application", "approval", "resolution", "publicity", "payment"] {
                guard let reference = record.reference(name) else { continue }
                #expect(try #require(position[reference]) < index)
            }
        }
    }

    /// Only Guangdong's documents provide for them.
    @Test(arguments: [1_000, 8_000])
    func approvalsAboveTheCapRestOnResolutions(entries: Int) throws {
        let sample = try SampleReader(entries: entries, seed: 2)
        let above = sample.of(kind: "aid.approved").filter { $0.text("aidType") == "above-cap" }
        #expect(above.count >= 3)
        #expect(above.allSatisfy { $0.area.hasPrefix("44") })
        for approval in above {
            let resolution = try #require(
                sample.records.first { $0.key == approval.reference("resolution") })
            let items = try #require(resolution.body["items"] as? [[String: Any]])
            let cap = try #require(items[0]["capFen"] as? Int)
            let total = try #require(items[0]["approvedYearTotalFen"] as? Int)
            #expect(total > cap)
            #expect(resolution.text("heldOn") <= approval.text("approvedOn"))
        }
    }

    private func references(in value: Any) -> [Key] {
        if let key = Key(value) { return [key] }
        if let object = value as? [String: Any] { return object.values.flatMap(references) }
        if let list = value as? [Any] { return list.flatMap(references) }
        return []
    }
}
