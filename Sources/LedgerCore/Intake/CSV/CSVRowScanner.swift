/// Finds the end of a CSV row: the first line feed outside quotes.
///
/// It runs over the bytes before they are decoded: quotes, delimiters and line ends are never
/// part of a longer character, neither in UTF-8 nor in GB18030 (whose trail bytes are 0x30–0x39,
/// 0x40–0x7E and from 0x80 on).
struct CSVRowScanner {
    private enum State { case cellStart, unquoted, quoted, quoteInQuoted }

    private let delimiter: UInt8
    private var state = State.cellStart
    /// How far the row has been looked at.
    private(set) var offset = 0
    /// Line feeds inside quotes.
    private(set) var innerLineFeeds = 0
    /// Where the first of them stands.
    private(set) var firstLineFeed: Int?

    init(delimiter: UInt8) { self.delimiter = delimiter }

    var isInQuotes: Bool { state == .quoted }

    /// Whether the row, its end not yet found, is longer than rows may be.
    var isTooLong: Bool {
        offset > InputLimits.lineBytes + 1 || innerLineFeeds >= InputLimits.rowLines
    }

    /// Looks at the bytes that it has not seen yet.
    /// - Parameter bytes: the row from its beginning, and what follows.
    /// - Returns: the offset of the line feed that ends the row, if it is among them.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        while offset < bytes.count, !isTooLong {
            let byte = bytes[offset]
            if byte == 0x0A {
                guard state == .quoted else { return offset }
                innerLineFeeds += 1
                firstLineFeed = firstLineFeed ?? offset
            } else {
                state = next(byte)
            }
            offset += 1
        }
        return nil
    }

    private func next(_ byte: UInt8) -> State {
        let isQuote = byte == UInt8(ascii: "\"")
        switch state {
        case .quoted: return isQuote ? .quoteInQuoted : .quoted
        case .quoteInQuoted where isQuote: return .quoted
        case .cellStart where isQuote: return .quoted
        default: return byte == delimiter ? .cellStart : .unquoted
        }
    }
}
