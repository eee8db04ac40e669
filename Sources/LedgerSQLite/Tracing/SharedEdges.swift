internal import AidRecords
internal import Findings

/// Who shares what with whom, as the tables that name a person beside it have it.
struct SharedEdges {
    /// What persons share, as the tables hold it.
    struct Shared: Hashable {
        let kind: TraceSubject.Kind
        /// The subject's number; of an institution or operator, the position in `codes`.
        let number: Int64
        /// Of an institution, the day; else 0.
        let day: Int64
    }

    /// A column of persons, and one of what they share.
    struct Link {
        let person: String
        let shared: TraceColumns.Subject
    }

    /// What a column holds, without its name: it is asked for in every row.
    struct Column {
        let kind: TraceSubject.Kind
        let isNumber: Bool
        let isVisit: Bool
        let ordinal: Int

        init(_ subject: TraceColumns.Subject) {
            isVisit = subject.kind == .institution
            kind = isVisit ? .visitDay : subject.kind
            isNumber = subject.isNumber
            ordinal = TraceSubject.Kind.allCases.firstIndex(of: kind) ?? 0
        }
    }

    private(set) var edges: [LinkSearch.Edge] = []
    private(set) var shared: [Shared] = []
    private(set) var codes: [String] = []
    private var numberOf: [Key: Int32] = [:]
    private var codeNumbers: [String: Int64] = [:]
    private let persons: MergedPersons

    /// What is shared, in numbers alone: the kind's text is not to be hashed for every row.
    private struct Key: Hashable {
        let kind: Int
        let number: Int64
        let day: Int64
    }

    init(persons: MergedPersons) { self.persons = persons }

    /// The columns of what persons share. An institution is shared by those who received something
    /// there: where the record names both of necessity, and an amount.
    static func links(of columns: TraceColumns) -> [Link] {
        guard !columns.table.isList else { return [] }
        let links = columns.subjects.filter { subject in
            switch subject.kind {
            case .person, .visitDay: false
            case .institution: subject.isRequired && columns.kind.amountColumn != nil
            case .account, .household, .phone, .address, .operator: true
            }
        }
        return columns.subjects(.person).flatMap { person in
            links.map { Link(person: person.column, shared: $0) }
        }
    }

    // MARK: Rows

    /// Takes an edge from a row: its number and its day, at `index` the person, then what is
    /// shared.
    mutating func take(_ column: Column, from row: RawStatement, at index: Int) {
        guard !row.isNull(index + 1), !row.isNull(index) else { return }
        let value = column.isNumber ? row.integer(index + 1) : code(row.text(index + 1))
        let day = column.isVisit ? row.integer(1) : 0
        edges.append(
            LinkSearch.Edge(
                person: persons.root(of: row.integer(index)),
                shared: number(column, value, day), seq: row.integer(0)))
    }

    private mutating func number(_ column: Column, _ value: Int64, _ day: Int64) -> Int32 {
        let key = Key(kind: column.ordinal, number: value, day: day)
        let next = Int32(shared.count)
        let number = numberOf[key, default: next]
        if number == next {
            numberOf[key] = next
            shared.append(Shared(kind: column.kind, number: value, day: day))
        }
        return number
    }

    private mutating func code(_ text: String) -> Int64 {
        if let known = codeNumbers[text] { return known }
        let number = Int64(codes.count)
        codeNumbers[text] = number
        codes.append(text)
        return number
    }
}
