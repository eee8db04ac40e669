package import AidRecords
internal import LedgerCore

/// Figures and numbers of findings in words of one language.
package struct FigureWording {
    package let isChinese: Bool
    private let catalogue: KindCatalogue

    package init(isChinese: Bool, catalogue: KindCatalogue) {
        self.isChinese = isChinese
        self.catalogue = catalogue
    }

    package func pick(_ words: Words) -> String { isChinese ? words.zh : words.en }

    /// - Parameter declared: by it codes are put into words; without, or where it does not know one,
    ///   they stay as they are.
    package func text(_ figure: Finding.FigureValue, as declared: Detector.Figure?) -> String {
        switch (figure.type, figure.value) {
        case (_, .null): "-"
        case (.fen, .integer(let amount)): Fen(amount).description
        case (.count, .integer(let number)): grouped(number)
        case (.days, .integer(let number)):
            isChinese ? "\(grouped(number))天" : "\(grouped(number)) d"
        case (.date, .integer(let day)): date(CivilDate(dayNumber: Int(day)))
        case (.basisPoints, .integer(let share)): BasisPoints(share).description
        case (.thousandths, .integer(let number)): decimal(number, places: 3)
        case (.hundredThousandths, .integer(let number)): decimal(number, places: 5)
        case (.category, .text(let code)): word(code, "category")
        case (.kind, .text(let name)): kind(name)
        case (_, .integer(let number)): String(number)
        case (_, .text(let text)): word(text, as: declared)
        }
    }

    private func date(_ date: CivilDate) -> String {
        guard isChinese else { return date.description }
        let (year, month, day) = date.components
        return "\(year)年\(month)月\(day)日"
    }

    private func word(_ code: String, as figure: Detector.Figure?) -> String {
        if let words = figure?.values[code] { return pick(words) }
        return figure?.codes.map { word(code, $0) } ?? code
    }

    /// A whole number of thousandths or the like as a decimal fraction.
    private func decimal(_ number: Int64, places: Int) -> String {
        let digits = String(number.magnitude)
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        return "\(number < 0 ? "-" : "")\(padded.dropLast(places)).\(padded.suffix(places))"
    }

    /// A kind of record by its title.
    func kind(_ name: String) -> String { catalogue.kind(name).map { pick($0.title) } ?? name }

    package func word(_ code: String, _ list: String) -> String {
        catalogue.codes[list]?.words(code).map(pick) ?? code
    }

    /// A value of a parameter with its unit.
    package func text(_ value: Int64, _ unit: Detector.Parameter.Unit) -> String {
        switch unit {
        case .fen: isChinese ? "\(Fen(value))元" : "\(Fen(value)) yuan"
        case .days: isChinese ? "\(grouped(value))天" : "\(grouped(value)) days"
        case .count: grouped(value)
        case .basisPoints: BasisPoints(value).description
        case .thousandths: decimal(value, places: 3)
        case .hundredThousandths: decimal(value, places: 5)
        }
    }
}
