internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import LedgerSQLite
internal import TransparencyLog

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one entry.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions

    @Argument(help: "The entry's number, from 0.")
    var seq: Int64

    @Flag(help: "Exactly the bytes that are hashed, and nothing else.")
    var bytes = false

    @Flag(help: "The entry as JSON, with its leaf hash.")
    var json = false

    @OptionGroup var language: LanguageOption

    func run() throws {
        let reader = try LedgerReader(ledger.paths)
        guard let entry = try reader.entry(seq) else {
            throw try absence(in: reader)
        }
        let isAltered = LeafHash(entry: entry.bytes) != entry.leafHash
        if isAltered {
            Console.error(
                "aidledger: entry \(seq) is ALTERED: its bytes do not have the leaf hash that is stored"
            )
        }
        try show(entry)
        if isAltered { throw ExitCode(Status.answerIsNo.rawValue) }
    }

    /// It was never there, or is there no longer.
    private func absence(in reader: LedgerReader) throws -> any Error {
        let size = try reader.size()
        guard (0..<size).contains(seq) else {
            return UsageError(
                "there is no entry \(seq): the ledger has \(grouped(size)) entries, numbered from 0"
            )
        }
        Console.error(
            "aidledger: entry \(seq) is MISSING, and the ledger is said to have \(grouped(size)): "
                + "`aidledger verify` tells what happened to it")
        return ExitCode(Status.answerIsNo.rawValue)
    }

    private func show(_ entry: LedgerReader.StoredEntry) throws {
        if bytes { return Console.output(bytes: entry.bytes) }
        let text = String(decoding: entry.bytes, as: UTF8.self)
        if json {
            return Console.output(
                "{\"entry\":\(text),\"leafHash\":\"\(entry.leafHash.hex)\"}")
        }
        let rendering = EntryRendering(
            catalogue: try home.home().kinds(), isChinese: language.isChinese)
        for line in rendering.lines(of: entry.bytes) { Console.output(line) }
        Console.output("")
        Console.output((language.isChinese ? "叶哈希  " : "leaf hash  ") + entry.leafHash.hex)
    }
}
