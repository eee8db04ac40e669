import AidRecords
import Testing

/// Mistakes in declarations are told with file and line.
@Suite struct KindReaderTests {
    private func error(
        _ text: String, file: String = "x.y.yaml", besides others: [String: String] = [:]
    ) throws -> String {
        var files = try Declared.kindFiles().merging(others) { $1 }
        files[file] = text
        do {
            _ = try KindCatalogue(files: files)
            return "none"
        } catch let error as DeclarationError {
            // The column too is told; these tests are about the line.
            #expect((error.line == nil) == (error.column == nil))
            return "\(error.file)\(error.line.map { ":\($0)" } ?? ""): \(error.reason)"
        }
    }

    private func kind(_ fields: String) -> String {
        """
        kind: x.y
        group: ledger
        title: {zh: 甲, en: A}
        about: {zh: 甲, en: A}
        fields:
        \(fields)
        """
    }

    @Test func mistakesAreToldWithFileAndLine() throws {
        #expect(
            try error(kind("  a: {type: fenn, zh: 甲, en: A}"))
                == "x.y.yaml:6: unknown type `fenn`")
        #expect(
            try error(kind("  a: {type: code, codes: nope, zh: 甲, en: A}"))
                == "x.y.yaml:6: codes.yaml has no list `nope`")
        #expect(
            try error(kind("  a: {type: fen, maximum: 3, zh: 甲, en: A}")).hasPrefix(
                "x.y.yaml:6: unknown member `maximum`"))
        #expect(try error(kind("  a: {type: fen, zh: 甲}")) == "x.y.yaml:6: `en` is missing")
        #expect(try error("kind: x.z\n") == "x.y.yaml:1: the file is not named x.z.yaml")
        #expect(
            try error(kind("  a: {type: count, min: 3, max: 2, zh: 甲, en: A}"))
                == "x.y.yaml:6: `min` is above `max`")
        #expect(try error("kind: [").hasPrefix("x.y.yaml: not YAML"))
    }

    /// Limits and names are those of `ledger/kinds/README.md`.
    @Test(arguments: [
        ("  a: {type: text, max: 0, zh: 甲, en: A}", "`max` is a number from 1 to 40000"),
        ("  a: {type: text, max: 40001, zh: 甲, en: A}", "`max` is a number from 1 to 40000"),
        ("  a: {type: basisPoints, max: -1, zh: 甲, en: A}", "`max` is a number from 0 to 1000000"),
        (
            "  a: {type: list, min: 1001, items: {type: flag}, zh: 甲, en: A}",
            "`min` is a number from 0 to 1000"
        ),
        (
            "  a: {type: count, max: 9007199254740992, zh: 甲, en: A}",
            "`max` is a number from -9007199254740991 to 9007199254740991"
        ),
        ("  '': {type: flag, zh: 甲, en: A}", "``: names are ASCII letters and digits"),
        ("  a\"b: {type: flag, zh: 甲, en: A}", "`a\"b`: names are ASCII letters and digits"),
        ("  a_b: {type: flag, zh: 甲, en: A}", "`a_b`: names are ASCII letters and digits"),
        (
            "  a: {type: commitments, zh: 甲, en: A}",
            "`commitments` stands in kinds of the program only"
        ),
        ("  a: {type: phone, zh: 甲, en: A}", "`phone` stands in kinds of the program only"),
    ])
    func fieldsThatRecordsCannotHaveAreRefused(_ field: String, _ reason: String) throws {
        #expect(try error(kind(field)) == "x.y.yaml:6: \(reason)")
    }

    @Test(arguments: ["é", "''", "a\"b"])
    func codesThatEntriesCannotHoldAreRefused(_ code: String) throws {
        let message = try error("x: {\(code): {zh: 甲, en: A}}", file: "codes.yaml")
        #expect(message.hasPrefix("codes.yaml:1: `"))
        #expect(message.hasSuffix("`: codes are ASCII without quote and backslash"))
    }

    /// Swift takes `K` and the Kelvin sign, U+212A, for the same.
    @Test func codesAreComparedAsTheyAreSpelt() throws {
        var files = try Declared.kindFiles()
        files["codes.yaml", default: ""] += "\nunit: {K: {zh: 甲, en: A}}\n"
        files["x.y.yaml"] = kind("  a: {type: code, codes: unit, zh: 甲, en: A}")
        let catalogue = try KindCatalogue(files: files)
        func issues(_ code: String) -> [String] {
            let record = """
                {"kind":"x.y","source":"s","id":"1","area":"150500","occurredOn":"2023-03-05",\
                "operator":"u","body":{"a":"\(code)"}}
                """
            return Declared.issues(record, catalogue).map(\.path)
        }
        #expect(issues("K") == [])
        #expect(issues("\u{212A}") == ["/body/a"])
    }

    @Test func everyColumnHasANameOfItsOwn() throws {
        let date = "  paid: {type: date, zh: 甲, en: A}\n"
        #expect(
            try error(kind(date + "  paidDay: {type: count, zh: 甲, en: A}"))
                == "x.y.yaml:1: the table x_y would have two columns `paidDay`")
        #expect(
            try error(kind(date + "  Paid: {type: flag, zh: 甲, en: A}"))
                == "x.y.yaml:1: the table x_y would have two columns `Paid`")
        let text = "  a: {type: text, sealed: true, zh: 甲, en: A}\n"
        #expect(
            try error(kind(text + "  sealed: {type: flag, zh: 甲, en: A}"))
                == "x.y.yaml:1: beside sealed texts, `sealed` is the program's own member")
    }

    @Test(arguments: ["entry", "x;y", "x..y", "x.y-", ".x"])
    func kindsThatCannotBeTablesAreRefused(_ name: String) throws {
        let text = kind("  a: {type: flag, zh: 甲, en: A}").replacing("x.y", with: name)
        #expect(
            try error(text, file: "\(name).yaml")
                == "\(name).yaml:1: `\(name)`: a kind is called like fund.balance-stated")
    }

    @Test(arguments: [
        ("aid.paid-x", "none"),
        ("aid-paid.x", "aid.paid-x.yaml: another kind has a table or view `aid_paid_x` already"),
        (
            "live.aid-paid",
            "live.aid-paid.yaml: another kind has a table or view `live_aid_paid` already"
        ),
    ])
    func everyTableHasANameOfItsOwn(_ name: String, _ message: String) throws {
        let text = kind("  a: {type: flag, zh: 甲, en: A}")
        let other = ["aid.paid-x.yaml": text.replacing("x.y", with: "aid.paid-x")]
        #expect(
            try error(text.replacing("x.y", with: name), file: "\(name).yaml", besides: other)
                == message)
    }

    /// The program writes the envelope's members by name, and tells persons by theirs.
    @Test func sharedFilesKeepWhatTheProgramNeeds() throws {
        let files = try Declared.kindFiles()
        let envelope = try #require(files["envelope.yaml"])
        let person = try #require(files["person.yaml"])
        let more = "  more: {type: count, optional: true, zh: 甲, en: A}\n"
        #expect(
            try error(envelope + more, file: "envelope.yaml").hasPrefix(
                "envelope.yaml: the members are these and no others: area, attachments"))
        let retyped = envelope.replacing(
            "occurredOn:  {type: date", with: "occurredOn: {type: flag")
        #expect(
            try error(retyped, file: "envelope.yaml").hasPrefix(
                "envelope.yaml: members must keep their types, since every table has these columns")
        )
        #expect(
            try error(person + more, file: "person.yaml")
                == "person.yaml: `more`: particulars are texts, codes, dates and areas")
        let optional = person.replacing("idNumber:      {", with: "idNumber: {optional: true, ")
        #expect(
            try error(optional, file: "person.yaml")
                == "person.yaml: `idNumber` must be there and not be optional")
    }

    @Test func fieldThatIsAddedGetsItsColumns() throws {
        var files = try Declared.kindFiles()
        files["x.y.yaml"] = kind(
            """
              paidOn: {type: date, zh: 甲, en: A}
              area: {type: area, zh: 甲, en: A}
              seq: {type: count, zh: 甲, en: A}
              by:
                type: object
                optional: true
                zh: 甲
                en: A
                fields:
                  amountFen: {type: fen, zh: 甲, en: A}
              items: {type: list, items: {type: reference}, zh: 甲, en: A}
            """)
        let catalogue = try KindCatalogue(files: files)
        let added = try #require(catalogue.kind("x.y"))
        let columns = added.table.columns.dropFirst(KindCatalogue.envelopeColumns.count)
        #expect(
            columns.map(\.name) == ["paidOn", "paidOnDay", "body_area", "body_seq", "by_amountFen"])
        #expect(columns.map(\.mayBeNull) == [false, false, false, false, true])
        #expect(added.listTables.map(\.name) == ["x_y__items"])
        #expect(added.listTables[0].columns.map(\.name) == ["source", "id"])
    }
}
