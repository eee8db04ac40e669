import AidRecords
import Testing

/// Mistakes in declarations are told with file and line.
@Suite struct KindReaderTests {
    private func error(_ text: String, file: String = "x.y.yaml") throws -> String {
        var files = try Declared.kindFiles()
        files[file] = text
        do {
            _ = try KindCatalogue(files: files)
            return "none"
        } catch {
            return "\(error)"
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

    @Test func fieldThatIsAddedGetsItsColumns() throws {
        var files = try Declared.kindFiles()
        files["x.y.yaml"] = kind(
            """
              paidOn: {type: date, zh: 甲, en: A}
              area: {type: area, zh: 甲, en: A}
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
        #expect(columns.map(\.name) == ["paidOn", "paidOnDay", "body_area", "by_amountFen"])
        #expect(columns.map(\.mayBeNull) == [false, false, false, true])
        #expect(added.listTables.map(\.name) == ["x_y__items"])
        #expect(added.listTables[0].columns.map(\.name) == ["source", "id"])
    }
}
