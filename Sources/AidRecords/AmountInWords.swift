extension Fen {
    /// As an amount is written in words where it authorises payment: 人民币壹仟肆佰零玖元伍角, by the
    /// People's Bank's 正确填写票据和结算凭证的基本规定. Where that leaves a 零 open (the last digit of
    /// 万 or 元 is 0 and the next is not), it is written before 角, and not after 万 or 亿; 整 is
    /// written after 元 alone. Nil below zero: nothing can be authorised.
    package var inWords: String? {
        guard value >= 0 else { return nil }
        let (yuan, jiao, fen) = (value / 100, Int(value / 10 % 10), Int(value % 10))
        var words = "人民币"
        if yuan > 0 || value == 0 { words += (yuan == 0 ? "零" : Fen.words(yuan)) + "元" }
        guard jiao > 0 || fen > 0 else { return words + "整" }
        if yuan > 0, jiao == 0 || yuan % 10 == 0 { words += "零" }
        if jiao > 0 { words += Fen.digits[jiao] + "角" }
        if fen > 0 { words += Fen.digits[fen] + "分" }
        return words
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    /// A number above zero: four digits, then 万, then 亿, and above that the same over again.
    private static func words(_ number: Int64) -> String {
        for (unit, word) in [(Int64(100_000_000), "亿"), (10_000, "万")] where number >= unit {
            let (whole, rest) = number.quotientAndRemainder(dividingBy: unit)
            let gap = rest > 0 && rest < unit / 10 ? "零" : ""
            return words(whole) + word + gap + (rest > 0 ? words(rest) : "")
        }
        var (words, left, isGap) = ("", number, false)
        for (unit, word) in [(Int64(1000), "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = Int(left / unit)
            left %= unit
            if digit == 0 {
                isGap = !words.isEmpty
            } else {
                words += (isGap ? "零" : "") + digits[digit] + word
                isGap = false
            }
        }
        return words
    }

    /// In tens of thousands of yuan, rounded half up (away from zero) to two decimals: `1.41`.
    package var inTenThousands: String {
        let magnitude = (value.magnitude + 5_000) / 10_000
        let rounded = Int64(magnitude)
        return Fen(value < 0 ? -rounded : rounded).description
    }
}
