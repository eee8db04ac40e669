/// Reads elements of BER (X.690), in which responses of RFC 3161 are written. DER would do by that
/// document; but some authorities write lengths that are indefinite (X.690, 8.1.3.6), and OpenSSL
/// takes those too.
struct BERReader {
    /// The bytes are not BER, or not what was to stand there.
    struct Fault: Error, Hashable {}

    struct Element {
        let tag: UInt8
        let content: ArraySlice<UInt8>

        /// Reads what is inside.
        func opened() -> BERReader { BERReader(content) }
    }

    /// Elements within elements without a definite length: more is no response of anybody.
    private static let depthMax = 16

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next element, which must have this tag.
    mutating func next(_ tag: UInt8) throws(Fault) -> Element {
        let element = try next()
        guard element.tag == tag else { throw Fault() }
        return element
    }

    mutating func next() throws(Fault) -> Element { try next(depth: 0) }

    private mutating func next(depth: Int) throws(Fault) -> Element {
        guard depth < BERReader.depthMax, let tag = rest.popFirst(), tag & 0x1F != 0x1F,
            let first = rest.popFirst()
        else { throw Fault() }
        guard first != 0x80 else {
            guard tag & 0x20 != 0 else { throw Fault() }
            return Element(tag: tag, content: try indefiniteContent(depth: depth))
        }
        let count = try length(first)
        guard count <= rest.count else { throw Fault() }
        defer { rest = rest.dropFirst(count) }
        return Element(tag: tag, content: rest.prefix(count))
    }

    /// A length of at most three bytes: 16 MiB.
    private mutating func length(_ first: UInt8) throws(Fault) -> Int {
        guard first & 0x80 != 0 else { return Int(first) }
        let bytes = rest.prefix(Int(first & 0x7F))
        guard bytes.count == Int(first & 0x7F), (1...3).contains(bytes.count) else { throw Fault() }
        rest = rest.dropFirst(bytes.count)
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// Elements up to two zero bytes.
    private mutating func indefiniteContent(depth: Int) throws(Fault) -> ArraySlice<UInt8> {
        let all = rest
        while !rest.starts(with: [0, 0]) { _ = try next(depth: depth + 1) }
        defer { rest = rest.dropFirst(2) }
        return all[..<rest.startIndex]
    }
}
