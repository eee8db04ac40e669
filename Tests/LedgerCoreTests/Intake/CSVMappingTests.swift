import AidRecords
import LedgerCore
import Testing

struct CSVMappingTests {
    /// The JSON of rows with one column `c`, which feeds the member `m`.
    private static func json(_ conversion: String, _ cells: String...) throws -> [String] {
        let mapping = try CSVMapping.sample(members: ["m: {column: c\(conversion)}"])
        let rows = cells.map { "\"\($0)\"\n" }.joined()
        return try read("c\n\(rows)", as: .csv(mapping)).texts
    }

    // MARK: Conversions

    @Test(
        arguments: [
            ("1,234.5", 123_450), ("-12.00", -1_200), ("￥3", 300), ("¥ 3.05", 305), ("-￥3", -300),
            ("￥-3", -300), ("+7", 700), ("0", 0), ("-0.00", 0), ("1,234,567.89", 123_456_789),
            ("1234567.89", 123_456_789), ("００１２．３４", 1_234), ("１，２３４", 123_400),
            ("−5.10", -510), ("0.29", 29), ("1.15", 115),
            ("90071992547409.91", 9_007_199_254_740_991),
            ("007", 700),
        ] as [(String, Int64)])
    func yuanBecomesFenExactly(cell: String, fen: Int64) throws {
        #expect(try CSVMappingTests.json(", unit: yuan", cell) == ["{\"m\":\(fen)}"])
    }

    @Test(arguments: [
        "1.234", "1.", ".5", "1,23", "1,2345", "12,34,567", ",123", "1,", "--1", "+-1", "￥￥1",
        "$3", "3元", "1e3", "1 000", "abc", "1.2.3", "-", "￥", "(12.00)", "90071992547409.92",
        "99999999999999999999999", "1.5-", "٣", "1,234.5,6", "0x10", "NaN",
    ])
    func whatIsNoAmountStaysAString(cell: String) throws {
        #expect(try CSVMappingTests.json(", unit: yuan", cell) == ["{\"m\":\"\(cell)\"}"])
    }

