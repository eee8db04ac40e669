package import AidRecords
internal import Glibc
package import LedgerCore
internal import TransparencyLog

/// How a file is to be imported.
package struct ImportPlan: Sendable {
    package enum Mode: Sendable {
        /// Good records are recorded, bad ones go to the rejects file.
        case lenient
        /// All or nothing: the file is read through once before anything is recorded.
        case strict
        /// Nothing is recorded.
        case dryRun
    }

    package var mode = Mode.lenient
    package var format = InputFormat.jsonLines
    package var encoding = InputEncoding.automatic
    package var rejectsPath: String
    /// Of `import.finished`, where no record says better.
    package var area: String?
    package var `operator`: String?
    /// What else is asked of a record that is valid by its kind: nil where nothing is wrong.
    package var examine: @Sendable (PreparedRecord) -> RecordIssue? = { _ in nil }

    package init(rejectsPath: String) { self.rejectsPath = rejectsPath }

    /// Records of one durable commit.
    package static let batchRecords = 5_000
    /// Bytes of input that one batch holds at most, so that long lines take no more memory.
    package static let batchBytes = 2 << 20
}

/// What an import has done.
package struct ImportResult: Sendable {
    package internal(set) var lines = 0
    package internal(set) var accepted = 0
    package internal(set) var duplicates = 0
    package internal(set) var rejected = 0
    /// Records whose identity number cannot be right; they are recorded all the same.
    package internal(set) var doubtful = 0
    /// The first lines of those.
    package internal(set) var doubtfulLines: [Int] = []
    /// The rejects file, where there is one.
    package internal(set) var rejects: String?
    /// Hex; nil where the file was not read to its end.
    package internal(set) var contentSHA256: String?
    package internal(set) var encoding = InputEncoding.automatic
    /// Whether anything was recorded, or could have been.
    package internal(set) var isRecorded = false

    package var records: Int { accepted + duplicates + rejected }
}

/// What is told while an import runs.
package struct ImportEvents {
    /// A batch is durable through this line.
    package var committed: (_ throughLine: Int, _ size: Int64) -> Void = { _, _ in }
    package var rejected: (_ line: Int, _ issues: [RecordIssue]) -> Void = { _, _ in }
    /// Bytes read, of all passes, and how many there will be, where that is known.
    package var progress: (_ bytes: Int64, _ total: Int64?, _ records: Int) -> Void = { _, _, _ in }

    package init() {}
}

