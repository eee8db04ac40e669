internal import AidRecords
internal import LedgerCore
internal import Statistics

/// The amounts of a column of a CSV file by their first two digits, and what was left out.
struct BenfordReading {
    /// Why a row has no amount to examine.
    enum Reason: String, CaseIterable {
        case empty, zero, negative
        case belowTenFen = "below-ten-fen"
        case fractionOfAFen = "fraction-of-a-fen"
        case tooGreat = "too-great"
        case notANumber = "not-a-number"
    }

    struct LeftOut {
        let reason: Reason
        let firstLine: Int
        var count: Int
    }

    /// Groups beyond this are no groups to examine; each takes some hundreds of bytes.
    private static let groupsMax = 100_000
    /// How many rows that cannot be read are told one by one.
    private static let faultsTold = 20

    /// Rows that could be read.
    private(set) var rows = 0
    private(set) var amounts = 0
    private(set) var faults: [String] = []
    private(set) var faultCount = 0
    private var leftOutByReason: [Reason: LeftOut] = [:]
    private var digitsByGroup: [String?: FirstTwoDigits] = [:]

    /// - Parameter progress: gets bytes and rows read.
    init(
        _ file: borrowing InputFile, encoding: InputEncoding, column: String,
        unit: CSVAmount.Unit, group: String?, progress: (Int64, Int) -> Void
    ) throws {
        var reader = try CSVRowReader(descriptor: file.descriptor, encoding: encoding)
        guard !reader.columns.isEmpty else { throw UsageError("the file holds nothing") }
        let amountColumn = try BenfordReading.position(of: column, in: reader.columns)
        let groupColumn = try group.map { try BenfordReading.position(of: $0, in: reader.columns) }
        while let row = try reader.next() {
            switch row {
            case .fault(let line, let reason): add(fault: "line \(line): \(reason)")
            case .cells(let line):
                rows += 1
                let pair = pair(of: reader.amount(amountColumn, in: unit), line: line)
                if let pair { try add(pair, to: groupColumn.map { reader.text($0) }) }
            }
            if (rows + faultCount).isMultiple(of: 10_000) { progress(reader.bytesRead, rows) }
        }
    }

    private static func position(of name: String, in columns: [String]) throws -> Int {
        let found = columns.indices.filter { columns[$0] == name }
        guard let position = found.first else {
            let known = columns.prefix(40).map { "`\(printable(String($0.prefix(60))))`" }
            let more = columns.count > 40 ? " and \(columns.count - 40) more" : ""
            throw UsageError(
                "there is no column `\(printable(name))`; the header row names "
                    + known.joined(separator: ", ") + more)
        }
        guard found.count == 1 else {
            throw UsageError(
                "the header row names `\(printable(name))` \(found.count) times: columns "
                    + found.map { String($0 + 1) }.joined(separator: ", "))
        }
        return position
    }

    private mutating func pair(of amount: CSVAmount, line: Int) -> Int? {
        switch amount {
        case .fen(let fen) where fen > 0:
            let pair = FirstTwoDigits.of(fen)
            if pair == nil { leave(.belowTenFen, line) }
            return pair
        case .fen(let fen): leave(fen == 0 ? .zero : .negative, line)
        case .negative: leave(.negative, line)
        case .empty: leave(.empty, line)
        case .notANumber: leave(.notANumber, line)
        case .fractionOfAFen: leave(.fractionOfAFen, line)
        case .tooGreat: leave(.tooGreat, line)
        }
        return nil
    }

    private mutating func leave(_ reason: Reason, _ line: Int) {
        leftOutByReason[reason, default: LeftOut(reason: reason, firstLine: line, count: 0)]
            .count += 1
    }

    private mutating func add(_ pair: Int, to group: String?) throws {
        amounts += 1
        digitsByGroup[group, default: FirstTwoDigits()].add(pair)
        guard digitsByGroup.count <= BenfordReading.groupsMax else {
            throw UsageError(
                "there are more than \(AidRecords.grouped(BenfordReading.groupsMax)) groups; "
                    + "choose a column with fewer values")
        }
    }

    private mutating func add(fault: String) {
        faultCount += 1
        if faults.count < BenfordReading.faultsTold { faults.append(fault) }
    }

    /// In the order of the reasons.
    var leftOut: [LeftOut] { Reason.allCases.compactMap { leftOutByReason[$0] } }

    /// Of each group with amounts, the farthest from the law first; those that conclude nothing
    /// come last.
    var tests: [(group: String?, test: BenfordTest)] {
        let tests = digitsByGroup.compactMap { group, digits in
            BenfordTest(digits).map {
                (group: group, test: $0, deviation: $0.meanAbsoluteDeviation)
            }
        }
        return tests.sorted { one, other in
            if one.test.isConclusive != other.test.isConclusive { return one.test.isConclusive }
            if one.deviation != other.deviation { return one.deviation > other.deviation }
            return (one.group ?? "") < (other.group ?? "")
        }.map { ($0.group, $0.test) }
    }
}
