internal import LedgerCore

/// Why a step cannot be done with the rows of a query.
package struct StepFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension DetectorRows {
    func required(_ column: String) throws(StepFailure) -> Int {
        guard let position = position(of: column) else {
            throw StepFailure("the query gives no column `\(column)`, which its step takes")
        }
        return position
    }

    /// These rows with further columns behind their own.
    func adding(
        _ names: [String], to kept: [(row: [QueryValue], values: [QueryValue])]
    ) throws(StepFailure) -> DetectorRows {
        for name in names where position(of: name) != nil {
            throw StepFailure("the query gives a column `\(name)`, which its step adds")
        }
        return DetectorRows(columns: columns + names, rows: kept.map { $0.row + $0.values })
    }
}

extension [String: Int64] {
    func required(_ parameter: String) throws(StepFailure) -> Int64 {
        guard let value = self[parameter] else {
            throw StepFailure("the step asks for a parameter `\(parameter)`")
        }
        return value
    }
}
