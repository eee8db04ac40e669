internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerSQLite

struct KindsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds", abstract: "What records may be.",
        subcommands: [List.self, Generate.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the kinds of records.")

        @OptionGroup var home: HomeOptions

        func run() throws {
            for kind in try home.home().kinds().kinds {
                let mark = kind.isProgram ? "⚙" : " "
                let name = kind.name.padding(toLength: 24, withPad: " ", startingAt: 0)
                Console.output("\(mark) \(name) \(kind.title.en) · \(kind.title.zh)")
            }
        }
    }

    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write ledger/schema/ anew: JSON Schemas, reference page, SQL.")

        @OptionGroup var home: HomeOptions

        func run() throws {
            let home = try home.home()
            let catalogue = try home.kinds()
            let folder = "\(home.path)/ledger/schema"
            try FileManager.default.createDirectory(
                atPath: "\(folder)/records", withIntermediateDirectories: true)
            let schema = RecordSchema(catalogue: catalogue)
            let accepted = catalogue.kinds.filter { !$0.isProgram }
            for kind in accepted {
                try TextFile.write(
                    Array(schema.text(of: kind).utf8),
                    to: "\(folder)/records/\(kind.name).schema.json")
            }
            try TextFile.write(
                Array(RecordReference(catalogue: catalogue).text.utf8), to: "\(folder)/RECORDS.md")
            try TextFile.write(
                Array(PortableSchema(catalogue: catalogue).text.utf8),
                to: "\(folder)/read-model.sql")
            Console.output(
                "wrote \(accepted.count) schemas, RECORDS.md and read-model.sql to \(folder)")
        }
    }
}
