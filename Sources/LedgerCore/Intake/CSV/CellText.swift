/// White space and full-width forms in cells, as people type them in Chinese input methods.
enum CellText {
    /// A range without the white space at its ends: that of ASCII, U+00A0 and U+3000.
    static func trimmed(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            if isSpace(bytes[start]) {
                start += 1
            } else if let wide = wideSpaces.first(where: { $0.stands(in: bytes, at: start, end) }) {
                start += wide.count
            } else {
                break
            }
        }
        while start < end {
            let (last, from) = (bytes[end - 1], start)
            if isSpace(last) {
                end -= 1
            } else if let wide = wideSpaces.first(where: {
                last == $0.last && end - $0.count >= from
                    && $0.stands(in: bytes, at: end - $0.count, end)
            }) {
                end -= wide.count
            } else {
                break
            }
        }
        return start..<end
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static let wideSpaces: [[UInt8]] = [[0xC2, 0xA0], [0xE3, 0x80, 0x80]]

    /// The ranges of a cell between separators, trimmed, without the empty ones.
    static func items(
        _ cell: UnsafeBufferPointer<UInt8>, _ separator: [UInt8]
    ) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var (start, offset) = (0, 0)
        while offset < cell.count {
            if separator.stands(in: cell, at: offset, cell.count) {
                items.append(trimmed(cell, start..<offset))
                offset += separator.count
                start = offset
            } else {
                offset += 1
            }
        }
        items.append(trimmed(cell, start..<cell.count))
        return items.filter { !$0.isEmpty }
    }

    /// What stands for the sign of the yuan in `plain`: in ASCII it means nothing.
    static let yuanSign: UInt8 = 0xA5

    /// Does something with a cell in ASCII: full-width forms become plain, the minus sign `-`,
    /// ¥ and ￥ `yuanSign`.
    /// - Returns: nil where there is anything else but ASCII.
    static func withPlain<Result>(
        _ cell: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result?
    ) -> Result? {
        guard UTF8Check.firstNonASCII(cell, from: 0) != nil else { return body(cell) }
        return plain(cell)?.withUnsafeBufferPointer(body)
    }

    private static func plain(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in String(decoding: cell, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0..<0x80: result.append(UInt8(scalar.value))
            case 0xFF01...0xFF5E: result.append(UInt8(scalar.value - 0xFEE0))
            case 0x2212: result.append(UInt8(ascii: "-"))
            case 0x00A5, 0xFFE5: result.append(yuanSign)
            default: return nil
            }
        }
        return result
    }
}

extension [UInt8] {
    fileprivate func stands(
        in bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ end: Int
    ) -> Bool {
        guard start + count <= end else { return false }
        for index in indices where bytes[start + index] != self[index] { return false }
        return true
    }
}
