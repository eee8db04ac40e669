import AidRecords
import Foundation
import Testing

/// `ledger/schema/` is generated from the kinds; what is committed must be what they give now.
@Suite struct GeneratedFilesTests {
    @Test func schemasAreThoseOfTheKinds() throws {
        let catalogue = try Declared.catalogue()
        let schema = RecordSchema(catalogue: catalogue)
        for kind in catalogue.kinds where !kind.isProgram {
            let file = Declared.root.appending(
                path: "ledger/schema/records/\(kind.name).schema.json")
            let committed = try String(contentsOf: file, encoding: .utf8)
            #expect(committed == schema.text(of: kind), "run `aidledger kinds generate`")
        }
    }

    @Test func referencePageIsThatOfTheKinds() throws {
        let file = Declared.root.appending(path: "ledger/schema/RECORDS.md")
        let committed = try String(contentsOf: file, encoding: .utf8)
        let page = RecordReference(catalogue: try Declared.catalogue()).text
        #expect(committed == page, "run `aidledger kinds generate`")
    }

    @Test func readModelPageIsThatOfTheKinds() throws {
        let file = Declared.root.appending(path: "ledger/schema/read-model.sql")
        let committed = try String(contentsOf: file, encoding: .utf8)
        let page = PortableSchema(catalogue: try Declared.catalogue()).text
        #expect(committed == page, "run `aidledger kinds generate`")
    }

    @Test func noSchemaIsLeftOfAKindThatIsGone() throws {
        let folder = Declared.root.appending(path: "ledger/schema/records")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let kinds = try Declared.catalogue().kinds.filter { !$0.isProgram }
        #expect(Set(names) == Set(kinds.map { "\($0.name).schema.json" }))
    }
}
