/// Writes what is walked through in canonical form, with gaps for what is personal.
struct CanonicalSink: RecordSink {
    var record: PreparedRecord

    private static let pseudonymGap = [UInt8](
        repeating: UInt8(ascii: "?"), count: SubjectClass.pseudonymLength)
    private static let digestGap = [UInt8](repeating: UInt8(ascii: "?"), count: 64)

    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { record.bytes.append(contentsOf: $0) }
    }

    private mutating func write(_ byte: Unicode.Scalar) { record.bytes.append(UInt8(ascii: byte)) }

    mutating func beginObject() { write("{" as Unicode.Scalar) }

    mutating func member(_ field: Field, isFirst: Bool) {
        if !isFirst { write("," as Unicode.Scalar) }
        record.bytes.append(contentsOf: field.key)
    }

    mutating func endObject() { write("}" as Unicode.Scalar) }

    mutating func beginList(_ item: Field, standsAlone: Bool) {
        if !standsAlone { write("[" as Unicode.Scalar) }
    }

    mutating func beginItem(_ item: Field, isFirst: Bool) {
        if !isFirst { write("," as Unicode.Scalar) }
    }

    func endItem(_ item: Field) {}

    mutating func endList(standsAlone: Bool) {
        if !standsAlone { write("]" as Unicode.Scalar) }
    }

    mutating func integer(_ value: Int64, _ field: Field) {
        CanonicalJSON.append(value, to: &record.bytes)
    }

    mutating func flag(_ value: Bool, _ field: Field) { write(value ? "true" : "false") }

    mutating func string(_ value: JSONString, _ field: Field) { write(value) }
    mutating func date(_ value: JSONString, _ day: CivilDate, _ field: Field) { write(value) }
    mutating func time(_ value: JSONString, _ moment: Moment, _ field: Field) { write(value) }

    /// A string without escapes is canonical as it stands (RFC 8785, 3.2.2.2).
    private mutating func write(_ value: JSONString) {
        if value.hasEscape {
            CanonicalJSON.append(JSONTape.unescaped(value.raw), to: &record.bytes)
        } else {
            write("\"" as Unicode.Scalar)
            record.bytes.append(contentsOf: value.raw)
            write("\"" as Unicode.Scalar)
        }
    }

    mutating func reference(source: JSONString, id: JSONString, _ field: Field) {
        write("{\"id\":")
        write(id)
        write(",\"source\":")
        write(source)
        write("}" as Unicode.Scalar)
    }

    mutating func pseudonym(_ value: JSONString, _ field: Field) {
        record.pseudonyms.append(value.text)
        write(value)
    }

    mutating func person(_ particulars: Particulars, _ field: Field) {
        gap(.person(record.persons.count), CanonicalSink.pseudonymGap)
        record.persons.append(particulars)
    }

    mutating func account(_ number: String, _ field: Field) {
        gap(.account(record.accounts.count), CanonicalSink.pseudonymGap)
        record.accounts.append(number)
    }

    mutating func sealedText(_ value: JSONString, path: String, _ field: Field) {
        gap(.commitment(record.texts.count), CanonicalSink.digestGap)
        record.texts.append(.init(field: path, value: value.text))
    }

    /// Writes the member for the hash of the sealed texts.
    /// - Returns: where it stands, for `remove` if there turns out to be no text.
    mutating func sealedDigest(_ field: Field, isFirst: Bool) -> Range<Int> {
        let start = record.bytes.count
        member(field, isFirst: isFirst)
        gap(.sealedDigest, CanonicalSink.digestGap)
        return start..<record.bytes.count
    }

    /// Takes a member out again, with the comma that follows it where it was the first.
    mutating func remove(_ member: Range<Int>) {
        let isFirst = record.bytes[member.lowerBound] != UInt8(ascii: ",")
        let hasNext = record.bytes[member.upperBound] == UInt8(ascii: ",")
        let range = member.lowerBound..<(member.upperBound + (isFirst && hasNext ? 1 : 0))
        record.bytes.removeSubrange(range)
        record.gaps.removeAll { range.contains($0.offset) }
        for index in record.gaps.indices where record.gaps[index].offset >= range.upperBound {
            record.gaps[index].offset -= range.count
        }
    }

    private mutating func gap(_ gap: PreparedRecord.Gap, _ placeholder: [UInt8]) {
        write("\"" as Unicode.Scalar)
        record.gaps.append((record.bytes.count, gap))
        record.bytes.append(contentsOf: placeholder)
        write("\"" as Unicode.Scalar)
    }
}
