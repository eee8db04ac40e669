/// The first row of a file that is not blank, in UTF-8 and without its line end.
/// - Parameter window: stands at the beginning of the file.
/// - Returns: nil where the file holds nothing.
func headerText(
    _ delimiter: UInt8, _ window: inout ByteWindow, _ decoder: inout TextDecoder,
    _ linesRead: inout Int
) throws(InputError) -> [UInt8]? {
    while let piece = try window.nextRow(delimiter: delimiter) {
        let line = linesRead + 1
        if let fault = piece.fault { throw .header(.unreadable(line: line, reason: fault)) }
        let byteCount = piece.contentBytes ?? 0
        let isHeaderBlank = window.withBytes { isBlank($0[..<byteCount]) }
        let outcome = try decoder.decode(byteCount, of: &window)
        window.consume(piece.extentBytes)
        linesRead += piece.lineCount
        if isHeaderBlank { continue }
        switch outcome {
        case .fault(let reason): throw .header(.unreadable(line: line, reason: reason))
        case .text(let text): return text
        }
    }
    return nil
}