    @Test(arguments: ["fen", "count", "year"])
    func wholeNumbersStayWhole(unit: String) throws {
        #expect(
            try CSVMappingTests.json(", unit: \(unit)", "2023", "-5", "1,234", "2023.0", "￥5", "5%")
                == [
                    #"{"m":2023}"#, #"{"m":-5}"#, #"{"m":1234}"#, #"{"m":"2023.0"}"#,
                    #"{"m":"￥5"}"#, #"{"m":"5%"}"#,
                ])
    }

    @Test func percentBecomesBasisPoints() throws {
        #expect(
            try CSVMappingTests.json(
                ", unit: percent", "65", "65%", "62.5％", "0.01%", "65.555", "%")
                == [
                    #"{"m":6500}"#, #"{"m":6500}"#, #"{"m":6250}"#, #"{"m":1}"#,
                    #"{"m":"65.555"}"#, #"{"m":"%"}"#,
                ])
    }

    @Test func absoluteDropsTheSign() throws {
        #expect(
            try CSVMappingTests.json(", unit: yuan, absolute: true", "-12.5", "12.5")
                == [#"{"m":1250}"#, #"{"m":1250}"#])
    }

    @Test(arguments: [
        ("2023-03-05", "2023-03-05"), ("2023/3/5", "2023-03-05"), ("2023/03/05", "2023-03-05"),
        ("20230305", "2023-03-05"), ("2023年3月5日", "2023-03-05"), ("２０２３年３月５日", "2023-03-05"),
        ("2023-03-05 09:30:00", "2023-03-05"), ("2023/3/5 9:30", "2023-03-05"),
        ("2023-03-05T09:30:00.000", "2023-03-05"), ("2024-02-29", "2024-02-29"),
        ("20230305  23:59:59", "2023-03-05"),
    ])
    func dayIsReadInItsForms(cell: String, day: String) throws {
        let conversion = ", date: [YYYY-MM-DD, YYYY/M/D, YYYYMMDD, YYYY年M月D日]"
        #expect(try CSVMappingTests.json(conversion, cell) == ["{\"m\":\"\(day)\"}"])
        let year = try CSVMappingTests.json(conversion + ", year: true", cell)
        #expect(year == ["{\"m\":\(day.prefix(4))}"])
    }

    @Test(arguments: [
        "2023-3-5", "2023-02-29", "2023-13-01", "23-03-05", "2023-03-05x", "2023-03-05 25:00",
        "2023-03-05 09", "5/3/2023", "44990", "2023-03-05 09:30:00+08:00", "2023-03-05T",
        "2023-03-0", "0000-01-01", "2023-03-05 9:3",
    ])
    func whatIsNoDayStaysAString(cell: String) throws {
        let conversion = ", date: [YYYY-MM-DD, YYYY/M/D, YYYYMMDD, YYYY年M月D日]"
        #expect(try CSVMappingTests.json(conversion, cell) == ["{\"m\":\"\(cell)\"}"])
        #expect(
            try CSVMappingTests.json(conversion + ", year: true", cell) == ["{\"m\":\"\(cell)\"}"])
    }

    @Test func dayInAFormThatIsNotListedStaysAString() throws {
        #expect(
            try CSVMappingTests.json(", date: [YYYY-MM-DD]", "2023/3/5") == [#"{"m":"2023/3/5"}"#])
    }

    @Test func timeTakesTheOffset() throws {
        #expect(
            try CSVMappingTests.json(
                ", time: \"+08:00\"", "2023-03-05 09:30:00", "2023-03-05T09:30:00",
                "2023/3/5 9:30:05",
                "2023-03-05 09:30:00.0", "2023-03-05 09:30", "2023-03-05 09:30:00.5", "2023-03-05")
                == [
                    #"{"m":"2023-03-05T09:30:00+08:00"}"#, #"{"m":"2023-03-05T09:30:00+08:00"}"#,
                    #"{"m":"2023-03-05T09:30:05+08:00"}"#, #"{"m":"2023-03-05T09:30:00+08:00"}"#,
                    #"{"m":"2023-03-05 09:30"}"#, #"{"m":"2023-03-05 09:30:00.5"}"#,
                    #"{"m":"2023-03-05"}"#,
                ])
    }

    @Test func codesAndFlagsAreWords() throws {
        #expect(
            try CSVMappingTests.json(
                ", codes: {居民身份证: resident-id, 三级: 3, \"1\": \"1\"}", "居民身份证", " 三级 ", "1", "护照")
                == [
                    #"{"m":"resident-id"}"#, #"{"m":3}"#, #"{"m":"1"}"#, #"{"m":"护照"}"#,
                ])
        #expect(
            try CSVMappingTests.json(
                ", flag: {yes: [是, \"1\"], no: [否, \"0\"]}", "是", "1", "0", "也许")
                == [#"{"m":true}"#, #"{"m":true}"#, #"{"m":false}"#, #"{"m":"也许"}"#])
    }

    @Test func referenceNamesItsSource() throws {
        #expect(
            try CSVMappingTests.json(", reference: yb-jiesuan", "A1")
                == [#"{"m":{"source":"yb-jiesuan","id":"A1"}}"#])
    }

    @Test func splitMakesAList() throws {
        #expect(
            try CSVMappingTests.json(", split: \"、\", unit: count", "1、2", " 3 、、x、", "、")
                == [#"{"m":[1,2]}"#, #"{"m":[3,"x"]}"#, "{}"])
        #expect(
            try CSVMappingTests.json(", split: \"、\", reference: s, default: []", "、")
                == [#"{"m":[]}"#])
    }

    @Test func stringsAreEscaped() throws {
        #expect(
            try CSVMappingTests.json("", "a\"\"b\\c\td\ne\u{1}")
                == [#"{"m":"a\"b\\c\td\ne\u0001"}"#])
    }

    // MARK: Members

    @Test func membersNestByPath() throws {
        let mapping = try CSVMapping.sample(members: [
            "kind: {constant: aid.approved}",
            "body/amounts/totalFen: {column: t, unit: yuan}",
            "body/person: {column: p}",
            "body/amounts/cashPaidFen: {column: c, unit: yuan}",
            "id: {column: p}",
            "body/departments: {constant: [a, \"1\"]}",
            "body/year: {constant: 2023}",
            "body/midYear: {constant: true}",
            "area: {constant: \"150502\"}",
        ])
        #expect(mapping.columns == ["t", "p", "c"])
        #expect(
            try read("p,c,t\nx,1,2\n", as: .csv(mapping)).texts == [
                #"{"kind":"aid.approved","body":{"amounts":{"totalFen":200,"cashPaidFen":100},"#
                    + #""person":"x","departments":["a","1"],"year":2023,"midYear":true},"#
                    + #""id":"x","area":"150502"}"#
            ])
    }

    @Test func emptyCellIsLeftOutUnlessThereIsADefault() throws {
        let mapping = try CSVMapping.sample(members: [
            "a: {column: a}", "b: {column: b, unit: yuan, default: 0}",
            "c: {column: c, codes: {x: y}, default: none}", "d: {column: d}",
        ])
        #expect(
            try read("a,b,c,d\n,,,1\n 　,\"\", ,2\n", as: .csv(mapping)).texts == [
                #"{"b":0,"c":"none","d":"1"}"#, #"{"b":0,"c":"none","d":"2"}"#,
            ])
    }

    @Test func objectOfNothingButConstantsIsLeftOut() throws {
        let mapping = try CSVMapping.sample(members: [
            "id: {column: id}", "body/payee/relation: {constant: self}",
            "body/payee/account: {column: account}", "body/institution/code: {column: code}",
            "body/fixed/x: {constant: y}",
        ])
        #expect(
            try read("id,account,code\n1,a,c\n2,,c\n3,,\n", as: .csv(mapping)).texts == [
                #"{"id":"1","body":{"payee":{"relation":"self","account":"a"},"#
                    + #""institution":{"code":"c"},"fixed":{"x":"y"}}}"#,
                #"{"id":"2","body":{"institution":{"code":"c"},"fixed":{"x":"y"}}}"#,
                #"{"id":"3"}"#,
            ])
    }

    @Test func rowFollowsTheFirstRuleThatHolds() throws {
        let mapping = try CSVMapping.sample(
            rules: """
                  - when: {column: void, is: [是, "1"]}
                    record: {rule: {constant: void}}
                  - when: [{column: total, negative: true}, {column: kind, is: [refund]}]
                    record: {rule: {constant: refund}, total: {column: total, unit: yuan, absolute: true}}
                  - record: {rule: {constant: plain}}
                """)
        let rows = [
            "是,-1,x", "1,1,refund", "否,-1.50,x", ",2,refund", ",2,x", ",-0.00,x", ",￥-3.555,x",
            ",-abc,x",
        ]
        #expect(
            try read("void,total,kind\n" + rows.joined(separator: "\n"), as: .csv(mapping)).texts
                == [
                    #"{"rule":"void"}"#, #"{"rule":"void"}"#, #"{"rule":"refund","total":150}"#,
                    #"{"rule":"refund","total":200}"#, #"{"rule":"plain"}"#, #"{"rule":"plain"}"#,
                    #"{"rule":"refund","total":"￥-3.555"}"#, #"{"rule":"plain"}"#,
                ])
    }

    // MARK: Faults of mapping files

    @Test(arguments: [
        ("m: {column: c, unit: dollar}", "unknown unit `dollar`"),
        (
            "m: {column: c, unit: yuan, date: [YYYYMMDD]}",
            "one conversion at most, not `unit` and `date`"
        ),
        ("m: {column: c, codes: {a: b}, flag: {yes: [a], no: [b]}}", "not `codes` and `flag`"),
        ("m: {column: c, colour: red}", "unknown member `colour`"),
        ("m: {unit: yuan}", "`column` or `constant` is missing"),
        ("m: {constant: x, column: c}", "unknown member `column`"),
        ("m: {constant: x, default: y}", "unknown member `default`"),
        ("m: {constant: [1, [2]]}", "a text is expected here"),
        ("m: {constant: 99999999999999999}", "greater than JSON carries exactly"),
        ("m: {constant: -9223372036854775808}", "greater than JSON carries exactly"),
        (#"m: {constant: "\0"}"#, "U+0000 is not allowed"),
        ("m: {constant: \"\"}", "a text is expected here"),
        ("m: {column: c, date: [DD.MM.YYYY]}", "unknown form of a date"),
        ("m: {column: c, date: []}", "`date` has no form"),
        ("m: {column: c, date: YYYY-MM-DD}", "a list is expected here"),
        ("m: {column: c, year: true}", "`year` stands beside `date` only"),
        ("m: {column: c, absolute: true}", "`absolute` stands beside `unit` only"),
        ("m: {column: c, absolute: perhaps, unit: yuan}", "`true` or `false` is expected here"),
        ("m: {column: c, time: \"8\"}", "`time` is an offset from UTC"),
        ("m: {column: c, time: \"+25:00\"}", "`time` is an offset from UTC"),
        ("m: {column: c, codes: {}}", "`codes` has no code"),
        ("m: {column: c, flag: {yes: [a]}}", "`no` is missing"),
        ("m: {column: c, flag: {yes: [a], no: [a]}}", "the word `a` stands here twice"),
        ("m: {column: c, flag: {yes: [a], no: [b], maybe: [c]}}", "unknown member `maybe`"),
        ("m: {column: c, split: \"\"}", "a text is expected here"),
        ("m: {column: \"\"}", "a text is expected here"),
        ("m//n: {column: c}", "`m//n` is not a path"),
        ("m n: {column: c}", "`m n` is not a path"),
        ("0: {column: c}", "`0` is not a path"),
        ("金额: {column: c}", "`金额` is not a path"),
        ("m/n: {column: m}\n      m: {column: c}", "`m` cannot stand beside another path"),
        ("m: {column: c}\n      m/n: {column: c}", "`m/n` cannot stand beside another path"),
    ])
    func faultOfAMemberIsNamed(member: String, reason: String) throws {
        let error = try #require(throws: DeclarationError.self) {
            try CSVMapping.sample(members: [member])
        }
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.file == "sample.yaml")
        let line = try #require(error.line)
        #expect((7...8).contains(line))
    }

    @Test(arguments: [
        ("  []", "`rules` has no rule"),
        ("  - {record: {}}", "`record` has no member"),
        ("  - {}", "`record` is missing"),
        ("  - {record: {m: {column: c}}, then: 1}", "unknown member `then`"),
        (
            "  - {when: {column: c, is: [x]}, record: {m: {column: c}}}",
            "the last rule has no `when`"
        ),
        (
            "  - {record: {m: {column: c}}}\n  - {record: {m: {column: c}}}",
            "only the last rule has no `when`"
        ),
        (
            "  - {when: [], record: {m: {column: c}}}\n  - {record: {m: {column: c}}}",
            "no condition"
        ),
        (
            "  - {when: {column: c}, record: {m: {column: c}}}\n  - {record: {m: {column: c}}}",
            "a condition has either `is` or `negative`"
        ),
        (
            "  - {when: {column: c, negative: false}, record: {m: {column: c}}}\n"
                + "  - {record: {m: {column: c}}}", "`negative` can only be true"
        ),
        (
            "  - {when: {column: c, above: 3}, record: {m: {column: c}}}\n"
                + "  - {record: {m: {column: c}}}", "unknown member `above`"
        ),
    ])
    func faultOfARuleIsNamed(rules: String, reason: String) throws {
        let error = try #require(throws: DeclarationError.self) {
            try CSVMapping.sample(rules: rules)
        }
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test(arguments: [
        ("colour: red", "unknown member `colour`"), ("delimiter: \"|\"", "`delimiter` is"),
        ("ignore: [c]", "the column `c` is both read and ignored"),
        ("ignore: [x, x]", "the column `x` stands here twice"),
        ("title: {zh: x}", "duplicated"), ("delimiter: [", "not YAML"),
    ])
    func faultOfTheFileIsNamed(line: String, reason: String) throws {
        let text = """
            mapping: sample
            title: {zh: 样例, en: Sample}
            about: {zh: 样例, en: Sample}
            \(line)
            rules: [{record: {m: {column: c}}}]
            """
        let error = try #require(throws: DeclarationError.self) {
            try CSVMapping(file: "sample.yaml", text: text)
        }
        #expect("\(error)".contains(reason), "\(error)")
    }

    @Test(arguments: ["mapping", "title", "about", "rules"])
    func memberThatIsMissingIsNamed(name: String) throws {
        let lines = [
            "mapping: sample", "title: {zh: 样例, en: Sample}", "about: {zh: 样例, en: Sample}",
            "rules: [{record: {m: {column: c}}}]",
        ]
        let text = lines.filter { !$0.hasPrefix(name) }.joined(separator: "\n")
        let error = try #require(throws: DeclarationError.self) {
            try CSVMapping(file: "sample.yaml", text: text)
        }
        #expect(error.reason == "`\(name)` is missing")
    }

    @Test func plainWordsOfYAMLStayWords() throws {
        let mapping = try CSVMapping.sample(members: [
            "a: {constant: yes}", "b: {constant: 1.5}", "c: {constant: 007}", "d: {constant: ~}",
            "e: {column: c, codes: {是: yes, on: no}}",
        ])
        #expect(
            try read("c\n是\non\n", as: .csv(mapping)).texts == [
                #"{"a":"yes","b":"1.5","c":"007","d":"~","e":"yes"}"#,
                #"{"a":"yes","b":"1.5","c":"007","d":"~","e":"no"}"#,
            ])
    }
}
