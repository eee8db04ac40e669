/// Walks through the bytes of one entry along a program, from left to right and once.
///
/// Canonical form leaves one way to write an entry (RFC 8785), so every byte is either what the
/// program expects or a fault. Methods answer whether all was well; on a fault they return false
/// at once, and `offset` and `faultyStep` say where.
struct EntryCursor: ~Copyable {
    private let text: UnsafePointer<UInt8>
    private let count: Int
    private let program: EntryProgram
    private let steps: UnsafePointer<EntryStep>
    private let literals: UnsafePointer<UInt8>
    private let entry: UnsafeMutablePointer<RecordedEntry>
    private(set) var offset = 0
    private(set) var faultyStep = 0
    /// Where the columns of the present row begin in `entry.values`.
    private var row = 0

    /// - Parameters:
    ///   - steps: those of `program`, where they lie.
    ///   - literals: likewise.
    ///   - entry: takes what is read.
    init(
        text: UnsafeBufferPointer<UInt8>, program: EntryProgram,
        steps: UnsafePointer<EntryStep>, literals: UnsafePointer<UInt8>,
        entry: UnsafeMutablePointer<RecordedEntry>
    ) {
        self.text = text.baseAddress ?? literals
        self.count = text.count
        self.program = program
        self.steps = steps
        self.literals = literals
        self.entry = entry
    }

    /// Reads the whole entry.
    mutating func run() -> Bool {
        entry.pointee.begin(program.kind)
        entry.pointee.beginRow(
            of: program.table, position: 0, columns: program.columnCounts[program.table])
        return object(0) && offset == count
    }

