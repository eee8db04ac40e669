internal import AidRecords
internal import Foundation
internal import LedgerCore
internal import Statistics

/// The answer of `benford` for people.
struct BenfordText {
    struct Subject {
        let file: String
        let column: String
        let unit: CSVAmount.Unit
        let groupColumn: String?
    }

    let words: BenfordWords
    /// Whether also those digits and groups are listed that do not stick out.
    let isWhole: Bool

    func lines(_ reading: BenfordReading, _ subject: Subject) -> [String] {
        var lines = [head(reading, subject)]
        if !reading.leftOut.isEmpty {
            lines.append(words.says("未计入：", "Left out: ") + words.leftOut(reading))
        }
        lines.append("")
        if let column = subject.groupColumn {
            lines += groups(reading, column)
        } else {
            lines += reading.tests.flatMap { one($0.test) }
        }
        return lines + ["", words.caution]
    }

    private func head(_ reading: BenfordReading, _ subject: Subject) -> String {
        let (rows, amounts) = (grouped(reading.rows), grouped(reading.amounts))
        let unit = words.unit(subject.unit)
        return words.says(
            "\(subject.file)，列“\(subject.column)”（\(unit)）：共 \(rows) 行，检验 \(amounts) 个金额",
            "\(subject.file), column `\(subject.column)` in \(unit): "
                + "\(rows) rows, \(amounts) amounts examined")
    }

    // MARK: One set of amounts

    private func one(_ test: BenfordTest) -> [String] {
        var lines = test.isConclusive ? [] : [words.tooFew(test.digits.total), ""]
        lines += [
            words.says("平均绝对偏差 ", "Mean absolute deviation ")
                + decimal(test.meanAbsoluteDeviation, 5)
                + (test.isConclusive ? words.conformityInFull(test.conformity) : ""),
            words.says("卡方 ", "Chi-square ") + decimal(test.chiSquare, 1)
                + words.says("，自由度 ", ", degrees of freedom ")
                + "\(BenfordTest.degreesOfFreedom)"
                + words.says("，", ", ") + probability(test),
        ]
        if let caution = words.chanceAlone(test) { lines.append(caution) }
        if let caution = words.hiddenHeap(test) { lines.append(caution) }
        lines.append(words.noticeable(test))
        let digits = isWhole ? test.all : test.noticeable
        return digits.isEmpty ? lines : lines + [""] + chart(digits)
    }

    private func chart(_ digits: [BenfordDigit]) -> [String] {
        let head = [
            words.says("首两位", "digits"), words.says("笔数", "amounts"),
            words.says("占比", "share"), words.says("应占", "expected"), "z", "",
            words.says("占比（│ 为应占）", "share (│ is expected)"),
        ]
        let longest = digits.map { max($0.share, $0.expectedShare) }.max() ?? 1
        let rows = digits.map { digit in
            [
                String(digit.pair), grouped(digit.count), percent(digit.share),
                percent(digit.expectedShare), (digit.z > 0 ? "+" : "") + decimal(digit.z, 2),
                digit.isNoticeableAmongAll ? "*" : "", bar(digit, longest: longest),
            ]
        }
        return table([head] + rows, leftFrom: 5)
    }

    private func bar(_ digit: BenfordDigit, longest: Double) -> String {
        let width = 40.0
        let share = Int((digit.share / longest * width).rounded())
        let expected = Int((digit.expectedShare / longest * width).rounded())
        return String(
            (0...max(share, expected)).map { place -> Character in
                place == expected ? "│" : place < share ? "█" : " "
            })
    }

    // MARK: Groups

    private func groups(_ reading: BenfordReading, _ column: String) -> [String] {
        let tests = reading.tests
        let few = tests.filter { !$0.test.isConclusive }.count
        let head = [
            words.says("金额数", "amounts"), words.says("平均绝对偏差", "deviation"),
            words.says("卡方", "chi-square"), "p", words.says("等级", "class"), column,
            words.says("突出的首两位", "digits that stick out"),
        ]
        let shown = isWhole ? tests : tests.filter(\.test.isConclusive)
        var lines =
            shown.isEmpty ? [] : table([head] + shown.map { row($0.group, $0.test) }, leftFrom: 4)
        if tests.count - few > 1 { lines.append(words.manyGroups) }
        if few > 0 {
            lines.append(
                words.tooFewGroups(few) + (isWhole ? "" : words.says("（--all 列出）", " (--all)")))
        }
        return lines
    }

    private func row(_ group: String?, _ test: BenfordTest) -> [String] {
        let digits = test.noticeable.filter(\.isNoticeableAmongAll)
        let pairs = digits.prefix(10).map { String($0.pair) }.joined(separator: " ")
        let name = group.map(printable) ?? ""
        return [
            grouped(test.digits.total), decimal(test.meanAbsoluteDeviation, 5),
            decimal(test.chiSquare, 1), probability(test, isShort: true),
            test.isConclusive ? words.conformity(test.conformity) : words.tooFew,
            name.isEmpty ? words.says("（空白）", "(empty)") : name,
            digits.count > 10 ? "\(pairs) …" : pairs,
        ]
    }

    // MARK: Figures

    private func probability(_ test: BenfordTest, isShort: Bool = false) -> String {
        let value = test.probability
        let text = value < 0.0001 ? "< 0.0001" : decimal(value, 4)
        if isShort { return text }
        return value < 0.0001 ? "p \(text)" : "p = \(text)"
    }

    private func percent(_ share: Double) -> String { decimal(share * 100, 2) + "%" }

    /// Columns as wide as their widest cell, to the right, and from one on to the left.
    private func table(_ rows: [[String]], leftFrom: Int) -> [String] {
        let widths = rows[0].indices.map { column in
            rows.map { terminalWidth(of: $0[column]) }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let gap = String(
                    repeating: " ", count: widths[column] - terminalWidth(of: cell))
                return column < leftFrom ? gap + cell : cell + gap
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

/// A statistic with so many digits after the point.
func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
