internal import AidRecords
internal import Glibc
internal import LedgerCore

/// What reading a file gives.
struct IntakeRun: Equatable {
    private(set) var records: [InputRecord] = []
    private(set) var linesRead = 0
    private(set) var contentSHA256: [UInt8]?
    private(set) var encoding = InputEncoding.automatic
    /// What is wrong with the file as a whole.
    private(set) var fault: InputError?

    init(
        _ bytes: some Collection<UInt8>, as format: InputFormat,
        encoding: InputEncoding = .automatic, chunkBytes: Int = 1 << 16
    ) {
        let descriptor = IntakeRun.file(Array(bytes))
        defer { close(descriptor) }
        do throws(InputError) {
            var reader = try InputReader(
                descriptor: descriptor, format: format, encoding: encoding,
                chunkBytes: chunkBytes)
            while let record = try reader.next() { records.append(record) }
            linesRead = reader.linesRead
            contentSHA256 = reader.contentSHA256
            self.encoding = reader.encodingInUse
        } catch {
            fault = error
        }
    }

    /// A file without a name.
    static func file(_ bytes: [UInt8]) -> Int32 {
        var template = Array("/tmp/aidledger-fuzz-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        unlink(template)
        precondition(write(descriptor, bytes, bytes.count) == bytes.count, "/tmp cannot be used")
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    /// What holds of every file: records come in the order of its lines, each is JSON or says
    /// why not, and all lines were looked at.
    func check(_ bytes: some Collection<UInt8>) throws(Violation) {
        guard fault == nil else { return }
        let lineFeeds = bytes.count { $0 == 0x0A }
        let isOpen = bytes.isEmpty || Array(bytes.suffix(1)) == [0x0A]
        try require(
            linesRead <= lineFeeds + (isOpen ? 0 : 1), "\(linesRead) lines, \(lineFeeds) ends")
        var last = 0
        for record in records {
            try require(record.line > last, "line \(record.line) after line \(last)")
            try require(record.line <= linesRead, "line \(record.line) of \(linesRead)")
            last = record.line
        }
        try require(contentSHA256?.count == 32, "the file was not read to its end")
    }
}

extension InputRecord {
    /// The record is JSON, and to Foundation too.
    func checkJSON() throws(Violation) {
        guard issue == nil else { return }
        var tape = JSONTape()
        do {
            try json.withUnsafeBufferPointer { try tape.parse($0) }
        } catch {
            throw Violation("\(error): \(json.shown)")
        }
        try require(JSONValue.reading(json) != nil, "no JSON to Foundation: \(json.shown)")
    }
}
