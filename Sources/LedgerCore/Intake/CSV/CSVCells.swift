/// The cells of one CSV row (RFC 4180), trimmed of white space, quotes undone.
///
/// A quote inside an unquoted cell stands for itself, and what follows a closing quote belongs to
/// the cell, as in most programs that read CSV. The memory is used again from row to row.
struct CSVCells {
    private let delimiter: UInt8
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []

    init(delimiter: UInt8) { self.delimiter = delimiter }

    var count: Int { ranges.count }

    /// Whether no cell holds anything.
    var isBlank: Bool { ranges.allSatisfy(\.isEmpty) }

    /// Takes apart one row, without its line end.
    mutating func parse(_ row: UnsafeBufferPointer<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        var offset = 0
        repeat {
            let start = bytes.count
            offset = cell(row, from: offset)
            ranges.append(trimmed(start..<bytes.count))
            offset += 1
        } while offset <= row.count
    }

    mutating func parse(_ row: [UInt8]) { row.withUnsafeBufferPointer { parse($0) } }

    /// Appends one cell.
    /// - Returns: the offset of the delimiter behind it, or the row's end.
    private mutating func cell(_ row: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var offset = start
        if offset < row.count, row[offset] == UInt8(ascii: "\"") {
            offset = quoted(row, from: offset + 1)
        }
        let unquoted = offset
        while offset < row.count, row[offset] != delimiter { offset += 1 }
        bytes.append(contentsOf: row[unquoted..<offset])
        return offset
    }

    /// - Returns: the offset behind the closing quote.
    private mutating func quoted(_ row: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var offset = start
        while offset < row.count {
            if row[offset] == UInt8(ascii: "\"") {
                offset += 1
                guard offset < row.count, row[offset] == UInt8(ascii: "\"") else { return offset }
            }
            bytes.append(row[offset])
            offset += 1
        }
        return offset
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        bytes.withUnsafeBufferPointer { CellText.trimmed($0, range) }
    }

    func withCell<Result>(
        _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[ranges[index]])) }
    }

    func text(_ index: Int) -> String { withCell(index) { String(decoding: $0, as: UTF8.self) } }
}
