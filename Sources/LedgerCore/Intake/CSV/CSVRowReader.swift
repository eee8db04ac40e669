/// Reads the rows of any CSV file under a header row, without a mapping: for questions to a file
/// that never enters a ledger.
///
/// Like `InputReader` it holds one row at a time, and goes on behind a row that it cannot read.
package struct CSVRowReader: ~Copyable {
    private static let delimiter = UInt8(ascii: ",")

    private var window: ByteWindow
    private var decoder: TextDecoder
    private var cells: CSVCells
    private var linesRead: Int
    /// The names in the header row; none where the file holds nothing.
    package let columns: [String]

    /// - Parameters:
    ///   - descriptor: stays the caller's to close.
    ///   - chunkBytes: how much is read at a time.
    package init(
        descriptor: Int32, encoding: InputEncoding = .automatic, chunkBytes: Int = 1 << 20
    ) throws(InputError) {
        var window = ByteWindow(descriptor: descriptor, chunkBytes: chunkBytes)
        try window.fill(toHold: InputLimits.sampleBytes)
        try window.checkSignature()
        var decoder = try TextDecoder(encoding: encoding, window: &window)
        var cells = CSVCells(delimiter: CSVRowReader.delimiter)
        var linesRead = 0
        if let header = try headerText(
            CSVRowReader.delimiter, &window, &decoder, &linesRead)
        {
            guard !header.contains(0x0D) else { throw .header(.carriageReturns) }
            cells.parse(header)
        }
        columns = (0..<cells.count).map(cells.text)
        self.cells = cells
        self.linesRead = linesRead
        self.window = window
        self.decoder = decoder
    }

    /// Bytes read from the file so far, a chunk ahead of the rows.
    package var bytesRead: Int64 { window.bytesRead }

    /// What came of a row.
    package enum Row: Hashable, Sendable {
        /// Its cells can be asked for until the next row is read.
        case cells(line: Int)
        case fault(line: Int, reason: String)
    }

    /// The next row; nil at the end of the file. Blank rows are skipped.
    package mutating func next() throws(InputError) -> Row? {
        guard !columns.isEmpty else { return nil }
        while let piece = try window.nextRow(delimiter: CSVRowReader.delimiter) {
            let line = linesRead + 1
            let row = try read(piece, line: line)
            window.consume(piece.extentBytes)
            linesRead += piece.lineCount
            if let row { return row }
        }
        return nil
    }

    /// - Returns: nil where the row is blank.
    private mutating func read(_ piece: InputPiece, line: Int) throws(InputError) -> Row? {
        if let fault = piece.fault { return .fault(line: line, reason: fault) }
        let byteCount = piece.contentBytes ?? 0
        guard window.withBytes({ !isBlank($0[..<byteCount]) }) else { return nil }
        switch try decoder.decode(byteCount, of: &window) {
        case .fault(let reason): return .fault(line: line, reason: reason)
        case .text(let text):
            cells.parse(text)
            guard cells.count == columns.count else {
                return .fault(
                    line: line,
                    reason: "the row has \(cells.count) cells, and the header row \(columns.count)")
            }
            return cells.isBlank ? nil : .cells(line: line)
        }
    }

    /// A cell of the row that was read last.
    package func text(_ column: Int) -> String { cells.text(column) }

    /// The amount in a cell of the row that was read last.
    package func amount(_ column: Int, in unit: CSVAmount.Unit) -> CSVAmount {
        cells.withCell(column) { CSVAmount($0, in: unit) }
    }
}
