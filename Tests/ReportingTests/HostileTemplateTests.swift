import Foundation
import Reporting
import Testing

/// Templates, schemas and inputs that try what they must not: `Hostile/README.md`.
@Suite(.serialized) struct HostileTemplateTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Hostile").path

    private static func files(_ suffix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/templates"))
        return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted()
    }

    private static func input(_ name: String) -> [UInt8] {
        Array(FileManager.default.contents(atPath: "\(folder)/inputs/\(name)") ?? Data())
    }

    private func library() throws -> StylesheetLibrary {
        try StylesheetLibrary(
            folders: ["\(HostileTemplateTests.folder)/templates"],
            limits: .init(inputBytesMax: 200_000, outputBytesMax: 100_000, stepsMax: 5_000_000))
    }

    /// Nothing of what must not be read may show, in output or problem.
    private func expectNothingLeaked(_ text: String) {
        #expect(!text.contains("OUTSIDE"))
        #expect(!text.contains("root:x:0"))
    }

    /// These need another input than the rest, or do no harm.
    private static let special: Set = [
        "document-of-input.xsl", "output-large.xsl", "steps-xpath.xsl", "xinclude.xsl",
    ]

    @Test(arguments: files(".xsl").filter { !special.contains($0) })
    func hostileStylesheetFails(_ name: String) throws {
        let library = try library()
        do {
            let output = try library.transform(
                HostileTemplateTests.input("good.xml"),
                by: "\(HostileTemplateTests.folder)/templates/\(name)")
            Issue.record("it gave: \(String(decoding: output.prefix(200), as: UTF8.self))")
        } catch ReportError.template(let problem) {
            #expect(!problem.isEmpty)
            expectNothingLeaked(problem)
        }
        #expect(!FileManager.default.fileExists(atPath: "/tmp/aidledger-hostile-written"))
    }

    @Test(arguments: ["linked/secret.xsl", "../outside/secret.xsl", "not-there.xsl"])
    func stylesheetOutsideTheFolderIsRefused(_ path: String) throws {
        let library = try library()
        #expect(throws: ReportError.self) {
            try library.transform(
                HostileTemplateTests.input("good.xml"),
                by: "\(HostileTemplateTests.folder)/templates/\(path)")
        }
    }

    @Test func inputCannotNameAFile() throws {
        let library = try library()
        do {
            let output = try library.transform(
                HostileTemplateTests.input("names-a-file.xml"),
                by: "\(HostileTemplateTests.folder)/templates/document-of-input.xsl")
            expectNothingLeaked(String(decoding: output, as: UTF8.self))
        } catch ReportError.template(let problem) {
            expectNothingLeaked(problem)
        }
    }

    @Test(arguments: ["steps-xpath.xsl", "output-large.xsl"])
    func costIsBounded(_ name: String) throws {
        let rows = String(repeating: "<row/>", count: 900)
        let library = try library()
        #expect(throws: ReportError.self) {
            try library.transform(
                Array("<report>\(rows)</report>".utf8),
                by: "\(HostileTemplateTests.folder)/templates/\(name)")
        }
    }

    @Test(arguments: [
        "billion-laughs.xml", "deeply-nested.xml", "doctype-utf16.xml", "doctype.xml",
        "entity-external.xml", "entity-parameter.xml", "not-well-formed.xml",
    ])
    func hostileInputIsRefused(_ name: String) throws {
        let library = try library()
        let folder = "\(HostileTemplateTests.folder)/templates"
        #expect(throws: ReportError.self) {
            try library.transform(
                HostileTemplateTests.input(name), by: "\(folder)/xinclude.xsl")
        }
        #expect(throws: ReportError.self) {
            try library.validate(HostileTemplateTests.input(name), against: "\(folder)/any.rng")
        }
    }

    @Test func nothingIsIncludedIntoTheInput() throws {
        let library = try library()
        let sheet = "\(HostileTemplateTests.folder)/templates/xinclude.xsl"
        let output = try library.transform(HostileTemplateTests.input("xinclude.xml"), by: sheet)
        #expect(String(decoding: output, as: UTF8.self) == "[]")
        let good = try library.transform(HostileTemplateTests.input("good.xml"), by: sheet)
        #expect(String(decoding: good, as: UTF8.self) == "[good]")
    }

    @Test(arguments: files(".rng").filter { $0 != "any.rng" })
    func hostileSchemaFails(_ name: String) throws {
        let library = try library()
        do {
            try library.validate(
                HostileTemplateTests.input("good.xml"),
                against: "\(HostileTemplateTests.folder)/templates/\(name)")
            Issue.record("it was taken")
        } catch ReportError.invalidXML(let problem) {
            expectNothingLeaked(problem)
        }
    }
}
