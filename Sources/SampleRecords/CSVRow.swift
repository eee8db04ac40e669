/// One row, cell by cell. No value that the generator writes holds a comma, quote or line end.
struct CSVRow {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func cell(_ write: (inout [UInt8]) -> Void) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        write(&bytes)
    }

    mutating func empty() { cell { _ in } }

    mutating func text(_ value: String?) {
        cell { $0.append(contentsOf: (value ?? "").utf8) }
    }

    mutating func id(_ reference: Reference?) {
        cell { reference?.appendID(to: &$0) }
    }

    mutating func number(_ value: Int) {
        cell { $0.append(decimal: value) }
    }

    mutating func yuan(_ fen: Int) {
        cell { $0.append(yuan: fen) }
    }

    /// Left empty when nothing, as the JSON form leaves the member out.
    mutating func yuanUnlessZero(_ fen: Int) {
        cell { if fen != 0 { $0.append(yuan: fen) } }
    }

    mutating func date(_ day: Day?) {
        cell { if let day { $0.append(date: day) } }
    }

    mutating func time(_ day: Day, second: Int?) {
        cell { bytes in
            guard let second else { return }
            bytes.append(date: day)
            bytes.append(UInt8(ascii: " "))
            bytes.append(clock: second)
        }
    }

    mutating func month(_ month: Month?) {
        cell { bytes in
            guard let month else { return }
            bytes.append(decimal: month.year)
            bytes.append(UInt8(ascii: "-"))
            bytes.append(decimal: month.month, digits: 2)
        }
    }

    mutating func end() {
        bytes.append(UInt8(ascii: "\n"))
    }
}
