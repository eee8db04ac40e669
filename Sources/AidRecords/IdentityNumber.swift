/// What the digits of an identity number say (GB 11643-1999).
package enum IdentityNumber {
    package struct Facts: Hashable, Sendable {
        package let birthDate: CivilDate
        package let sex: Sex
    }

    package enum Sex: String, Sendable { case male, female, unknown }

    /// The facts of an 18-digit number whose check character and date of birth are sound, else nil.
    package static func facts(_ number: String) -> Facts? {
        let characters = Array(number.utf8)
        guard characters.count == 18, let check = checkCharacter(of: characters.prefix(17)),
            check == characters[17]
        else { return nil }
        let birthDate = characters.withUnsafeBufferPointer { text in
            CivilDate(
                year: CivilDate.number(text, 6, 4) ?? 0, month: CivilDate.number(text, 10, 2) ?? 0,
                day: CivilDate.number(text, 12, 2) ?? 0)
        }
        guard let birthDate else { return nil }
        let isMale = (characters[16] - UInt8(ascii: "0")) % 2 == 1
        return Facts(birthDate: birthDate, sex: isMale ? .male : .female)
    }

    /// ISO 7064 MOD 11-2 over the first 17 digits, or nil where one is not a digit.
    package static func checkCharacter(of digits: some Collection<UInt8>) -> UInt8? {
        var sum = 0
        for (digit, weight) in zip(digits, weights) {
            guard let value = decimalDigit(digit) else { return nil }
            sum += Int(value) * weight
        }
        return checkCharacters[sum % 11]
    }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)
}
