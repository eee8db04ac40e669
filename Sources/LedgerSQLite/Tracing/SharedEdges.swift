internal import AidRecords
internal import Findings

/// Who shares what with whom, as the tables that name a person beside it have it.
struct SharedEdges {
    /// What persons share, as the tables hold it.
    struct Shared {
        let kind: TraceSubject.Kind
        /// The subject's number; of an institution or operator, the position in `codes`.
        let number: Int64
        /// Of an institution, the day; else 0.
        let day: Int64
        /// Where the tables say it first.
        fileprivate(set) var first: Place
    }

    /// A place in the tables, read one after the other.
    struct Place: Comparable {
        let table: Int32
        let link: Int32
        let seq: Int64

        static func < (first: Place, second: Place) -> Bool {
            (first.table, first.seq, first.link) < (second.table, second.seq, second.link)
        }
    }

    /// A column of persons, and one of what they share.
    struct Link {
        let person: String
        let shared: TraceColumns.Subject
    }

    /// A link without its names, for every row: where in the row its two columns stand, and its
    /// place among the tables' links.
    struct Column {
        let kind: TraceSubject.Kind
        let isNumber: Bool
        let isVisit: Bool
        let ordinal: Int
        let person: Int
        let shared: Int
        let table: Int32
        let link: Int32

        init(_ subject: TraceColumns.Subject, person: Int, shared: Int, table: Int, link: Int) {
            isVisit = subject.kind == .institution
            kind = isVisit ? .visitDay : subject.kind
            isNumber = subject.isNumber
            ordinal = TraceSubject.Kind.allCases.firstIndex(of: kind) ?? 0
            self.person = person
            self.shared = shared
            self.table = Int32(table)
            self.link = Int32(link)
        }
    }

    private(set) var edges: [LinkSearch.Edge] = []
    private(set) var shared: [Shared] = []
    private(set) var codes: [String] = []
    /// Of each kind, by its ordinal.
    private var numbers = [NumberTable](
        repeating: NumberTable(), count: TraceSubject.Kind.allCases.count)
    private var codeNumbers = NumberTable()
    private var personNumbers = NumberTable()
    private var roots: [Int64] = []
    private let persons: MergedPersons
    private let textHash: TextHash

    init(persons: MergedPersons, _ textHash: TextHash) {
        self.persons = persons
        self.textHash = textHash
    }

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

    /// Takes an edge from a row: its number and its day, then at the column's places the person
    /// and what is shared.
    mutating func take(_ column: Column, from row: RawStatement) {
        guard !row.isNull(column.shared), !row.isNull(column.person) else { return }
        let value =
            column.isNumber ? row.integer(column.shared) : code(row.blob(column.shared))
        let day = column.isVisit ? row.integer(1) : 0
        let place = Place(table: column.table, link: column.link, seq: row.integer(0))
        edges.append(
            LinkSearch.Edge(
                person: root(of: row.integer(column.person)),
                shared: number(column.kind, column.ordinal, value, day, place), seq: place.seq))
    }

    private mutating func number(
        _ kind: TraceSubject.Kind, _ ordinal: Int, _ value: Int64, _ day: Int64, _ place: Place
    ) -> Int32 {
        // There are fewer institutions and days than would fill half of it each.
        let key = UInt64(bitPattern: value) ^ UInt64(bitPattern: day) << 32
        let next = Int32(shared.count)
        let number = numbers[ordinal].number(of: key, orElse: next)
        if number == next {
            shared.append(Shared(kind: kind, number: value, day: day, first: place))
        }
        return number
    }

    private mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> Int64 {
        let next = Int32(codes.count)
        let number = codeNumbers.number(of: textHash.of(text), orElse: next)
        if number == next { codes.append(String(decoding: text, as: UTF8.self)) }
        return Int64(number)
    }

    private mutating func root(of person: Int64) -> Int64 {
        let next = Int32(roots.count)
        let number = personNumbers.number(of: UInt64(bitPattern: person), orElse: next)
        if number == next { roots.append(persons.root(of: person)) }
        return roots[Int(number)]
    }

    // MARK: Parts

    /// Adds what another part of the same tables has.
    mutating func append(_ other: SharedEdges) {
        let codeNumbers = other.codes.map { code in
            var code = code
            return code.withUTF8 { self.code($0) }
        }
        let numbers = other.shared.map { shared in
            let isCode = [.visitDay, .institution, .operator].contains(shared.kind)
            let number = self.number(
                shared.kind, TraceSubject.Kind.allCases.firstIndex(of: shared.kind) ?? 0,
                isCode ? codeNumbers[Int(shared.number)] : shared.number, shared.day, shared.first)
            let first = self.shared[Int(number)].first
            self.shared[Int(number)].first = min(first, shared.first)
            return number
        }
        edges += other.edges.map {
            LinkSearch.Edge(person: $0.person, shared: numbers[Int($0.shared)], seq: $0.seq)
        }
    }
}
