import AidRecords
import Findings
import Testing

/// Heads are read strictly, and a mistake is told with its place.
struct DetectorReaderTests {
    @Test func aHeadIsRead() throws {
        let detector = try TestDetector.read()
        #expect(detector.id == "T1")
        #expect(detector.title == Words(zh: "测试", en: "Test"))
        #expect(detector.grades == [.breach, .warning])
        #expect(detector.key.map(\.name) == ["person", "year"])
        #expect(detector.subjects.map(\.type) == [.person, .institution])
        #expect(detector.parameters.first?.value == 15)
        #expect(detector.parameters.first?.rule == nil)
        #expect(detector.figures.first?.type == .one(.days))
        #expect(detector.queryLine == 20)
        #expect(detector.step == nil && !detector.isContradiction)
    }

    static let mistakes: [(String, String, String)] = [
        (
            "id: T1", "id: 1T",
            "T1.sql:2:5: `1T` is no id: a letter, then letters and digits, 16 at most"
        ),
        ("method: rule", "methode: rule", "T1.sql:5:10: unknown member `methode`"),
        (
            "method: rule", "method: guess",
            "T1.sql:5:9: `guess` is not known here (known are: rule,"
        ),
        ("grades: [F, W]", "grades: [W, F]", "T1.sql:4:9: the worst grade comes first"),
        ("grades: [F, W]", "grades: []", "T1.sql:4:9: at least one grade is needed"),
        ("grades: [F, W]", "grades: [F, F]", "T1.sql:4:13: `F` stands here twice"),
        (
            "grades: [F, W]", "grades: [F, X]",
            "T1.sql:4:13: `X` is not known here (known are: F, W, S)"
        ),
        ("basis: [R1]", "basis: []", "T1.sql:4:9: grade F rests on a rule"),
        ("[claim.settled]", "[claim.paid]", "T1.sql:8:12: there is no kind `claim.paid`"),
        ("default: 15", "default: 1.5", "T1.sql:10:19: a whole number is expected here"),
        ("unit: days", "unit: weeks", "T1.sql:10:29: `weeks` is not known here"),
        ("  days: {", "  ledger: {", "T1.sql:10:11: `ledger` cannot be a parameter's name"),
        ("medical-security", "hospital", "T1.sql:14:13: `hospital` is not a code of `department`"),
        (
            "key: [person, year]", "key: [person, person]",
            "T1.sql:15:15: `person` stands here twice"
        ),
        ("key: [person, year]", "key: []", "T1.sql:15:6: at least one column is needed"),
        ("key: [person, year]", "key: [person, 'a b']", "T1.sql:15:15: `a b` is no column's name"),
        ("{person: person,", "{persons: person,", "T1.sql:17:21: unknown member `persons`"),
        ("type: days,", "type: weeks,", "T1.sql:18:27: `weeks` is not known here"),
        (
            "type: days,", "type: days, codes: fund,",
            "T1.sql:18:40: only a figure of type `code` has words for its values"
        ),
        (
            "type: days,", "type: code, codes: funds,",
            "T1.sql:18:40: there is no list `funds` in ledger/kinds/codes.yaml"
        ),
        (
            "type: days,", "type: code, codes: fund, values: {a: {zh: 甲, en: A}},",
            "T1.sql:18:54: a figure has `codes` or `values`, not both"
        ),
        (
            "type: days,", "type: code, values: {},",
            "T1.sql:18:41: at least one code is needed"
        ),
        ("type: days,", "type: code, values: {a: {zh: 甲}},", "T1.sql:18:45: `en` is missing"),
        (
            "type: days,", "types: {a: fen},",
            "T1.sql:18:28: `types` goes with `by`, which names the column of their codes"
        ),
        (
            "type: days,", "type: days, by: gap, types: {a: fen},",
            "T1.sql:18:27: a figure has `type`, or `by` and `types`, not both"
        ),
        ("type: days,", "by: gap,", "T1.sql:18:11: `types` is missing"),
        (
            "department: medical-security", "department: medical-security\ndepartmentBy: gap",
            "T1.sql:15:15: `gap` is no figure with `codes: department`"
        ),
        (
            "type: days,", "by: gap, types: {a: fen},",
            "T1.sql:18:25: `gap` is no figure of type `code` of this head"
        ),
        ("type: days,", "by: gap, types: {a: weeks},", "T1.sql:18:41: `weeks` is not known here"),
        ("next: {zh: 核查, en: Look}\n", "", "T1.sql:2:1: `next` is missing"),
        ("why: {zh: 缘由, en: Why}", "why: {zh: 缘由}", "T1.sql:6:6: `en` is missing"),
        ("*/", "", "T1.sql:1: the comment with the head is not closed by */"),
        ("*/\nSELECT 1", "*/\n  \n", "T1.sql:19: there is no query after the head"),
        ("/*\nid", "SELECT 1 /*\nid", "T1.sql:1: a detector begins with its head"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsToldWithItsPlace(old: String, new: String, error: String) throws {
        let text = TestDetector.text.replacing(old, with: new, maxReplacements: 1)
        try #require(text != TestDetector.text)
        let failure = try #require(throws: DeclarationError.self) {
            try TestDetector.read(text)
        }
        #expect(failure.description.hasPrefix(error), "\(failure)")
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let failure = try #require(throws: DeclarationError.self) {
            try Detector(
                file: "T1.sql", bytes: [0x2F, 0x2A, 0xFF], catalogue: TestDetector.catalogue())
        }
        #expect(failure.description == "T1.sql: the file is not UTF-8")
    }

    @Test func anIdIsTakenOnce() throws {
        let catalogue = try TestDetector.catalogue()
        var shelf = DetectorShelf()
        shelf.add(file: "a/T1.sql", bytes: Array(TestDetector.text.utf8), catalogue)
        shelf.add(file: "b/T1.sql", bytes: Array(TestDetector.text.utf8), catalogue)
        #expect(shelf.detectors.map(\.file) == ["a/T1.sql"])
        #expect(
            shelf.failures.map(\.description) == [
                "b/T1.sql: the id T1 is taken by a/T1.sql already"
            ])
    }

    @Test func idsAreInOrderOfTheirNumbers() {
        let ids = ["C10", "S1", "C2", "L1", "C1"].sorted(by: DetectorShelf.isBefore)
        #expect(ids == ["C1", "C2", "C10", "L1", "S1"])
    }
}
