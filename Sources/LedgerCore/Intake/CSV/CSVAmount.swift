/// What stands in a cell that should hold an amount of money.
package enum CSVAmount: Hashable, Sendable {
    /// Fen, of whatever sign.
    case fen(Int64)
    /// A number below zero that is no whole number of fen, or beyond what is kept.
    case negative
    case empty
    case notANumber
    /// More exact than a fen.
    case fractionOfAFen
    /// Beyond 2^53 − 1 fen.
    case tooGreat

    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case yuan, fen

        /// How many digits after the point are whole fen.
        fileprivate var decimals: Int { self == .yuan ? 2 : 0 }
    }

    init(_ cell: UnsafeBufferPointer<UInt8>, in unit: Unit) {
        guard !cell.isEmpty else {
            self = .empty
            return
        }
        let exact = UnsafeBufferPointer(
            rebasing: cell[..<CSVAmount.end(of: cell, decimals: unit.decimals)])
        if let fen = DecimalCell.scaled(exact, decimals: unit.decimals, isMoney: true) {
            self = .fen(fen)
        } else if DecimalCell.isNegative(exact) {
            self = .negative
        } else {
            self = CSVAmount.fault(exact, decimals: unit.decimals)
        }
    }

    /// Without zeros behind the last digit that counts, as in `12.5000` or, of fen, `1250.00`.
    private static func end(of cell: UnsafeBufferPointer<UInt8>, decimals: Int) -> Int {
        guard let point = cell.lastIndex(of: UInt8(ascii: ".")), point > 0 else {
            return cell.count
        }
        var end = cell.count
        while end > point + 1 + decimals, cell[end - 1] == UInt8(ascii: "0") { end -= 1 }
        return end == point + 1 && end < cell.count ? point : end
    }

    private static func fault(
        _ cell: UnsafeBufferPointer<UInt8>, decimals: Int
    ) -> CSVAmount {
        switch DecimalCell.digitsAfterPoint(cell) {
        case nil: .notANumber
        case .some(let digits): digits > decimals ? .fractionOfAFen : .tooGreat
        }
    }
}
