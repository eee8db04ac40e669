/// Turns the lines of a file into UTF-8.
///
/// Where the encoding is to be found out, that is put off until the first line that is not ASCII,
/// and then judged by the bytes from there on.
struct TextDecoder: ~Copyable {
    /// `.automatic` as long as all that was read is ASCII.
    private(set) var encoding: InputEncoding
    private var gb18030: GB18030Decoder?

    private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let gb18030Mark: [UInt8] = [0x84, 0x31, 0x95, 0x33]

    /// Skips a byte-order mark.
    /// - Parameter window: stands at the beginning of the file.
    init(encoding: InputEncoding, window: inout ByteWindow) throws(InputError) {
        self.encoding = encoding
        self.gb18030 = nil
        if window.withBytes({ $0.starts(with: TextDecoder.utf8Mark) }) {
            guard encoding != .gb18030 else { throw .utf8MarkInGB18030 }
            window.consume(TextDecoder.utf8Mark.count)
            self.encoding = .utf8
        } else if encoding != .utf8,
            window.withBytes({ $0.starts(with: TextDecoder.gb18030Mark) })
        {
            window.consume(TextDecoder.gb18030Mark.count)
            self.encoding = .gb18030
        }
        if self.encoding == .gb18030 { gb18030 = try GB18030Decoder() }
    }

    enum Outcome {
        case text([UInt8])
        case fault(String)
    }

    /// Decodes the first `byteCount` bytes of the window.
    mutating func decode(
        _ byteCount: Int, of window: inout ByteWindow
    ) throws(InputError) -> Outcome {
        let (null, isASCII) = window.withBytes { bytes in
            let piece = UnsafeBufferPointer(rebasing: bytes[..<byteCount])
            return (piece.firstIndex(of: 0), UTF8Check.firstNonASCII(piece, from: 0) == nil)
        }
        // No longer character of either encoding has a zero byte.
        if let null {
            return .fault("byte \(null + 1) of the line is NUL (U+0000), which is not allowed")
        }
        if isASCII { return .text(window.prefix(byteCount)) }
        if encoding == .automatic { try settle(&window) }
        return window.withBytes { bytes in
            let piece = UnsafeBufferPointer(rebasing: bytes[..<byteCount])
            return encoding == .gb18030 ? decodeGB18030(piece) : checkUTF8(piece)
        }
    }

    private mutating func settle(_ window: inout ByteWindow) throws(InputError) {
        try window.fill(toHold: InputLimits.sampleBytes)
        let isAtEndOfFile = window.isAtEndOfFile
        encoding = window.withBytes { bytes in
            let sample = UnsafeBufferPointer(rebasing: bytes.prefix(InputLimits.sampleBytes))
            let isWhole = isAtEndOfFile && sample.count == bytes.count
            return EncodingGuess.guess(sample, isWhole: isWhole)
        }
        if encoding == .gb18030 { gb18030 = try GB18030Decoder() }
    }

    private func decodeGB18030(_ bytes: UnsafeBufferPointer<UInt8>) -> Outcome {
        switch gb18030?.decode(bytes) {
        case .text(let text): .text(text)
        case .fault(let offset): .fault("byte \(offset + 1) of the line is not valid GB18030")
        case nil: preconditionFailure("the decoder is made with the encoding")
        }
    }

    private func checkUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Outcome {
        guard let offset = UTF8Check.firstFault(bytes) else { return .text(Array(bytes)) }
        let hint =
            GB18030Census(bytes).isPlausible
            ? "; it would be valid GB18030: is that the encoding of the file?" : ""
        return .fault("byte \(offset + 1) of the line is not valid UTF-8\(hint)")
    }
}