/// Takes a file of records into a ledger.
package final class LedgerImport {
    private let writer: LedgerWriter
    private let surroundings: Surroundings
    private let plan: ImportPlan
    private let events: ImportEvents
    /// Area and operator of the first good record: they caused `import.finished`.
    private var cause: (area: String, operator: String)?

    package init(
        into writer: LedgerWriter, plan: ImportPlan, surroundings: Surroundings,
        events: ImportEvents
    ) {
        self.writer = writer
        self.plan = plan
        self.surroundings = surroundings
        self.events = events
    }

    /// What keeps a strict import from being one.
    package enum Refusal: Error, CustomStringConvertible {
        case strictNeedsFile
        case changedMeanwhile

        package var description: String {
            switch self {
            case .strictNeedsFile:
                "--strict reads its input twice, so it needs a file, not a pipe or standard input"
            case .changedMeanwhile:
                "the file was changed while it was imported: what was recorded until then is "
                    + "acknowledged above; import the file again"
            }
        }
    }

    /// - Parameters:
    ///   - path: of the file, `-` for standard input.
    /// - Throws: `InputError`, `RejectsError`, `StoreError`, `Refusal`.
    package func run(path: String) throws -> ImportResult {
        switch plan.mode {
        case .lenient:
            let file = try InputFile(path: path)
            var result = try pass(file, path, recording: true, passes: 1, number: 0)
            try finish(&result)
            return result
        case .dryRun:
            let file = try InputFile(path: path)
            return try pass(file, path, recording: false, passes: 1, number: 0)
        case .strict: return try runStrictly(path)
        }
    }

    private func runStrictly(_ path: String) throws -> ImportResult {
        let file = try InputFile(path: path)
        guard file.byteCount != nil else { throw Refusal.strictNeedsFile }
        let first = try pass(file, path, recording: false, passes: 2, number: 0)
        guard first.rejected == 0 else { return first }
        guard lseek(file.descriptor, 0, SEEK_SET) == 0 else { throw Refusal.strictNeedsFile }
        var second = try pass(file, path, recording: true, passes: 2, number: 1)
        guard second.contentSHA256 == first.contentSHA256, second.rejected == 0 else {
            throw Refusal.changedMeanwhile
        }
        try finish(&second)
        return second
    }

    // MARK: One pass through the file

    private func pass(
        _ file: borrowing InputFile, _ path: String, recording: Bool, passes: Int64, number: Int64
    ) throws -> ImportResult {
        let total = file.byteCount.map { $0 * passes }
        let before = (file.byteCount ?? 0) * number
        let input = try InputReader(
            descriptor: file.descriptor, format: plan.format, encoding: plan.encoding)
        var rejects = try RejectsWriter(path: plan.rejectsPath, sourceName: path)
        let rehearsal = recording ? nil : try ImportRehearsal(writer)
        let source = BatchSource(
            input, writer.catalogue, today: surroundings.today, examine: plan.examine)
        let pipeline = try Pipeline { try source.next() }
        defer { pipeline.finish() }
        var result = ImportResult()
        result.isRecorded = recording
        var ending: InputBatch.Ending?
        while var batch = try pipeline.next() {
            try take(&batch, rehearsal, &rejects, &result)
            result.doubtful += batch.doubtfulLines.count
            result.doubtfulLines += batch.doubtfulLines.prefix(10 - result.doubtfulLines.count)
            result.lines = batch.linesRead
            if recording { events.committed(batch.linesRead, writer.head.size.value) }
            events.progress(before + batch.bytesRead, total, result.records)
            ending = batch.ending
        }
        try rejects.finish()
        result.rejects = rejects.count > 0 ? plan.rejectsPath : nil
        result.contentSHA256 = ending?.contentSHA256.map { Hex.encode($0) }
        result.encoding = ending?.encoding ?? .automatic
        return result
    }

    private func take(
        _ batch: inout InputBatch, _ rehearsal: ImportRehearsal?, _ rejects: inout RejectsWriter,
        _ result: inout ImportResult
    ) throws {
        var refused = batch.refused
        if !batch.records.isEmpty {
            if cause == nil, let first = batch.records.first {
                cause = (first.area, first.operator)
            }
            // The batch lets go of them, so that they are sealed where they lie.
            var records: [PreparedRecord] = []
            swap(&records, &batch.records)
            let outcomes = try rehearsal?.outcomes(of: records) ?? writer.append(records)
            for (index, outcome) in outcomes.enumerated() {
                switch outcome {
                case .recorded: result.accepted += 1
                case .duplicate: result.duplicates += 1
                case .refused(let issue):
                    refused.append(.init(input: batch.inputs[index], issues: [issue]))
                }
            }
        }
        refused.sort { $0.input.line < $1.input.line }
        for item in refused {
            try rejects.write(item.input, issues: item.issues)
            events.rejected(item.input.line, item.issues)
        }
        result.rejected += refused.count
    }

    /// Writes `import.finished`, once for each content.
    private func finish(_ result: inout ImportResult) throws {
        guard result.records > 0, let sha256 = result.contentSHA256,
            let area = plan.area ?? cause?.area, let name = plan.operator ?? cause?.operator
        else { return }
        _ = try writer.appendProgramEntry(
            "import.finished", area: area, operator: name,
            [
                "sha256": .string(sha256), "lines": .integer(Int64(result.lines)),
                "accepted": .integer(Int64(result.accepted)),
                "duplicates": .integer(Int64(result.duplicates)),
                "rejected": .integer(Int64(result.rejected)),
            ],
            unless: (
                sql: "SELECT 1 FROM import_finished WHERE ledger = 1 AND sha256 = ? LIMIT 1",
                argument: sha256
            ))
    }
}
