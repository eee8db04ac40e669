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

    package func text(_ figure: Finding.FigureValue) -> String {
        switch (figure.type, figure.value) {
        case (_, .null): "-"
        case (.fen, .integer(let amount)): Fen(amount).description
        case (.count, .integer(let number)): grouped(number)
        case (.days, .integer(let number)):
            isChinese ? "\(grouped(number))天" : "\(grouped(number)) d"
        case (.date, .integer(let day)): CivilDate(dayNumber: Int(day)).description
        case (.basisPoints, .integer(let share)): BasisPoints(share).description
        case (.thousandths, .integer(let number)): thousandths(number)
        case (.category, .text(let code)): word(code, "category")
        case (_, .integer(let number)): String(number)
        case (_, .text(let text)): text
        }
    }

    private func thousandths(_ number: Int64) -> String {
        let magnitude = number.magnitude
        let digits = String(magnitude % 1_000)
        let zeros = String(repeating: "0", count: 3 - digits.count)
        return "\(number < 0 ? "-" : "")\(grouped(magnitude / 1_000)).\(zeros)\(digits)"
    }

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
        case .thousandths: thousandths(value)
        case .hundredThousandths:
            isChinese ? "十万分之\(grouped(value))" : "\(grouped(value)) hundred-thousandths"
        }
    }
}
