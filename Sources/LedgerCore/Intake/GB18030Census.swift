/// What the bytes of a line look like when they are read as GB18030.
struct GB18030Census {
    /// Whether the bytes are well formed: each lead byte has its trail bytes.
    private(set) var isWellFormed = true
    /// Characters of GB2312, in which nearly all Chinese text is written.
    private(set) var commonCount = 0
    /// All others but ASCII.
    private(set) var rareCount = 0

    /// - Parameter mayBeCut: whether the bytes may end in the middle of a character.
    init(_ bytes: UnsafeBufferPointer<UInt8>, mayBeCut: Bool = false) {
        var rest = bytes[...]
        while isWellFormed, let lead = rest.popFirst() {
            if lead < 0x80 { continue }
            guard (0x81...0xFE).contains(lead) else {
                isWellFormed = false
                return
            }
            guard let trail = rest.popFirst() else {
                isWellFormed = mayBeCut
                return
            }
            count(lead: lead, trail: trail, rest: &rest, mayBeCut: mayBeCut)
        }
    }

    private mutating func count(
        lead: UInt8, trail: UInt8, rest: inout Slice<UnsafeBufferPointer<UInt8>>, mayBeCut: Bool
    ) {
        switch trail {
        case 0x30...0x39:
            rareCount += 1
            let third = rest.popFirst().map { (0x81...0xFE).contains($0) } ?? mayBeCut
            let fourth = rest.popFirst().map { (0x30...0x39).contains($0) } ?? mayBeCut
            isWellFormed = third && fourth
        case 0xA1...0xFE:
            let isCommon = (0xA1...0xA9).contains(lead) || (0xB0...0xF7).contains(lead)
            if isCommon { commonCount += 1 } else { rareCount += 1 }
        case 0x40...0x7E, 0x80...0xA0: rareCount += 1
        default: isWellFormed = false
        }
    }

    /// Whether somebody may have written this in GB18030: well formed, and three characters in
    /// four common. Damaged UTF-8 and other encodings are often well formed, but with rare
    /// characters all over.
    var isPlausible: Bool { isWellFormed && commonCount >= rareCount * 3 }
}
