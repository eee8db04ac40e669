internal import GRDB

/// What one worker judges at a time.
enum JudgingShare: Sendable {
    /// All whose kept pseudonym is in the range.
    case range(Range<Int64>)
    /// Single persons.
    case persons([Int64])

    /// Records of a share, about. What a share gives is held in memory until it is written.
    static let records = 5_000

    /// Shares of about as many records each, which together hold everybody.
    static func all(_ database: Database) throws -> (shares: [JudgingShare], persons: Int) {
        let rows = try RawStatement(database, BenefitTables.personsInOrder)
        var shares: [JudgingShare] = []
        var start: Int64 = .min
        var last: Int64?
        var (count, persons) = (0, 0)
        while try rows.step() {
            let person = rows.integer(0)
            if person != last {
                persons += 1
                if count >= records {
                    shares.append(.range(start..<person))
                    (start, count) = (person, 0)
                }
            }
            last = person
            count += 1
        }
        shares.append(.range(start..<Int64.max))
        return (shares, persons)
    }

    static func some(_ persons: Set<Int64>) -> [JudgingShare] {
        let sorted = persons.sorted()
        return stride(from: 0, to: sorted.count, by: personsMost).map {
            .persons(Array(sorted[$0..<min($0 + personsMost, sorted.count)]))
        }
    }

    private static let personsMost = 500
}
