/// How the entries of one kind are read: the members that they may have, in the order of
/// canonical JSON, as one flat list of steps.
///
/// It is what a kind's declaration says, laid out so that an entry is read in one pass without
/// looking anything up: millions of entries are read whenever a ledger is verified.
final class EntryProgram: Sendable {
    let kind: Kind
    /// The kind's name, in UTF-8.
    let name: [UInt8]
    /// The kind's own table: position in `KindCatalogue.tables`.
    let table: Int
    let steps: [EntryStep]
    /// The keys (`"name":`), constants and codes that steps point into.
    let literals: [UInt8]
    /// Ranges of `literals`: the codes of the lists that steps point into.
    let codes: [Range<Int32>]
    /// How many columns the tables of lists have, by position in `KindCatalogue.tables`.
    let columnCounts: [Int]

    /// - Parameters:
    ///   - table: position of the kind's own table; those of its lists follow.
    ///   - tables: of the whole catalogue; those of the envelope's lists are the first.
    init(_ kind: Kind, table: Int, tables: [ReadModelTable], envelope: ObjectShape) {
        var compiler = Compiler(firstListTable: table + 1)
        compiler.entry(kind, envelope)
        self.kind = kind
        name = Array(kind.name.utf8)
        self.table = table
        steps = compiler.steps
        literals = compiler.literals
        codes = compiler.codes
        columnCounts = tables.map(\.columns.count)
    }

    /// Where a step stands in an entry, as a JSON Pointer; items of lists are not told apart.
    func pointer(to step: Int) -> String {
        let way = steps.indices.filter { $0 <= step && step < steps[$0].end && steps[$0].hasKey }
        return way.map { index in
            let key = literals[Int(steps[index].key.lowerBound)..<Int(steps[index].key.upperBound)]
            return "/" + String(decoding: key.dropFirst().dropLast(2), as: UTF8.self)
        }.joined()
    }
}

/// A member, an item of a list, or the whole entry: what must stand there, and which column
/// takes it.
struct EntryStep: Sendable {
    enum Action: UInt8, Sendable {
        case integer, flag, date, time, month, period, area, digest, code, text
        case reference, subject, commitments
        /// `end` closes the steps of the members.
        case object
        /// The next step is the item's.
        case list, listOrSingle
        /// One text and no other.
        case constant
        /// The body, an object whose place is noted.
        case body
        /// `at`, `prev` and `seq`.
        case recordedAt, prev, seq
    }

    let action: Action
    var isOptional = false
    /// Of the groups of which exactly one member must be there, those that this one belongs to.
    var groups: UInt8 = 0
    /// Of an object, all its groups.
    var allGroups: UInt8 = 0
    /// A range of `EntryProgram.literals`, empty for items.
    var key: Range<Int32> = 0..<0
    /// The first column that takes the value.
    var column: Int32 = 0
    /// Of integers the least, of lists the fewest; of codes, the first in `EntryProgram.codes`.
    var low: Int64 = 0
    /// Of integers the greatest, of texts the longest; of codes, after the last.
    var high: Int64 = 0
    /// Of constants, a range of `EntryProgram.literals`.
    var literal: Range<Int32> = 0..<0
    /// Of lists, their table; of subjects, the first letter of their pseudonyms.
    var detail: Int32 = 0
    /// The step after this one and all inside it.
    var end = 0

    var hasKey: Bool { !key.isEmpty }

    init(_ action: Action) { self.action = action }
}

/// Lays a kind's declaration out as steps.
private struct Compiler {
    private(set) var steps: [EntryStep] = []
    private(set) var literals: [UInt8] = []
    private(set) var codes: [Range<Int32>] = []
    private var spans: [String: Range<Int64>] = [:]
    /// Position of the kind's first list's table in the catalogue; the envelope's begin at 0.
    private let firstListTable: Int
    private var isInEnvelope = true

    init(firstListTable: Int) { self.firstListTable = firstListTable }

    /// Columns of the members around the body: positions in `KindCatalogue.envelopeColumns`.
    private static let envelopeColumns: [String: Int32] = [
        "source": 0, "id": 1, "area": 2, "occurredOn": 3, "operator": 5, "department": 6,
        "occurredAt": 7, "corrects": 9,
    ]

    mutating func entry(_ kind: Kind, _ envelope: ObjectShape) {
        let own = ["at", "body", "prev", "seq", "v"]
        let names = (envelope.fields.map(\.name) + own).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        open(EntryStep(.object)) { compiler in
            for name in names { compiler.envelopeMember(name, kind, envelope) }
        }
    }

