import Findings
import Testing

/// What is missing, in both languages; the words of codes are those of `ledger/kinds`.
struct LackWordingTests {
    @Test(arguments: [
        (
            "parameter aid-ratio category dibao year 2024 area 150502",
            "参数 “救助支付比例” aid-ratio（低保对象；2024年；地区 150502）",
            "parameter aid-ratio, “Aid ratio” (Recipient of the minimum living allowance; 2024; "
                + "area 150502)"
        ),
        ("parameter basic-insurance", "基本医疗保险的参数", "a parameter of basic insurance"),
        (
            "peers 3 5 of operator year 2023", "可比的经办人（现有 3，至少需 5）（2023年）",
            "operators to compare with (3 of the 5 needed) (2023)"
        ),
        ("calendar 2027", "2027年的工作日历", "the working days of 2027"),
        ("clause rulebook area 440703", "生效的政策文件（地区 440703）", "a rulebook in force (area 440703)"),
        (
            "clause clearing-deadline", "有效条款 clearing-deadline",
            "a clause on clearing-deadline in force"
        ),
        (
            "record exception.granted", "记录 “例外批准” exception.granted",
            "records of exception.granted, “Exception granted”"
        ),
    ])
    func aCodeIsPutIntoWords(code: String, zh: String, en: String) throws {
        let catalogue = try TestDetector.catalogue()
        for (isChinese, expected) in [(true, zh), (false, en)] {
            let wording = FigureWording(isChinese: isChinese, catalogue: catalogue)
            #expect(LackWording.text(code, wording) == expected)
        }
    }

    @Test(arguments: [
        "working days after the calendar ends", "parameter", "peers 3", "calendar 2027 area", "",
    ])
    func whatIsNotKnownIsShownAsItIsWritten(code: String) throws {
        let wording = FigureWording(isChinese: true, catalogue: try TestDetector.catalogue())
        #expect(LackWording.text(code, wording) == code)
    }
}
