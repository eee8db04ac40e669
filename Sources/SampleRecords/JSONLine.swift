/// Bytes of JSON, written without an encoder: every string that the generator writes is known
/// to need no escape.
struct JSONLine {
    var bytes: [UInt8] = []

    // MARK: Structure

    /// Begins an object; with a name, as a member of the one that is open.
    mutating func open(_ name: StaticString? = nil) {
        begin(name)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func close() {
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func openList(_ name: StaticString) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
    }

    mutating func closeList() {
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
    }

    // MARK: Values

    mutating func text(_ name: StaticString?, _ value: String) {
        begin(name)
        quoted(value)
    }

    mutating func number(_ name: StaticString, _ value: Int) {
        begin(name)
        bytes.append(decimal: value)
    }

    /// An amount, left out when it is nothing: that is how the sources send it.
    mutating func amount(_ name: StaticString, _ fen: Int) {
        if fen != 0 { number(name, fen) }
    }

    mutating func flag(_ name: StaticString, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    mutating func date(_ name: StaticString, _ day: Day) {
        begin(name)
        quote()
        bytes.append(date: day)
        quote()
    }

    mutating func month(_ name: StaticString, _ month: Month) {
        begin(name)
        quote()
        bytes.append(decimal: month.year)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: month.month, digits: 2)
        quote()
    }

    /// A moment in China's time.
    mutating func time(_ name: StaticString, _ day: Day, second: Int) {
        begin(name)
        quote()
        bytes.append(date: day)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(clock: second)
        bytes.append(contentsOf: "+08:00".utf8)
        quote()
    }

    mutating func code(_ name: StaticString, digits value: Int, _ digits: Int) {
        begin(name)
        quote()
        bytes.append(decimal: value, digits: digits)
        quote()
    }

    mutating func texts(_ name: StaticString, _ values: [String]) {
        openList(name)
        for value in values { text(nil, value) }
        closeList()
    }

    // MARK: Writing

    /// A comma is due unless something has just been opened.
    private mutating func begin(_ name: StaticString?) {
        if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "["),
            last != UInt8(ascii: "\n")
        {
            bytes.append(UInt8(ascii: ","))
        }
        guard let name else { return }
        quote()
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        quote()
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func quoted(_ value: String) {
        quote()
        bytes.append(contentsOf: value.utf8)
        quote()
    }

    private mutating func quote() {
        bytes.append(UInt8(ascii: "\""))
    }
}
