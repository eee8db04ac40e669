internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import LedgerCore
internal import LedgerSQLite
internal import PolicyRules
internal import SampleRecords

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Write synthetic records, for trying and for measuring.",
        discussion: """
            All persons are invented. What is paid is what the rulebooks of ledger/policies give, \
            which the sample adopts. The same number, seed and rulebooks give the same bytes.
            """)

    @Argument(help: "Where to write; - is standard output.", completion: .file())
    var file: String

    @Option(help: "How many records; CSV has the rows of those that it can hold.")
    var entries: Int

    @Option(help: "What the records are derived from.")
    var seed: UInt64 = 1

    @Option(help: "Write CSV for this mapping: settlement-5203 or aid-approvals-zh.")
    var mapping: String?

    @Option(
        help: """
            Plant so many wrong payments of every kind, as far as there is occasion; --truth says \
            where.
            """)
    var mistakes: Int = 0

    @Option(
        help: """
            Plant about so many cases of fraud and breach for every detector, and as many sound \
            ones that look alike, on top of --entries; --truth says where.
            """)
    var fraud: Int = 0

    @Option(
        help: """
            Where to write, as TSV, which records are wrong, how, and what was due; with --fraud, \
            which records make up which case.
            """,
        completion: .file())
    var truth: String?

    @OptionGroup var home: HomeOptions

    func validate() throws {
        guard (1...100_000_000).contains(entries) else {
            throw ValidationError("--entries must be from 1 to 100,000,000.")
        }
        guard (0...1_000_000).contains(mistakes) else {
            throw ValidationError("--mistakes must be from 0 to 1,000,000.")
        }
        guard (0...100).contains(fraud) else {
            throw ValidationError("--fraud must be from 0 to 100.")
        }
        guard fraud == 0 || mistakes == 0 else {
            throw ValidationError("--fraud and --mistakes have truth files of different forms.")
        }
        guard fraud == 0 || truth != nil else {
            throw ValidationError("--fraud needs --truth: it says which records are wrong.")
        }
        guard mistakes == 0 || truth != nil else {
            throw ValidationError("--mistakes needs --truth: it says which records are wrong.")
        }
        guard mapping == nil || truth == nil else {
            throw ValidationError("Mistakes are planted in JSON Lines only, without --mapping.")
        }
    }

    func run() throws {
        try OutputGuard.check(file)
        if let truth {
            try OutputGuard.check(truth)
            guard !OutputGuard.isSame(file, truth) else {
                throw UsageError("--truth names the file of the records")
            }
        }
        // The file is opened once it is certain that there is something to write.
        var csv = mapping.flatMap { SampleCSV(mapping: $0, entries: entries, seed: seed) }
        if let mapping, csv == nil {
            throw UsageError(
                "there is no sample for the mapping \(mapping); there is for "
                    + "settlement-5203 and aid-approvals-zh")
        }
        var records = SampleGenerator(
            entries: entries, seed: seed,
            rulebooks: csv == nil ? try SampleRulebooks.read(home.home()) : [],
            mistakes: mistakes, fraud: fraud)
        let bar = ProgressBar(file)
        let output = try OutputFile(file)
        var written = 0
        func write(_ next: (inout [UInt8]) -> Bool) throws {
            var bytes: [UInt8] = []
            var goesOn = true
            while goesOn {
                bytes.removeAll(keepingCapacity: true)
                while goesOn && bytes.count < 1 << 18 {
                    goesOn = next(&bytes)
                    written += goesOn ? 1 : 0
                }
                try output.write(bytes)
                bar.show(Int64(written), of: Int64(entries), count: written, unit: "records")
            }
        }
        try write { bytes in
            if csv != nil { return csv?.next(into: &bytes) ?? false }
            return records.next(into: &bytes)
        }
        bar.finish()
        if let truth {
            let lines =
                fraud > 0
                ? [PlantedRecord.header] + records.cases.map(\.line)
                : [PlantedMistake.header] + records.planted.map(\.line)
            try TextFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: truth)
        }
    }
}

/// The rulebooks that a sample adopts, as they lie in `ledger/policies`.
private enum SampleRulebooks {
    static func read(_ home: Home) throws -> [SampleRulebook] {
        let codes = try home.kinds().codes
        return try SampleRulebook.names.map { name in
            let path = home.path + "/ledger/policies/" + name + ".yaml"
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw FileError(path: path, reason: "cannot be read")
            }
            let text = String(decoding: bytes, as: UTF8.self)
            return SampleRulebook(
                name: name, version: try Rulebook(file: path, text: text, codes: codes).version,
                sha256: VaultCipher.digest(Array(bytes)))
        }
    }
}

/// A file that is written piece by piece, or standard output.
private struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        // Opened as it is: a new file must not take the place of a device or pipe.
        descriptor =
            path == "-" ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else {
            throw FileError(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        if descriptor != STDOUT_FILENO { close(descriptor) }
    }

    func write(_ bytes: [UInt8]) throws {
        let code = writeAll(bytes, to: descriptor)
        guard code == 0 else {
            throw FileError(path: path, reason: String(cString: strerror(code)))
        }
    }
}
