internal import AidRecords
internal import LedgerCore

/// Values in words of one language; sentences are the templates' affair.
struct Wording {
    enum Language: String {
        case chinese = "zh-Hans"
        case english = "en"
    }

    let language: Language
    let areas: AreaNames
    let catalogue: KindCatalogue

    private var isChinese: Bool { language == .chinese }

    func pick(_ words: Words) -> String { isChinese ? words.zh : words.en }

    /// What stands in a cell; nil where words are the template's affair.
    func text(
        _ value: QueryValue, _ type: ReportDefinition.ColumnType,
        in unit: ReportDefinition.MoneyUnit = .yuan
    ) -> String? {
        switch (type, value) {
        case (.line, _), (_, .null): nil
        case (.fen, .integer(let amount)):
            unit == .wan ? Fen(amount).inTenThousands : Fen(amount).description
        case (.rmb, .integer(let amount)): Fen(amount).inWords ?? Fen(amount).description
        case (.count, .integer(let number)): grouped(number)
        case (.percent, .integer(let share)): BasisPoints(share).description
        case (.code(let list), .text(let code)): list.words(code).map(pick) ?? code
        case (.area, .text(let code)): area(code)
        case (.kind, .text(let name)): catalogue.kind(name).map { pick($0.title) } ?? name
        case (.date, .text(let date)): CivilDate(date).map(self.date) ?? date
        case (.month, .text(let month)): self.month(month)
        default: value.keyText
        }
    }

    func area(_ code: String) -> String { areas.name(code).map(pick) ?? code }

    func date(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return isChinese
            ? "\(year)年\(month)月\(day)日" : "\(day) \(Wording.months[month - 1]) \(year)"
    }

    /// Day and minute, in China's time.
    func time(_ moment: Moment) -> String {
        let clock = moment.descriptionInChina.dropFirst(11).prefix(5)
        return date(moment.dayInChina) + (isChinese ? " " : ", ") + clock
    }

    private func month(_ text: String) -> String {
        guard let number = Int(text.suffix(2)), (1...12).contains(number) else { return text }
        return isChinese ? "\(number)月" : String(Wording.months[number - 1].prefix(3))
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}

/// Names of areas: `ledger/areas.tsv`.
package struct AreaNames: Sendable {
    private let names: [String: Words]

    /// - Parameter table: lines of code, Chinese and English name, separated by tabs. Without an
    ///   English name an area has its Chinese one in every language.
    package init(table: String) {
        let rows = table.split(whereSeparator: \.isNewline).map {
            $0.split(separator: "\t").map(String.init)
        }
        names = Dictionary(
            rows.filter { $0.count >= 2 }.map { row in
                (row[0], Words(zh: row[1], en: row.count > 2 ? row[2] : row[1]))
            },
            uniquingKeysWith: { first, _ in first })
    }

    package func isUnknown(_ code: String) -> Bool { names[code] == nil }

    func name(_ code: String) -> Words? { names[code] }
}
