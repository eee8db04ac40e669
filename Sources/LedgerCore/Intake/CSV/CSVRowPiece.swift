extension ByteWindow {
    /// The next CSV row; nil at the end of the file. It stays in the window until it is consumed.
    ///
    /// Where a quote is not closed in time, the row's first line alone is refused and reading
    /// goes on behind it: otherwise one stray quote would swallow the rest of the file.
    mutating func nextRow(delimiter: UInt8) throws(InputError) -> InputPiece? {
        var scanner = CSVRowScanner(delimiter: delimiter)
        while true {
            if let end = withBytes({ scanner.scan($0) }) {
                let content = contentBytes(before: end)
                guard content <= InputLimits.lineBytes else { return try brokenRow(scanner) }
                return InputPiece(
                    contentBytes: content, extentBytes: end + 1,
                    lineCount: scanner.innerLineFeeds + 1)
            }
            if scanner.isTooLong { return try brokenRow(scanner) }
            guard try !fill() else { continue }
            guard count > 0 else { return nil }
            guard !scanner.isInQuotes, count <= InputLimits.lineBytes else {
                return try brokenRow(scanner)
            }
            return InputPiece(
                contentBytes: count, extentBytes: count, lineCount: scanner.innerLineFeeds + 1)
        }
    }

    private mutating func brokenRow(_ scanner: CSVRowScanner) throws(InputError) -> InputPiece {
        let firstLineEnd = scanner.firstLineFeed ?? count
        guard firstLineEnd <= InputLimits.lineBytes else { return try skipLine() }
        let isLast = scanner.firstLineFeed == nil
        return InputPiece(
            contentBytes: isLast ? firstLineEnd : contentBytes(before: firstLineEnd),
            extentBytes: isLast ? firstLineEnd : firstLineEnd + 1,
            fault: reason(scanner))
    }

    private func reason(_ scanner: CSVRowScanner) -> String {
        if scanner.isInQuotes, !scanner.isTooLong {
            return "a quote opens in this row and is never closed"
        }
        let bound =
            scanner.innerLineFeeds >= InputLimits.rowLines
            ? "\(InputLimits.rowLines) lines" : "\(InputLimits.lineBytes) bytes"
        return "a quote opens in this row and the row does not end within \(bound)"
    }
}
