import SampleRecords
import Testing

struct SampleFraudTests {
    /// Large enough for all cities and years.
    private static let shared = Result { try Sample(entries: 8_000, seed: 5, fraud: 6) }
    private let sample: Sample

    init() throws {
        sample = try Self.shared.get()
    }

    /// A sample's records with the cases among them.
    private struct Sample {
        let lines: [[UInt8]]
        let records: [ParsedRecord]
        let cases: [PlantedRecord]

        init(entries: Int, seed: UInt64, fraud: Int) throws {
            var generator = SampleGenerator(entries: entries, seed: seed, fraud: fraud)
            var lines: [[UInt8]] = []
            var line: [UInt8] = []
            while generator.next(into: &line) {
                lines.append(line)
                line.removeAll()
            }
            self.lines = lines
            records = try lines.map(ParsedRecord.init)
            cases = generator.cases
        }
    }

    @Test func sameSeedGivesTheSameRecordsAndCases() throws {
        let again = try Sample(entries: 8_000, seed: 5, fraud: 6)
        #expect(again.lines == sample.lines)
        #expect(again.cases.map(\.line) == sample.cases.map(\.line))
    }

    @Test func withoutFraudNothingChanges() throws {
        let none = try Sample(entries: 3_000, seed: 7, fraud: 0)
        #expect(none.lines == SampleReader.lines(entries: 3_000, seed: 7))
        #expect(none.cases.isEmpty)
    }

    @Test func casesComeOnTopOfTheRecordsAskedFor() {
        #expect(sample.lines.count > 8_000 + sample.cases.count)
    }

    @Test func everyRecordOfACaseIsThere() {
        let keys = Set(sample.records.map(\.key))
        let absent = sample.cases.filter {
            !keys.contains(Key(source: $0.reference.source, id: $0.reference.id))
        }
        #expect(absent.map(\.line) == [])
    }

    @Test func sourceAndIdAreUnique() {
        #expect(Set(sample.records.map(\.key)).count == sample.records.count)
    }

    /// All but those that are sent in late, and so are cases of L1.
    @Test func recordsComeInOrderOfTheirDays() {
        let late = Set(
            sample.cases.filter { $0.rule == "L1" }.map {
                Key(source: $0.reference.source, id: $0.reference.id)
            })
        let days = sample.records.filter { !late.contains($0.key) }.map(\.occurredOn)
        #expect(days == days.sorted())
    }

    /// The catalogue's rows, but for what needs a larger sample (A3, O1, O2).
    @Test func everyRuleHasCases() {
        let rules = Set(sample.cases.filter { !$0.isSound }.map(\.rule))
        let expected =
            (1...7).map { "E\($0)" } + ["F1"] + (1...11).map { "S\($0)" }
            + (1...9).map { "C\($0)" } + (1...7).map { "P\($0)" }
            + ["A1", "A2", "O3", "O4", "I1", "L1", "L2"]
        #expect(Set(expected).subtracting(rules) == [])
        #expect(rules.subtracting(expected) == [])
    }

    @Test func mostRulesHaveLookAlikes() {
        let rules = Set(sample.cases.filter(\.isSound).map(\.rule))
        #expect(rules.count >= 38)
    }

    /// One person's case must not spoil another's.
    @Test func nobodyIsInTwoCases() {
        let persons = Dictionary(
            sample.records.compactMap { record in number(of: record).map { (record.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        var casesOf: [String: Set<Substring>] = [:]
        for planted in sample.cases {
            let key = Key(source: planted.reference.source, id: planted.reference.id)
            guard let person = persons[key] else { continue }
            let name = planted.line.prefix { $0 != "\t" }
            casesOf[person, default: []].insert(name)
        }
        #expect(casesOf.filter { $0.value.count > 1 }.isEmpty)
    }

    private func number(of record: ParsedRecord) -> String? {
        (record.body["person"] as? [String: Any])?["idNumber"] as? String
    }
}
