/// What is missing, as detectors and the engine write it: a code, its arguments, and pairs of a key
/// and a value, all words with one space between; `ledger/detectors/README.md`.
package struct LackWording {
    private let wording: FigureWording
    private let code: String
    private let words: [String]

    /// In words of one language; what is not known here is shown as it is written.
    package static func text(_ code: String, _ wording: FigureWording) -> String {
        let words = code.split(separator: " ").map(String.init)
        return LackWording(wording: wording, code: code, words: words).text ?? code
    }

    /// The value of a key; nil where it has none.
    package static func value(of key: String, in code: String) -> String? {
        let words = code.split(separator: " ")
        guard let place = words.lastIndex(where: { $0 == key }), place + 1 < words.count else {
            return nil
        }
        return String(words[place + 1])
    }

    private var text: String? {
        switch words.first {
        case "parameter": named(1, parameter)
        case "calendar": named(1) { say("\($0[0])年的工作日历", "the working days of \($0[0])") }
        case "clause": named(1) { clause($0[0]) }
        case "record": named(1) { record($0[0]) }
        case "peers": peers
        default: nil
        }
    }

    private func say(_ chinese: String, _ english: String) -> String {
        wording.isChinese ? chinese : english
    }

    /// So many arguments in words, then the pairs.
    private func named(_ count: Int, _ say: ([String]) -> String) -> String? {
        guard words.count > count, let rest = pairs(words.dropFirst(count + 1)) else { return nil }
        let text = say(Array(words[1...count]))
        return text + bracketed(rest)
    }

    private func bracketed(_ pairs: [(key: String, value: String)]) -> String {
        guard !pairs.isEmpty else { return "" }
        let parts = pairs.map { pair($0.key, $0.value) }
        return say("（", " (") + parts.joined(separator: say("；", "; ")) + say("）", ")")
    }

    /// Nil where a key has no value.
    private func pairs(_ words: ArraySlice<String>) -> [(key: String, value: String)]? {
        let words = Array(words)
        guard words.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
    }

    // MARK: Codes

    private func parameter(_ arguments: [String]) -> String {
        let name = arguments[0]
        switch name {
        case "basic-insurance": return say("基本医疗保险的参数", "a parameter of basic insurance")
        case "major-illness-insurance":
            return say("大病保险的参数", "a parameter of major-illness insurance")
        default:
            return say("参数 ", "parameter ") + titled(name, wording.word(name, "parameter-name"))
        }
    }

    private func clause(_ topic: String) -> String {
        switch topic {
        case "rulebook": say("生效的政策文件", "a rulebook in force")
        case "category": say("涉及所认定类别的条款", "a clause on a category held")
        case "aid": say("规定应给予多少的条款", "a clause that says what is due")
        default: say("有效条款 \(topic)", "a clause on \(topic) in force")
        }
    }

    private func record(_ kind: String) -> String {
        say("记录 ", "records of ") + titled(kind, wording.kind(kind))
    }

    /// A code with its words, where there are any.
    private func titled(_ code: String, _ words: String) -> String {
        words == code ? code : say("“\(words)” \(code)", "\(code), “\(words)”")
    }

    private var peers: String? {
        guard words.count > 2, let rest = pairs(words.dropFirst(3)) else { return nil }
        let of = rest.first { $0.key == "of" }?.value
        let names: [String: (zh: String, en: String)] = [
            "approver": ("审批人", "approvers"), "operator": ("经办人", "operators"),
            "institution": ("机构", "institutions"),
        ]
        let name = of.flatMap { names[$0] } ?? ("对象", of ?? "peers")
        return say(
            "可比的\(name.zh)（现有 \(words[1])，至少需 \(words[2])）",
            "\(name.en) to compare with (\(words[1]) of the \(words[2]) needed)")
            + bracketed(rest.filter { $0.key != "of" })
    }

    // MARK: Keys

    private static let lists = [
        "category": "category", "scheme": "scheme", "visit": "visit-type", "fund": "fund",
    ]

    private func pair(_ key: String, _ value: String) -> String {
        if let list = LackWording.lists[key] { return wording.word(value, list) }
        switch key {
        // Of an institution, as its record has it.
        case "type": return value
        case "year": return say("\(value)年", value)
        case "level": return say("\(value)级医院", "hospitals of level \(value)")
        case "area": return say("地区 \(value)", "area \(value)")
        case "institution": return say("机构 \(value)", "institution \(value)")
        default: return "\(key) \(value)"
        }
    }
}
