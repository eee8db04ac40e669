import AidRecords
import Foundation
import Testing

/// Against the People's Bank's 正确填写票据和结算凭证的基本规定: its own examples, and every form that
/// its rules accept, reckoned place by place.
@Suite struct AmountInWordsTests {
    /// Amounts in fen with the forms that the rules' examples accept.
    private static let examples: [(Int64, [String])] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "rmb-uppercase.tsv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t")
            let amount = Int64(fields[0].replacing(".", with: "")) ?? -1
            return (amount, fields[1].split(separator: "|").map(String.init))
        }
    }()

    private static let digits = Array("零壹贰叁肆伍陆柒捌玖")
    private static let units = ["", "拾", "佰", "仟"]

    /// Every form that the rules accept, below a hundred thousand million yuan. Places count from
    /// 分: 2 is 元, 6 万, 10 亿.
    private func accepted(_ amount: Int64) -> Set<String> {
        var forms: Set<String> = ["人民币"]
        var (isBegun, zeros, isGroup) = (false, 0, false)
        let digits = Array(String(amount).reversed()).compactMap(\.wholeNumberValue)
        for place in digits.indices.reversed() {
            let digit = digits[place]
            if digit == 0 {
                zeros += 1
            } else {
                if isBegun && zeros > 0 {
                    // 万位或元位是“0”，但千位、角位不是“0”时，可以只写一个零字，也可以不写。
                    let isOpen = [1, 5, 9].contains(place)
                    let written = Set(forms.map { $0 + "零" })
                    forms = isOpen ? forms.union(written) : written
                }
                let unit =
                    place == 0
                    ? "分" : place == 1 ? "角" : AmountInWordsTests.units[(place - 2) % 4]
                forms = Set(forms.map { "\($0)\(AmountInWordsTests.digits[digit])\(unit)" })
                (isBegun, zeros, isGroup) = (true, 0, true)
            }
            if place >= 2, (place - 2) % 4 == 0 {
                let word = place == 2 ? "元" : place == 6 ? "万" : "亿"
                if place == 2 ? isBegun : isGroup { forms = Set(forms.map { $0 + word }) }
                isGroup = false
            }
        }
        let cents = amount % 100
        if cents == 0 { return Set(forms.flatMap { [$0 + "整", $0 + "正"] }) }
        return cents % 10 == 0 ? forms.union(forms.map { $0 + "整" }) : forms
    }

    @Test func examplesAreWrittenAsTheyStand() {
        #expect(AmountInWordsTests.examples.count == 6)
        for (amount, forms) in AmountInWordsTests.examples {
            #expect(Fen(amount).inWords.map(forms.contains) == true, "\(amount)")
        }
    }

    /// Else what follows would show nothing.
    @Test func formsReckonedHereAreThoseOfTheExamples() {
        for (amount, forms) in AmountInWordsTests.examples {
            #expect(Set(forms).isSubset(of: accepted(amount)), "\(amount)")
            #expect(!accepted(amount).contains("人民币零元整"))
        }
        #expect(!accepted(1_000_500).contains("人民币壹万元伍元整"))
    }

    @Test func everyAmountIsWrittenInAnAcceptedForm() {
        var numbers = SystemRandomNumberGenerator()
        let rounds = (0..<30_000).map { _ in
            // Amounts of every length, with many zeros among their digits.
            let length = Int.random(in: 1...13, using: &numbers)
            let text = (0..<length).map { _ in
                Bool.random(using: &numbers) ? 0 : Int.random(in: 1...9, using: &numbers)
            }
            return text.reduce(Int64(0)) { $0 * 10 + Int64($1) }
        }
        for amount in Array(1...12_000) + rounds where amount > 0 {
            let words = Fen(amount).inWords ?? ""
            #expect(accepted(amount).contains(words), "\(amount): \(words)")
        }
    }

    @Test(
        arguments: [
            (0, "人民币零元整"), (5, "人民币伍分"), (50, "人民币伍角"), (100, "人民币壹元整"),
            (1_005, "人民币壹拾元零伍分"), (10_000_000_000, "人民币壹亿元整"),
            (100_000_000_000_000, "人民币壹万亿元整"),
            (100_100_000_000_005, "人民币壹万零壹拾亿元零伍分"),
            (
                Int64.max,
                "人民币玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"
            ),
        ] as [(Int64, String)])
    func amountIsWritten(_ amount: Int64, _ words: String) {
        #expect(Fen(amount).inWords == words)
    }

    @Test(arguments: [-1, -100, Int64.min])
    func nothingBelowZeroIsAuthorised(_ amount: Int64) { #expect(Fen(amount).inWords == nil) }

    @Test(
        arguments: [
            (0, "0.00"), (4_999, "0.00"), (5_000, "0.01"), (14_999, "0.01"), (15_000, "0.02"),
            (-5_000, "-0.01"), (123_456_789, "123.46"), (123_456_789_012, "123,456.79"),
            (Int64.max, "9,223,372,036,854.78"), (Int64.min, "-9,223,372,036,854.78"),
        ] as [(Int64, String)])
    func tensOfThousandsAreRoundedHalfUp(_ amount: Int64, _ text: String) {
        #expect(Fen(amount).inTenThousands == text)
    }
}
