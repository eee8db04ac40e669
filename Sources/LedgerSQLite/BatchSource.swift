internal import AidRecords
internal import LedgerCore

/// Some records of an input, validated and ready for the ledger.
struct InputBatch: Sendable {
    struct Refused: Sendable {
        let input: InputRecord
        let issues: [RecordIssue]
    }

    /// What is known once the input has been read to its end.
    struct Ending: Sendable {
        let contentSHA256: [UInt8]?
        let encoding: InputEncoding
    }

    var records: [PreparedRecord] = []
    /// What each of `records` was made from.
    var inputs: [InputRecord] = []
    var refused: [Refused] = []
    /// Lines of records whose identity number cannot be right.
    var doubtfulLines: [Int] = []
    /// Where the input stands after this batch.
    var linesRead = 0
    var bytesRead: Int64 = 0
    /// Of the last batch.
    var ending: Ending?
    /// Bytes of JSON in it.
    fileprivate var byteCount = 0

    fileprivate var isFull: Bool {
        records.count + refused.count >= ImportPlan.batchRecords
            || byteCount >= ImportPlan.batchBytes
    }
}

/// Reads an input and validates its records, batch by batch.
final class BatchSource {
    private var input: InputReader
    private var reader: RecordReader
    private let today: CivilDate
    private let examine: (PreparedRecord) -> RecordIssue?
    private var hasEnded = false

    init(
        _ input: consuming InputReader, _ catalogue: KindCatalogue, today: CivilDate,
        examine: @escaping (PreparedRecord) -> RecordIssue?
    ) {
        self.input = input
        self.today = today
        self.examine = examine
        reader = RecordReader(catalogue: catalogue)
    }

    /// The next batch, or nil after the last, which has an `ending` and may be empty.
    func next() throws -> InputBatch? {
        guard !hasEnded else { return nil }
        var batch = InputBatch()
        while !batch.isFull {
            guard let record = try input.next() else {
                batch.ending = InputBatch.Ending(
                    contentSHA256: input.contentSHA256, encoding: input.encodingInUse)
                hasEnded = true
                break
            }
            add(record, to: &batch)
        }
        batch.linesRead = input.linesRead
        batch.bytesRead = input.bytesRead
        return batch
    }

    private func add(_ record: InputRecord, to batch: inout InputBatch) {
        batch.byteCount += record.json.count
        if let issue = record.issue {
            batch.refused.append(.init(input: record, issues: [issue]))
            return
        }
        let outcome = record.json.withUnsafeBufferPointer { reader.read($0, today: today) }
        switch outcome {
        case .record(let prepared):
            if let issue = examine(prepared) {
                batch.refused.append(.init(input: record, issues: [issue]))
                return
            }
            batch.records.append(prepared)
            if prepared.persons.contains(where: { $0.idCheck == .invalid }) {
                batch.doubtfulLines.append(record.line)
            }
            batch.inputs.append(record)
        case .refused(let issues): batch.refused.append(.init(input: record, issues: issues))
        }
    }
}
