internal import AidRecords

/// Numbers as they stand in cells, read exactly: no floating point comes near them.
enum DecimalCell {
    /// A number times a power of ten, if it is whole then.
    ///
    /// Thousands separators must stand between groups of three, so that `1,23` is not taken for
    /// 123 where a decimal comma was meant.
    /// - Parameters:
    ///   - decimals: how many may follow the point; the result is scaled by as many tens.
    ///   - isMoney: whether a sign of the yuan may stand before it.
    ///   - isPercent: whether `%` may stand behind it.
    static func scaled(
        _ cell: UnsafeBufferPointer<UInt8>, decimals: Int, isMoney: Bool = false,
        isPercent: Bool = false
    ) -> Int64? {
        guard let text = CellText.plain(cell) else { return nil }
        var rest = text[...]
        let isNegative = sign(&rest, isMoney: isMoney)
        if isPercent, rest.last == UInt8(ascii: "%") { rest.removeLast() }
        guard let digits = wholeDigits(&rest), let fraction = fraction(&rest, decimals),
            rest.isEmpty, let magnitude = number(digits + fraction)
        else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// Whether a cell holds a number below zero, with however many decimals.
    static func isNegative(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let text = CellText.plain(cell) else { return false }
        var rest = text[...]
        guard sign(&rest, isMoney: true), let whole = wholeDigits(&rest),
            let fraction = fraction(&rest, rest.count), rest.isEmpty
        else { return false }
        return (whole + fraction).contains { $0 != UInt8(ascii: "0") }
    }

    /// Takes a sign and a sign of the yuan, in either order, off the front.
    /// - Returns: whether the number is negative.
    private static func sign(_ rest: inout ArraySlice<UInt8>, isMoney: Bool) -> Bool {
        var isNegative = false
        var hasSign = false
        var mayHaveYuan = isMoney
        while let first = rest.first {
            if first == CellText.yuanSign, mayHaveYuan {
                mayHaveYuan = false
            } else if first == UInt8(ascii: "-") || first == UInt8(ascii: "+"), !hasSign {
                hasSign = true
                isNegative = first == UInt8(ascii: "-")
            } else if first == 0x20, !mayHaveYuan, isMoney {
                // `￥ 12.00`
            } else {
                break
            }
            rest.removeFirst()
        }
        return isNegative
    }

    /// Takes the digits before the point off the front, without their separators.
    private static func wholeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let text = rest.prefix { decimalDigit($0) != nil || $0 == UInt8(ascii: ",") }
        rest = rest.dropFirst(text.count)
        let groups = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty else { return nil }
        if groups.count > 1 {
            guard first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        return Array(groups.joined())
    }

    /// Takes the point and the digits after it off the front.
    /// - Returns: exactly `decimals` digits.
    private static func fraction(_ rest: inout ArraySlice<UInt8>, _ decimals: Int) -> [UInt8]? {
        var digits: [UInt8] = []
        if decimals > 0, rest.first == UInt8(ascii: ".") {
            digits = rest.dropFirst().prefix { decimalDigit($0) != nil }
            guard (1...decimals).contains(digits.count) else { return nil }
            rest = rest.dropFirst(1 + digits.count)
        }
        digits += [UInt8](repeating: UInt8(ascii: "0"), count: decimals - digits.count)
        return digits
    }

    /// At most what JSON carries exactly, 2^53 − 1.
    private static func number(_ digits: [UInt8]) -> Int64? {
        var value: Int64 = 0
        for character in digits {
            value = value * 10 + Int64(decimalDigit(character) ?? 0)
            guard value <= CanonicalJSON.maximumInteger else { return nil }
        }
        return value
    }
}
