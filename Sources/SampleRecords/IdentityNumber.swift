/// The identity number of GB 11643: area, birth date, sequence (odd for men) and check digit.
enum IdentityNumber {
    static func make(area: Int, born: Day, sequence: Int) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(18)
        digits.append(decimal: area, digits: 6)
        let civil = born.civil
        digits.append(decimal: civil.year, digits: 4)
        digits.append(decimal: civil.month, digits: 2)
        digits.append(decimal: civil.day, digits: 2)
        digits.append(decimal: sequence, digits: 3)
        digits.append(checkDigit(of: digits))
        return String(decoding: digits, as: UTF8.self)
    }

    /// ISO 7064 MOD 11-2, by doubling from the left.
    private static func checkDigit(of digits: [UInt8]) -> UInt8 {
        var remainder = 0
        for digit in digits {
            remainder = (remainder + Int(digit - UInt8(ascii: "0"))) * 2 % 11
        }
        let check = (12 - remainder) % 11
        return check == 10 ? UInt8(ascii: "X") : UInt8(ascii: "0") + UInt8(check)
    }
}
