/// Keeps the one string that is walked through; for the particulars of a person.
struct StringSink: RecordSink {
    var text: String?

    mutating func string(_ value: JSONString, _ field: Field) { text = value.text }
    mutating func date(_ value: JSONString, _ day: CivilDate, _ field: Field) { text = value.text }
    mutating func time(_ value: JSONString, _ moment: Moment, _ field: Field) { text = value.text }

    func beginObject() {}
    func member(_ field: Field, isFirst: Bool) {}
    func endObject() {}
    func beginList(_ item: Field, standsAlone: Bool) {}
    func beginItem(_ item: Field, isFirst: Bool) {}
    func endItem(_ item: Field) {}
    func endList(standsAlone: Bool) {}
    func integer(_ value: Int64, _ field: Field) {}
    func flag(_ value: Bool, _ field: Field) {}
    func reference(source: JSONString, id: JSONString, _ field: Field) {}
    func pseudonym(_ value: JSONString, _ field: Field) {}
    func person(_ particulars: Particulars, _ field: Field) {}
    func account(_ number: String, _ field: Field) {}
    func sealedText(_ value: JSONString, path: String, _ field: Field) {}
}
