internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import Statistics

struct BenfordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benford",
        abstract: "Compare the first two digits of a CSV file's amounts with Benford's law.",
        discussion: """
            Any CSV file under a header row, in UTF-8 or GB18030; it enters no ledger. Amounts are \
            read exactly. What sticks out is a reason to look, and proves nothing: fixed rates, \
            prices and caps stick out too.

            Rows without an amount to examine (empty, zero, no number, as a line of totals) are \
            left out and counted by reason, which is no failure. Exit status 2 where a row is no \
            row (a wrong number of cells, a quote never closed, bytes that are no text), the \
            others being examined all the same; also where no row has an amount.
            """)

    @Argument(help: "The file; - is standard input.", completion: .file(extensions: ["csv"]))
    var file: String

    @Option(help: "The column of the amounts, by its name in the header row.")
    var column: String

    @Option(help: "What the amounts are in: yuan or fen.")
    var unit = CSVAmount.Unit.yuan

    @Option(help: "Examine the amounts of each value of this column by themselves.")
    var group: String?

    @Option(help: "automatic, utf8 or gb18030.")
    var encoding = InputEncoding.automatic

    @Flag(help: "List all pairs of digits, or all groups, and not only what sticks out.")
    var all = false

    @OptionGroup var json: JSONOption
    @OptionGroup var language: LanguageOption

    func run() throws {
        let reading = try readFile()
        for fault in reading.faults { Console.error("aidledger: \(name): \(fault)") }
        if reading.faultCount > reading.faults.count {
            let more = reading.faultCount - reading.faults.count
            Console.error("aidledger: \(name): \(grouped(more)) more rows cannot be read")
        }
        guard reading.amounts > 0 else {
            throw UsageError(
                "\(name): no row has an amount to examine in column `\(printable(column))`"
                    + (reading.leftOut.isEmpty
                        ? "" : ": \(BenfordWords(isChinese: false).leftOut(reading))"))
        }
        if json.isWanted {
            Console.output(json: answer(reading))
        } else {
            let text = BenfordText(
                words: BenfordWords(isChinese: language.isChinese), isWhole: all)
            Console.output(text.lines(reading, subject).joined(separator: "\n"))
        }
        if reading.faultCount > 0 { throw ExitCode(Status.badInput.rawValue) }
    }

    private var name: String { file == "-" ? "stdin" : file }

    private var subject: BenfordText.Subject {
        BenfordText.Subject(
            file: printable(name), column: printable(column), unit: unit,
            groupColumn: group.map(printable))
    }

    private func readFile() throws -> BenfordReading {
        let bar = ProgressBar(name, isQuiet: json.isWanted)
        defer { bar.finish() }
        do {
            let input = try InputFile(path: file)
            let total = input.byteCount
            return try BenfordReading(
                input, encoding: encoding, column: column, unit: unit, group: group
            ) { bar.show($0, of: total, count: $1, unit: "rows") }
        } catch InputError.cannotOpen(let path, let number) {
            throw InputError.cannotOpen(path: path, errorNumber: number)
        } catch let error as InputError {
            throw UsageError("\(name): \(error)")
        } catch let error as UsageError {
            throw UsageError("\(name): \(error)")
        }
    }

    private func answer(_ reading: BenfordReading) -> [String: Any] {
        [
            "file": name, "column": column, "unit": unit.rawValue,
            "groupColumn": Console.value(group), "rows": reading.rows,
            "amounts": reading.amounts, "rowsUnreadable": reading.faultCount,
            "leftOut": reading.leftOut.map { left -> [String: Any] in
                [
                    "reason": left.reason.rawValue, "count": left.count,
                    "firstLine": left.firstLine,
                ]
            },
            "groups": reading.tests.map { object($0.test, group: $0.group) },
        ]
    }

    private func object(_ test: BenfordTest, group: String?) -> [String: Any] {
        let digits = all ? test.all : test.noticeable
        return [
            "group": Console.value(group), "amounts": test.digits.total,
            "isConclusive": test.isConclusive,
            "meanAbsoluteDeviation": test.meanAbsoluteDeviation,
            "meanAbsoluteDeviationByChance": test.meanAbsoluteDeviationByChance,
            "conformity": Console.value(test.isConclusive ? test.conformity.rawValue : nil),
            "chiSquare": test.chiSquare, "degreesOfFreedom": BenfordTest.degreesOfFreedom,
            "probability": test.probability,
            "digits": digits.map { digit -> [String: Any] in
                [
                    "digits": digit.pair, "count": digit.count, "share": digit.share,
                    "expectedShare": digit.expectedShare, "z": digit.z,
                    "isNoticeable": digit.isNoticeable,
                    "isNoticeableAmongAll": digit.isNoticeableAmongAll,
                ]
            },
        ]
    }
}

extension CSVAmount.Unit: ExpressibleByArgument {}
