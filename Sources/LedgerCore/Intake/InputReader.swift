internal import AidRecords

/// Reads the records of an input file one after the other, in memory that does not grow with it.
///
/// What is wrong with a line is an issue of that line and reading goes on; what is wrong with the
/// file is thrown. It cannot be copied: two readers of one descriptor would each see half.
package struct InputReader: ~Copyable {
    private var window: ByteWindow
    private var decoder: TextDecoder
    private var rejectedLines = RejectedLineReader()
    /// Of CSV; nil of JSON Lines, and of CSV without a header row.
    private var table: CSVTable?
    /// Of CSV; nil of JSON Lines.
    private let delimiter: UInt8?
    /// Lines that have been handed out or skipped: after `next()` the last line of its record.
    package private(set) var linesRead: Int

    /// Reads the beginning of the file and, of CSV, the header row.
    /// - Parameters:
    ///   - descriptor: stays the caller's to close.
    ///   - chunkBytes: how much is read at a time.
    package init(
        descriptor: Int32, format: InputFormat, encoding: InputEncoding = .automatic,
        chunkBytes: Int = 1 << 20
    ) throws(InputError) {
        var window = ByteWindow(descriptor: descriptor, chunkBytes: chunkBytes)
        try window.fill(toHold: InputLimits.sampleBytes)
        try window.checkSignature()
        var decoder = try TextDecoder(encoding: encoding, window: &window)
        var linesRead = 0
        if case .csv(let mapping) = format {
            table = try CSVTable.readHeader(mapping, &window, &decoder, &linesRead)
            delimiter = mapping.delimiter
        } else {
            table = nil
            delimiter = nil
        }
        self.window = window
        self.decoder = decoder
        self.linesRead = linesRead
    }

    /// Bytes read from the file so far, a chunk ahead of the records.
    package var bytesRead: Int64 { window.bytesRead }

    /// SHA-256 of the bytes of the file as they stand; nil until `next()` has given nil.
    package var contentSHA256: [UInt8]? { window.count == 0 ? window.contentSHA256 : nil }

    /// UTF-8 or GB18030; `.automatic` as long as all that was read is ASCII.
    package var encodingInUse: InputEncoding { decoder.encoding }

    /// The next record; nil at the end of the file. Blank lines and rows are skipped.
    package mutating func next() throws(InputError) -> InputRecord? {
        if delimiter != nil && table == nil { return nil }
        while let piece = try nextPiece() {
            let line = linesRead + 1
            let record = try read(piece, line: line)
            window.consume(piece.extentBytes)
            linesRead += piece.lineCount
            if let record { return record }
        }
        return nil
    }

    private mutating func nextPiece() throws(InputError) -> InputPiece? {
        guard let delimiter else { return try window.nextLine() }
        return try window.nextRow(delimiter: delimiter)
    }

    /// - Returns: nil where the piece is blank.
    private mutating func read(
        _ piece: InputPiece, line: Int
    ) throws(InputError) -> InputRecord? {
        if let fault = piece.fault {
            return InputRecord(
                line: line, issue: RecordIssue(path: "", reason: fault),
                source: try kept(piece.contentBytes))
        }
        let byteCount = piece.contentBytes ?? 0
        guard window.withBytes({ !isBlank($0[..<byteCount]) }) else { return nil }
        switch try decoder.decode(byteCount, of: &window) {
        case .fault(let reason):
            return InputRecord(
                line: line, issue: RecordIssue(path: "", reason: reason),
                source: window.prefix(byteCount))
        case .text(let text):
            guard delimiter != nil else { return rejectedLines.record(text, line: line) }
            return table?.record(text, line: line)
        }
    }

    /// The text of a piece that is refused, decoded where that can be done.
    private mutating func kept(_ byteCount: Int?) throws(InputError) -> [UInt8]? {
        guard let byteCount else { return nil }
        if case .text(let text) = try decoder.decode(byteCount, of: &window) { return text }
        return window.prefix(byteCount)
    }
}

extension ByteWindow {
    func checkSignature() throws(InputError) {
        let outcome = withBytes { bytes -> Result<Void, InputError> in
            Result { () throws(InputError) in
                try FileSignature.check(
                    UnsafeBufferPointer(rebasing: bytes.prefix(InputLimits.sampleBytes)))
            }
        }
        try outcome.get()
    }
}

/// Whether there is nothing but white space.
func isBlank(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
}