    // MARK: Bytes

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard sees(byte) else { return false }
        offset += 1
        return true
    }

    /// Whether the next byte is this one; it is not taken.
    private func sees(_ byte: Unicode.Scalar) -> Bool {
        offset < count && text[offset] == UInt8(ascii: byte)
    }

    private mutating func take(_ literal: Range<Int32>) -> Bool {
        let length = Int(literal.upperBound &- literal.lowerBound)
        guard count - offset >= length else { return false }
        let expected = literals + Int(literal.lowerBound)
        let found = text + offset
        var index = 0
        while index < length {
            guard found[index] == expected[index] else { return false }
            index &+= 1
        }
        offset += length
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        guard count - offset >= word.utf8CodeUnitCount else { return false }
        for position in 0..<word.utf8CodeUnitCount
        where text[offset + position] != word.utf8Start[position] {
            return false
        }
        offset += word.utf8CodeUnitCount
        return true
    }

    // MARK: Structure

    private mutating func object(_ index: Int) -> Bool {
        faultyStep = index
        guard take("{") else { return false }
        let end = steps[index].end
        var isFirst = true
        var groups: UInt8 = 0
        var member = index + 1
        while member < end {
            let before = offset
            if (isFirst || take(",")) && take(steps[member].key) {
                guard value(member), groups & steps[member].groups == 0 else { return false }
                groups |= steps[member].groups
                isFirst = false
            } else {
                faultyStep = member
                guard steps[member].isOptional else { return false }
                offset = before
            }
            member = steps[member].end
        }
        faultyStep = index
        return groups == steps[index].allGroups && take("}")
    }

    private mutating func list(_ index: Int) -> Bool {
        let table = Int(steps[index].detail)
        let outer = row
        defer { row = outer }
        guard sees("[") else {
            return steps[index].action == .listOrSingle && item(index + 1, table, 0)
        }
        offset += 1
        var items = 0
        while !sees("]") {
            guard items == 0 || take(","), item(index + 1, table, items) else { return false }
            items += 1
        }
        faultyStep = index
        return take("]") && items >= steps[index].low && items <= FieldType.longestList
    }

    private mutating func item(_ step: Int, _ table: Int, _ position: Int) -> Bool {
        row = entry.pointee.values.count
        entry.pointee.beginRow(
            of: table, position: position, columns: program.columnCounts[table])
        return value(step)
    }

    // MARK: Values

    private mutating func value(_ index: Int) -> Bool {
        faultyStep = index
        switch steps[index].action {
        case .integer: return integer(index)
        case .flag: return flag(index)
        case .date: return date(index)
        case .time: return time(index)
        case .month: return pattern(index, Patterns.isMonth)
        case .period: return pattern(index, Patterns.isPeriod)
        case .area: return pattern(index, Patterns.isArea)
        case .digest: return pattern(index, Patterns.isDigest)
        case .code: return code(index)
        case .text: return text(column: Int(steps[index].column), longest: steps[index].high)
        case .reference: return reference(Int(steps[index].column))
        case .subject: return subject(index)
        case .commitments: return commitments()
        case .object: return object(index)
        case .list, .listOrSingle: return list(index)
        case .constant: return take(steps[index].literal)
        case .body: return body(index)
        case .recordedAt: return recordedAt()
        case .prev: return prev()
        case .seq:
            guard let value = number(), value >= 0 else { return false }
            entry.pointee.seq = value
            return true
        }
    }

    private func set(_ value: ColumnValue, _ column: Int) {
        entry.pointee.set(value, at: row + column)
    }

    private func set(_ string: Range<Int>, _ column: Int) {
        set(.bytes(string), column)
    }

    private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + range.lowerBound, count: range.count)
    }

    /// A whole number in the shortest form, at most 2^53 − 1 in absolute value.
    private mutating func number() -> Int64? {
        let isNegative = take("-")
        let first = offset
        var magnitude: Int64 = 0
        while offset < count, offset - first < 17, let digit = decimalDigit(text[offset]) {
            magnitude = magnitude &* 10 &+ Int64(digit)
            offset += 1
        }
        let digits = offset - first
        guard digits > 0, digits == 1 || text[first] != UInt8(ascii: "0"),
            !(isNegative && magnitude == 0), magnitude <= CanonicalJSON.maximumInteger
        else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    private mutating func integer(_ index: Int) -> Bool {
        guard let value = number(), steps[index].low <= value, value <= steps[index].high
        else { return false }
        set(.integer(value), Int(steps[index].column))
        return true
    }

    private mutating func flag(_ index: Int) -> Bool {
        let isTrue = sees("t")
        guard take(word: isTrue ? "true" : "false") else { return false }
        set(.integer(isTrue ? 1 : 0), Int(steps[index].column))
        return true
    }

    // MARK: Strings

    /// A string of ASCII characters of which none is escaped.
    private mutating func plainString() -> Range<Int>? {
        guard take("\"") else { return nil }
        let start = offset
        while offset < count {
            let byte = text[offset]
            offset &+= 1
            if CharacterClass.isPlain(byte) { continue }
            return byte == UInt8(ascii: "\"") ? start..<(offset - 1) : nil
        }
        return nil
    }

    private mutating func pattern(
        _ index: Int, _ matches: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        guard let string = plainString(), matches(bytes(string)) else { return false }
        set(string, Int(steps[index].column))
        return true
    }

    private mutating func code(_ index: Int) -> Bool {
        guard let string = plainString() else { return false }
        for position in Int(steps[index].low)..<Int(steps[index].high)
        where isCode(string, program.codes[position]) {
            set(string, Int(steps[index].column))
            return true
        }
        return false
    }

    private func isCode(_ string: Range<Int>, _ code: Range<Int32>) -> Bool {
        guard string.count == code.count else { return false }
        let expected = literals + Int(code.lowerBound)
        let found = text + string.lowerBound
        for index in 0..<string.count where found[index] != expected[index] { return false }
        return true
    }

    private mutating func date(_ index: Int) -> Bool {
        guard let string = plainString(), let day = CivilDate(bytes(string)) else { return false }
        let column = Int(steps[index].column)
        set(string, column)
        set(.integer(Int64(day.dayNumber)), column + 1)
        return true
    }

    private mutating func time(_ index: Int) -> Bool {
        guard let string = plainString(), let moment = Moment(bytes(string)) else { return false }
        let column = Int(steps[index].column)
        set(string, column)
        set(.integer(moment.unixSeconds), column + 1)
        return true
    }

    private mutating func subject(_ index: Int) -> Bool {
        guard let string = plainString(), string.count == SubjectClass.pseudonymLength,
            text[string.lowerBound] == UInt8(truncatingIfNeeded: steps[index].detail),
            text[string.lowerBound + 1] == UInt8(ascii: ":"),
            Hex.isLowerCase(bytes(string.lowerBound + 2..<string.upperBound))
        else { return false }
        let start = Int32(string.lowerBound)
        entry.pointee.pseudonyms.append(start)
        set(.subject(start: start), Int(steps[index].column))
        return true
    }

    /// A text of 1 to `longest` scalars, as `Patterns.isText` has it, escaped as RFC 8785 says.
    private mutating func text(column: Int, longest: Int64) -> Bool {
        guard take("\"") else { return false }
        let start = offset
        var continuations = 0
        var escapes = 0
        while offset < count {
            let byte = text[offset]
            if CharacterClass.isPlain(byte) {
                offset &+= 1
            } else if byte == UInt8(ascii: "\"") {
                let scalars = Int64(offset - start - continuations - escapes)
                offset += 1
                guard (1...longest).contains(scalars) else { return false }
                entry.pointee.set(
                    text: start..<(offset - 1), hasEscape: escapes > 0, at: row + column,
                    UnsafeBufferPointer(start: text, count: count))
                return true
            } else if byte == UInt8(ascii: "\\") {
                guard escape(mayBreakLines: longest > FieldType.longestLine) else { return false }
                escapes += 1
            } else {
                guard byte >= 0x80,
                    let length = UTF8Sequence.length(
                        UnsafeBufferPointer(start: text, count: count), at: offset)
                else { return false }
                offset += length
                continuations += length - 1
            }
        }
        return false
    }

    /// Of the escapes of RFC 8785, those of characters that a text may hold.
    private mutating func escape(mayBreakLines: Bool) -> Bool {
        guard offset + 1 < count else { return false }
        switch text[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): break
        case UInt8(ascii: "n"), UInt8(ascii: "t"): guard mayBreakLines else { return false }
        default: return false
        }
        offset += 2
        return true
    }

    // MARK: What is made of several

    private mutating func reference(_ column: Int) -> Bool {
        take(word: "{\"id\":")
            && text(column: column + 1, longest: Int64(ReferenceShape.longestID))
            && take(word: ",\"source\":")
            && text(column: column, longest: Int64(ReferenceShape.longestSource)) && take("}")
    }

    /// Field names, ascending, and the commitments to them; they have no column.
    private mutating func commitments() -> Bool {
        guard take("{") else { return false }
        var before: Range<Int>?
        while !sees("}") {
            guard before == nil || take(","), let name = plainString(), take(":"),
                before.map({ bytes($0).lexicographicallyPrecedes(bytes(name)) }) ?? true,
                let digest = plainString(), Patterns.isDigest(bytes(digest))
            else { return false }
            before = name
        }
        return take("}")
    }

    // MARK: The envelope

    private mutating func body(_ index: Int) -> Bool {
        let start = offset
        guard object(index) else { return false }
        entry.pointee.body = start..<offset
        return true
    }

    private mutating func recordedAt() -> Bool {
        // Of the forms of RFC 3339 the one with `Z`.
        guard let string = plainString(), string.count == 20, let at = Moment(bytes(string))
        else { return false }
        entry.pointee.at = at
        set(string, RecordedEntry.recordedAtColumn)
        set(.integer(at.unixSeconds), RecordedEntry.recordedAtColumn + 1)
        return true
    }

    /// Whether they are hex digits, who follows the link sees.
    private mutating func prev() -> Bool {
        guard take("\""), count - offset > 64, text[offset + 64] == UInt8(ascii: "\"")
        else { return false }
        entry.pointee.prevStart = offset
        offset += 65
        return true
    }
}

/// What a byte may be in a string.
enum CharacterClass {
    /// ASCII that stands for itself in canonical form: no control character, quote or backslash.
    static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
