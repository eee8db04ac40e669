internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import PolicyRules

/// A row of the table `verdict`.
struct VerdictRow: Hashable, Sendable {
    let person: Int64
    let seq: Int64
    /// In the order of `VerdictTable.columns`.
    let values: [QueryValue]

    /// - Parameter person: the pseudonym that was kept.
    init(_ judgement: Judgement, of record: BenefitRecord, person: Int64) {
        self.person = person
        seq = judgement.seq
        let components = judgement.components
        values = [
            .text(record.kind), .integer(Int64(judgement.year)), .text(record.head.area),
            .text(judgement.verdict.rawValue), QueryValue(judgement.expected),
            QueryValue(judgement.expectedMost), QueryValue(judgement.reperformed),
            .integer(judgement.actual), QueryValue(components.medicalAid),
            QueryValue(components.secondAid), QueryValue(components.tiltAid),
            QueryValue(components.targetedFund), QueryValue(components.hospital),
            QueryValue(components.basic), QueryValue(components.majorIllness),
            QueryValue(judgement.layers.basic), QueryValue(judgement.layers.majorIllness),
            QueryValue(judgement.breach?.condition.rawValue), QueryValue(judgement.breach?.rule),
            .text(judgement.rulebooks.joined(separator: " ")),
            .text(judgement.rules.joined(separator: " ")),
            .text(judgement.missing.joined(separator: "\n")),
        ]
    }

    /// - Parameter row: of `VerdictStore.select`.
    init(_ row: RawStatement) {
        person = row.integer(0)
        seq = row.integer(1)
        values = VerdictTable.columns.indices.map { index in
            let column = index + 2
            if row.isNull(column) { return .null }
            return VerdictTable.columns[index].isInteger
                ? .integer(row.integer(column)) : .text(row.text(column))
        }
    }

    /// The names of the columns in which two rows of one record differ.
    func difference(from other: VerdictRow) -> [String] {
        let differing = values.indices.filter { values[$0] != other.values[$0] }
        return (person == other.person ? [] : ["person"])
            + differing.map { VerdictTable.columns[$0].name }
    }
}

extension BenefitRecord {
    /// The kind of record that it is.
    package var kind: String {
        switch self {
        case .subsidy: "enrolment.subsidised"
        case .claim: "claim.settled"
        case .approval: "aid.approved"
        }
    }

    /// The category that it was paid under.
    package var category: String {
        switch self {
        case .subsidy(let subsidy): subsidy.category
        case .claim(let claim): claim.category
        case .approval(let approval): approval.category
        }
    }
}

extension QueryValue {
    fileprivate init(_ number: Int64?) { self = number.map(QueryValue.integer) ?? .null }
    fileprivate init(_ text: String?) { self = text.map(QueryValue.text) ?? .null }
    fileprivate init(_ verdict: Verdict?) { self = verdict.map { .text($0.rawValue) } ?? .null }
}

extension Adjudicator {
    /// What is to be stored of a person's judgements, in order of `seq`.
    func rows(of person: PersonRecords) -> [VerdictRow] {
        let records = person.history.records
        var positions: [Int64: Int] = [:]
        for (position, record) in records.enumerated() { positions[record.head.seq] = position }
        return judge(person.history)
            .compactMap { judgement in
                positions[judgement.seq].map {
                    VerdictRow(judgement, of: records[$0], person: person.person)
                }
            }
            .sorted { $0.seq < $1.seq }
    }
}
