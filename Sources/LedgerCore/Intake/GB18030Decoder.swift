internal import Glibc

/// Decodes GB18030 with the C library's `iconv`, strictly: nothing is ever replaced.
struct GB18030Decoder: ~Copyable {
    private let handle: iconv_t

    init() throws(InputError) {
        let handle = iconv_open("UTF-8", "GB18030")
        guard let handle, Int(bitPattern: handle) != -1 else { throw .gb18030Unavailable }
        self.handle = handle
    }

    deinit { _ = iconv_close(handle) }

    enum Outcome {
        case text([UInt8])
        /// The offset of the first byte that begins no character.
        case fault(offset: Int)
    }

    /// The UTF-8 of a whole text.
    func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> Outcome {
        guard UTF8Check.firstNonASCII(bytes, from: 0) != nil else { return .text(Array(bytes)) }
        var fault: Int?
        // Two bytes become three at most, four become four.
        let text = [UInt8](unsafeUninitializedCapacity: bytes.count * 2) { output, count in
            fault = convert(bytes, to: output, count: &count)
        }
        return fault.map { .fault(offset: $0) } ?? .text(text)
    }

    /// - Returns: the offset of the first fault, if there is one.
    private func convert(
        _ bytes: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>,
        count: inout Int
    ) -> Int? {
        _ = iconv(handle, nil, nil, nil, nil)
        // iconv does not write to its input; its prototype lacks the const.
        var source = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?
            .assumingMemoryBound(to: CChar.self)
        var sourceLeft = bytes.count
        var target = UnsafeMutableRawPointer(output.baseAddress)?
            .assumingMemoryBound(to: CChar.self)
        var targetLeft = output.count
        let status = iconv(handle, &source, &sourceLeft, &target, &targetLeft)
        count = output.count - targetLeft
        // A positive status would count characters that iconv had replaced.
        return status != 0 || sourceLeft > 0 ? bytes.count - sourceLeft : nil
    }
}
