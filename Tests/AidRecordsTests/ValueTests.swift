import AidRecords
import Testing

@Suite struct ValueTests {
    /// Day numbers from GNU date: `date -u -d 2000-02-29 +%s` / 86400.
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2023-03-05", 19_421),
        ("2100-03-01", 47_541), ("1900-01-01", -25_567), ("2999-12-31", 376_199),
    ])
    func dayNumbersAgreeWithAnotherCalendar(_ text: String, _ number: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.dayNumber == number)
        #expect(CivilDate(dayNumber: number).description == text)
    }

    @Test(arguments: [
        "2023-02-29", "2100-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "1899-12-31",
        "3000-01-01", "2023-1-1", "2023/01/01", "２０２３-01-01", "",
    ])
    func daysThatDoNotExistAreRefused(_ text: String) { #expect(CivilDate(text) == nil) }

    @Test func everyDayOfFourCenturiesComesBack() {
        for number in stride(from: -25_567, through: 150_000, by: 1) {
            let date = CivilDate(dayNumber: number)
            #expect(CivilDate(date.description) == date)
        }
    }

    /// The example of GB 11643-1999, and one with a wrong check digit.
    @Test func checkDigitIsThatOfTheStandard() {
        #expect(IdentityNumber.facts("11010519491231002X")?.birthDate.description == "1949-12-31")
        #expect(IdentityNumber.facts("440524188001010014") == nil)  // 1880 is before 1900
        #expect(IdentityNumber.facts("110105194912310021") == nil)
        #expect(
            IdentityNumber.checkCharacter(of: Array("44052418800101001".utf8)) == UInt8(ascii: "4"))
    }

    @Test(
        arguments: [
            (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123_456_789, "1,234,567.89"),
            (Int64.min, "-92,233,720,368,547,758.08"),
        ] as [(Int64, String)])
    func moneyIsWrittenExactly(_ fen: Int64, _ text: String) {
        #expect(Fen(fen).description == text)
    }

    /// Half away from zero.
    @Test(
        arguments: [
            (1, 3, 3_333), (2, 3, 6_667), (1, 20_000, 1), (-1, 20_000, -1), (0, 5, 0),
            (Int64.max, Int64.max, 10_000), (Int64.max, -Int64.max, -10_000),
        ] as [(Int64, Int64, Int64)])
    func sharesAreRoundedHalfUp(_ part: Int64, _ whole: Int64, _ points: Int64) {
        #expect(BasisPoints(part, of: whole)?.value == points)
    }

    @Test func shareOfNothingIsNone() { #expect(BasisPoints(1, of: 0) == nil) }

    @Test func namesAndNumbersAreMasked() {
        #expect(Masking.name("张小三") == "张*三")
        #expect(Masking.name("张三") == "张*")
        #expect(Masking.identityNumber("440106199001011234") == "440***********1234")
        #expect(Masking.account("6222000011112222") == "************2222")
    }

    @Test(arguments: [
        (" 11010519491231002x ", "11010519491231002X"),
        ("１１０105 1949 1231 002Ｘ", "11010519491231002X"),
    ])
    func identityNumbersAreNormalised(_ given: String, _ expected: String) {
        #expect(Normalisation.identityNumber(given) == expected)
    }

    @Test(arguments: [
        ("+86 138-0000-0000", "13800000000"), ("008613800000000", "13800000000"),
        ("13800000000", "13800000000"), ("8613800000000", "13800000000"), ("86001", "86001"),
    ])
    func phonesAreNormalised(_ given: String, _ expected: String) {
        #expect(Normalisation.phone(given) == expected)
    }
}
