internal import AidRecords

/// A line, or a CSV row, that stands at the front of the window.
struct InputPiece {
    /// Its bytes without the line end; nil where they were let go already.
    let contentBytes: Int?
    /// Its bytes with the line end: what is to be consumed.
    let extentBytes: Int
    let lineCount: Int
    /// Why nothing can be made of it.
    let fault: String?

    init(contentBytes: Int, extentBytes: Int, lineCount: Int = 1, fault: String? = nil) {
        self.contentBytes = contentBytes
        self.extentBytes = extentBytes
        self.lineCount = lineCount
        self.fault = fault
    }

    /// A line that was skipped through.
    init(skippedBytes: Int) {
        contentBytes = nil
        extentBytes = 0
        lineCount = 1
        fault =
            "the line is \(skippedBytes) bytes long, and at most \(InputLimits.lineBytes) are "
            + "read; it is not kept here: look in the source file"
    }
}

extension ByteWindow {
    /// The next line; nil at the end of the file. It stays in the window until it is consumed.
    ///
    /// No byte of a UTF-8 or GB18030 character of more than one byte is a line feed, so lines
    /// are found before they are decoded.
    mutating func nextLine() throws(InputError) -> InputPiece? {
        var searched = 0
        while true {
            if let end = lineFeed(from: searched) {
                let content = contentBytes(before: end)
                guard content <= InputLimits.lineBytes else { return try skipLine() }
                return InputPiece(contentBytes: content, extentBytes: end + 1)
            }
            searched = count
            if searched > InputLimits.lineBytes + 1 { return try skipLine() }
            guard try !fill() else { continue }
            guard count > 0 else { return nil }
            guard count <= InputLimits.lineBytes else { return try skipLine() }
            return InputPiece(contentBytes: count, extentBytes: count)
        }
    }

    /// Reads through to the next line feed and keeps nothing.
    mutating func skipLine() throws(InputError) -> InputPiece {
        var skipped = 0
        while true {
            if let end = lineFeed(from: 0) {
                consume(end + 1)
                return InputPiece(skippedBytes: skipped + end)
            }
            skipped += count
            consume(count)
            guard try fill() else { return InputPiece(skippedBytes: skipped) }
        }
    }

    /// The bytes before a line feed, without a carriage return there.
    func contentBytes(before lineFeed: Int) -> Int {
        lineFeed > 0 && self[lineFeed - 1] == 0x0D ? lineFeed - 1 : lineFeed
    }
}
