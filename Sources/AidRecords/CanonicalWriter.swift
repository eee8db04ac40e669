/// Writes canonical JSON piece by piece, where there is too much of it to be made into values first.
///
/// Members are written in the order of their names, as the canonical form has them: whoever writes
/// them keeps to it.
package struct CanonicalWriter {
    package private(set) var bytes: [UInt8] = []
    private var isFirst = true

    package init() {}

    package mutating func object(_ members: (inout CanonicalWriter) -> Void) {
        within("{", "}", members)
    }

    package mutating func array<Items: Sequence>(
        _ items: Items, _ write: (inout CanonicalWriter, Items.Element) -> Void
    ) {
        within("[", "]") { writer in
            for item in items { write(&writer, item) }
        }
    }

    /// Begins a member; its value comes next.
    package mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        isFirst = true
    }

    package mutating func value(_ text: String) {
        separate()
        CanonicalJSON.append(text, to: &bytes)
    }

    package mutating func value(_ number: Int64) {
        separate()
        CanonicalJSON.append(number, to: &bytes)
    }

    package mutating func value(_ value: CanonicalValue) {
        separate()
        value.append(to: &bytes)
    }

    /// A member, or none where it has no value.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        value(text)
    }

    /// Likewise.
    package mutating func member(_ name: StaticString, _ number: Int64?) {
        guard let number else { return }
        self.name(name)
        value(number)
    }

    private mutating func within(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar,
        _ body: (inout CanonicalWriter) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        isFirst = true
        body(&self)
        bytes.append(UInt8(ascii: closing))
        isFirst = false
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }
}