    private mutating func envelopeMember(_ name: String, _ kind: Kind, _ envelope: ObjectShape) {
        let key = key(name)
        switch name {
        case "at": add(EntryStep(.recordedAt), key)
        case "prev": add(EntryStep(.prev), key)
        case "seq":
            add(EntryStep(.seq), key)
        case "v": constant("1", key)
        case "kind":
            constant("\"\(kind.name)\"", key)
        case "body":
            var step = EntryStep(.body)
            step.key = key
            isInEnvelope = false
            members(of: kind.recordedBody, in: step)
            isInEnvelope = true
        default:
            guard let position = envelope.position(name) else { return }
            let field = envelope.fields[position]
            member(field, column: Compiler.envelopeColumns[name] ?? 0)
        }
    }

    private mutating func constant(_ text: String, _ key: Range<Int32>) {
        var step = EntryStep(.constant)
        step.literal = literal(Array(text.utf8))
        add(step, key)
    }

    // MARK: Steps

    private mutating func add(_ step: EntryStep, _ key: Range<Int32>) {
        var step = step
        step.key = key
        step.end = steps.count + 1
        steps.append(step)
    }

    private mutating func open(_ step: EntryStep, _ inside: (inout Compiler) -> Void) {
        let index = steps.count
        steps.append(step)
        inside(&self)
        steps[index].end = steps.count
    }

    private mutating func literal(_ bytes: [UInt8]) -> Range<Int32> {
        let start = Int32(literals.count)
        literals += bytes
        return start..<Int32(literals.count)
    }

    private mutating func key(_ name: String) -> Range<Int32> {
        literal(Array("\"\(name)\":".utf8))
    }

    private mutating func members(of shape: ObjectShape, in step: EntryStep) {
        var step = step
        step.allGroups = UInt8(truncatingIfNeeded: (1 << shape.exactlyOne.count) - 1)
        open(step) { compiler in
            for position in shape.canonicalOrder {
                let field = shape.fields[position]
                var groups: UInt8 = 0
                for (index, group) in shape.exactlyOne.enumerated()
                where group.contains(field.name) {
                    groups |= 1 << UInt8(index)
                }
                compiler.member(field, column: Int32(field.column), groups: groups)
            }
        }
    }

    private mutating func member(_ field: Field, column: Int32, groups: UInt8 = 0) {
        let key = key(field.name)
        value(field, column: column) { step in
            step.key = key
            step.isOptional = field.isOptional
            step.groups = groups
        }
    }

    private mutating func value(
        _ field: Field, column: Int32, _ finish: (inout EntryStep) -> Void
    ) {
        var step = plainStep(field)
        step.column = column
        finish(&step)
        switch field.type {
        case .object(let shape): members(of: shape, in: step)
        case .list(let item, _, _):
            step.detail = Int32(item.listTable + (isInEnvelope ? 0 : firstListTable))
            open(step) { $0.value(item, column: Int32(item.column)) { _ in } }
        default:
            step.end = steps.count + 1
            steps.append(step)
        }
    }

    private mutating func plainStep(_ field: Field) -> EntryStep {
        switch field.type {
        case .fen(let mayBeNegative):
            let most = CanonicalJSON.maximumInteger
            return integer((mayBeNegative ? -most : 0)...most)
        case .count(let range): return integer(range)
        case .basisPoints(let maximum): return integer(0...maximum)
        case .year: return integer(CivilDate.years)
        case .flag: return EntryStep(.flag)
        case .date: return EntryStep(.date)
        case .time: return EntryStep(.time)
        case .month: return EntryStep(.month)
        case .period: return EntryStep(.period)
        case .area: return EntryStep(.area)
        case .digest: return EntryStep(.digest)
        case .reference: return EntryStep(.reference)
        case .commitments: return EntryStep(.commitments)
        case .object: return EntryStep(.object)
        case .person: return subject(.person)
        case .subject(let subject): return self.subject(subject)
        case .code(let list): return code(list)
        case .text(let maximum):
            if field.isSealed { return EntryStep(.digest) }
            var step = EntryStep(.text)
            step.high = Int64(maximum)
            return step
        case .list(_, let minimum, let mayStandAlone):
            var step = EntryStep(mayStandAlone ? .listOrSingle : .list)
            step.low = Int64(minimum)
            return step
        }
    }

    private func integer(_ range: ClosedRange<Int64>) -> EntryStep {
        var step = EntryStep(.integer)
        step.low = range.lowerBound
        step.high = range.upperBound
        return step
    }

    private func subject(_ subject: SubjectClass) -> EntryStep {
        var step = EntryStep(.subject)
        step.detail = Int32(subject.letter)
        return step
    }

    private mutating func code(_ list: CodeList) -> EntryStep {
        let span = spans[list.name] ?? span(of: list)
        spans[list.name] = span
        var step = EntryStep(.code)
        step.low = span.lowerBound
        step.high = span.upperBound
        return step
    }

    private mutating func span(of list: CodeList) -> Range<Int64> {
        let start = Int64(codes.count)
        for code in list.codes { codes.append(literal(Array(code.code.utf8))) }
        return start..<Int64(codes.count)
    }
}
