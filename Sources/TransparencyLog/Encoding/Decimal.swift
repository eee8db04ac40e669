/// Whole numbers from 0 to 2^63-1 in ASCII digits without leading zeros.
///
/// Swift's own `Int64(_:)` also reads `+5` and `007`, which would give one number many spellings.
enum Decimal {
    static func decode(_ text: some Collection<UInt8>) -> Int64? {
        guard let first = text.first, first != UInt8(ascii: "0") || text.count == 1 else {
            return nil
        }
        var value: Int64 = 0
        for character in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
            let (product, productOverflows) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(character - UInt8(ascii: "0"))
            let (sum, sumOverflows) = product.addingReportingOverflow(digit)
            guard !productOverflows, !sumOverflows else { return nil }
            value = sum
        }
        return value
    }
}
