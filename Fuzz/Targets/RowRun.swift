internal import Glibc
internal import LedgerCore

/// What reading the rows of a CSV file gives, without a mapping.
struct RowRun: Equatable {
    enum Row: Equatable {
        case cells(line: Int, [Cell])
        case fault(line: Int, reason: String)

        var line: Int {
            switch self {
            case .cells(let line, _), .fault(let line, _): line
            }
        }

        var content: [Cell]? { if case .cells(_, let cells) = self { cells } else { nil } }
    }

    /// What a cell says, and as an amount of yuan or of fen.
    struct Cell: Equatable {
        let text: String
        let yuan: CSVAmount
        let fen: CSVAmount
    }

    private(set) var columns: [String] = []
    private(set) var rows: [Row] = []
    /// What is wrong with the file as a whole.
    private(set) var fault: InputError?

    init(_ bytes: [UInt8], encoding: InputEncoding = .automatic, chunkBytes: Int = 1 << 16) {
        let descriptor = IntakeRun.file(bytes)
        defer { close(descriptor) }
        do throws(InputError) {
            var reader = try CSVRowReader(
                descriptor: descriptor, encoding: encoding, chunkBytes: chunkBytes)
            columns = reader.columns
            while let row = try reader.next() {
                switch row {
                case .cells(let line):
                    var cells: [Cell] = []
                    for column in columns.indices {
                        cells.append(
                            Cell(
                                text: reader.text(column),
                                yuan: reader.amount(column, in: .yuan),
                                fen: reader.amount(column, in: .fen)))
                    }
                    rows.append(.cells(line: line, cells))
                case .fault(let line, let reason): rows.append(.fault(line: line, reason: reason))
                }
            }
        } catch {
            fault = error
        }
    }

    /// What holds of every file: rows come in the order of its lines, each has as many cells as the
    /// header row, and what was read is read again where every cell is quoted.
    func check(_ bytes: [UInt8]) throws(Violation) {
        let lines = bytes.count { $0 == 0x0A } + 1
        var last = 0
        for row in rows {
            try require(row.line > last, "row of line \(row.line) after line \(last)")
            try require(row.line <= lines, "row of line \(row.line) of \(lines)")
            try require(
                row.content.map { $0.count == columns.count } ?? true,
                "line \(row.line): not \(columns.count) cells")
            last = row.line
        }
        guard !columns.isEmpty else { return }
        let read = rows.compactMap(\.content)
        let again = RowRun(RowRun.quoted([columns] + read.map { $0.map(\.text) }), encoding: .utf8)
        // Rows that cannot be read are not written again: what is left may be mostly control
        // characters, and is then taken for no text at all.
        if again.fault == .binary { return }
        try require(again.fault == nil, "quoted, it cannot be read")
        try require(again.columns == columns, "quoted, the header row is read otherwise")
        try require(again.rows.compactMap(\.content) == read, "quoted, cells are read otherwise")
    }

    /// RFC 4180 with every cell in quotes.
    private static func quoted(_ rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(UInt8(ascii: "\""))
                for byte in cell.utf8 {
                    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                    bytes.append(byte)
                }
                bytes.append(UInt8(ascii: "\""))
            }
            bytes.append(0x0A)
        }
        return bytes
    }
}
