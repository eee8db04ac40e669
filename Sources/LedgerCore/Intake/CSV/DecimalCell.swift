internal import AidRecords

/// Numbers as they stand in cells, read exactly: no floating point comes near them.
enum DecimalCell {
    /// A number times a power of ten, if it is whole then and JSON carries it exactly.
    /// - Parameters:
    ///   - decimals: how many may follow the point; the result is scaled by as many tens.
    ///   - isMoney: whether a sign of the yuan may stand before it.
    ///   - isPercent: whether `%` may stand behind it.
    static func scaled(
        _ cell: UnsafeBufferPointer<UInt8>, decimals: Int, isMoney: Bool = false,
        isPercent: Bool = false
    ) -> Int64? {
        CellText.withPlain(cell) { text in
            var cursor = DecimalCursor(text)
            let isNegative = cursor.sign(isMoney: isMoney)
            guard cursor.whole(), cursor.fraction(longest: decimals, scale: decimals) else {
                return nil
            }
            if isPercent { _ = cursor.take(UInt8(ascii: "%")) }
            guard cursor.isAtEnd, let magnitude = cursor.magnitude else { return nil }
            return isNegative ? -magnitude : magnitude
        }
    }

    /// Whether a cell holds a number below zero, with however many decimals.
    static func isNegative(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        let answer = CellText.withPlain(cell) { text in
            var cursor = DecimalCursor(text)
            let isNegative = cursor.sign(isMoney: true)
            let isNumber = cursor.whole() && cursor.fraction(longest: text.count, scale: 0)
            // Of a number too great for its value to be kept, that it is not zero is known.
            return isNegative && isNumber && cursor.isAtEnd && cursor.magnitude != 0
        }
        return answer ?? false
    }

    /// How many digits follow the point of a number, however great; nil of what is none.
    static func digitsAfterPoint(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
        CellText.withPlain(cell) { text in
            var cursor = DecimalCursor(text)
            _ = cursor.sign(isMoney: true)
            guard cursor.whole() else { return nil }
            let point = cursor.position
            guard cursor.fraction(longest: text.count, scale: 0), cursor.isAtEnd else { return nil }
            return max(text.count - point - 1, 0)
        }
    }
}

/// Reads a number from front to back.
private struct DecimalCursor {
    private let text: UnsafeBufferPointer<UInt8>
    private(set) var position = 0
    /// The digits so far as a whole number; nil beyond what JSON carries exactly, 2^53 − 1.
    private(set) var magnitude: Int64? = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { position == text.count }

    private var next: UInt8? { isAtEnd ? nil : text[position] }

    mutating func take(_ character: UInt8) -> Bool {
        guard next == character else { return false }
        position += 1
        return true
    }

    /// Steps over a sign and a sign of the yuan, in either order.
    /// - Returns: whether the number is negative.
    mutating func sign(isMoney: Bool) -> Bool {
        var isNegative = take(UInt8(ascii: "-"))
        let hasSign = isNegative || take(UInt8(ascii: "+"))
        guard isMoney, take(CellText.yuanSign) else { return isNegative }
        while take(0x20) {}
        if !hasSign {
            isNegative = take(UInt8(ascii: "-"))
            if !isNegative { _ = take(UInt8(ascii: "+")) }
        }
        return isNegative
    }

    /// Steps over the digits before the point.
    ///
    /// Separators must stand between groups of three, so that `1,23` is not taken for 123 where
    /// a decimal comma was meant.
    mutating func whole() -> Bool {
        let first = digits()
        guard first > 0 else { return false }
        guard next == UInt8(ascii: ",") else { return true }
        guard first <= 3 else { return false }
        while take(UInt8(ascii: ",")) {
            guard digits() == 3 else { return false }
        }
        return true
    }

    /// Steps over the point and the digits after it, if they are there.
    /// - Parameter scale: how many digits are to be there after it, zeros added.
    mutating func fraction(longest: Int, scale: Int) -> Bool {
        var count = 0
        if longest > 0, take(UInt8(ascii: ".")) {
            count = digits()
            guard (1...longest).contains(count) else { return false }
        }
        while count < scale {
            append(0)
            count += 1
        }
        return true
    }

    private mutating func digits() -> Int {
        let start = position
        while let digit = next.flatMap(decimalDigit) {
            append(digit)
            position += 1
        }
        return position - start
    }

    private mutating func append(_ digit: UInt8) {
        guard let value = magnitude.map({ $0 * 10 + Int64(digit) }),
            value <= CanonicalJSON.maximumInteger
        else {
            magnitude = nil
            return
        }
        magnitude = value
    }
}
