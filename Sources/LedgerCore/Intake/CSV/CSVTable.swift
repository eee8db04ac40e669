internal import AidRecords

/// A CSV file's columns, bound to a mapping: makes records of rows.
struct CSVTable {
    private let mapping: CSVMapping
    private let columnCount: Int
    private var cells: CSVCells
    private var writer: CSVRecordWriter

    /// - Parameter header: the header row, in UTF-8 and without its line end.
    init(header: [UInt8], mapping: CSVMapping) throws(CSVHeaderFault) {
        guard !header.contains(0x0D) else { throw .carriageReturns }
        var cells = CSVCells(delimiter: mapping.delimiter)
        cells.parse(header)
        let names = (0..<cells.count).map(cells.text)
        let positions = try CSVTable.positions(of: names)
        let unknown = names.filter {
            !mapping.columns.contains($0) && !mapping.ignoredColumns.contains($0)
        }
        let missing = mapping.columns.filter { positions[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing, unknown: unknown) }
        guard unknown.isEmpty else { throw .unknown(unknown) }
        self.mapping = mapping
        self.columnCount = names.count
        self.cells = cells
        self.writer = CSVRecordWriter(positions: mapping.columns.compactMap { positions[$0] })
    }

    private static func positions(of names: [String]) throws(CSVHeaderFault) -> [String: Int] {
        var positions: [String: Int] = [:]
        var duplicates: [String] = []
        for (position, name) in names.enumerated() {
            guard !name.isEmpty else { throw .unnamed(position: position + 1) }
            if positions.updateValue(position, forKey: name) != nil, !duplicates.contains(name) {
                duplicates.append(name)
            }
        }
        guard duplicates.isEmpty else { throw .duplicate(duplicates) }
        return positions
    }

    /// - Parameter text: a row, in UTF-8 and without its line end.
    /// - Returns: nil where all cells are empty.
    mutating func record(_ text: [UInt8], line: Int) -> InputRecord? {
        cells.parse(text)
        guard cells.count == columnCount else {
            let reason = "the row has \(cells.count) cells, and the header row \(columnCount)"
            return InputRecord(
                line: line, issue: RecordIssue(path: "", reason: reason), source: text)
        }
        guard !cells.isBlank else { return nil }
        return InputRecord(line: line, json: writer.json(cells, mapping.rules), source: text)
    }
}

extension CSVTable {
    /// - Parameter window: stands at the beginning of the file.
    /// - Returns: nil where the file holds nothing.
    static func readHeader(
        _ mapping: CSVMapping, _ window: inout ByteWindow, _ decoder: inout TextDecoder,
        _ linesRead: inout Int
    ) throws(InputError) -> CSVTable? {
        guard let text = try headerText(mapping.delimiter, &window, &decoder, &linesRead) else {
            return nil
        }
        do throws(CSVHeaderFault) {
            return try CSVTable(header: text, mapping: mapping)
        } catch {
            throw .header(error)
        }
    }
}
