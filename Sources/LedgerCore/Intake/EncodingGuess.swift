/// Tells UTF-8 from GB18030 by a sample of lines.
///
/// What enters a ledger stays there, so a file is taken for GB18030 only where its lines say so
/// by majority; a few broken lines in UTF-8 stay broken lines.
enum EncodingGuess {
    /// - Parameter isWhole: whether the sample ends where the file does.
    static func guess(_ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> InputEncoding {
        var speakForGB18030 = 0
        var speakAgainst = 0
        let judged = isWhole ? sample : withoutCutCharacter(sample)
        for line in judged.split(separator: UInt8(ascii: "\n")) {
            let line = UnsafeBufferPointer(rebasing: line)
            guard UTF8Check.firstNonASCII(line, from: 0) != nil else { continue }
            let isUTF8 = UTF8Check.firstFault(line) == nil
            let isPlausible = GB18030Census(line).isPlausible
            // Short lines can be both; they say nothing.
            if isUTF8 && isPlausible { continue }
            if isPlausible { speakForGB18030 += 1 } else { speakAgainst += 1 }
        }
        return speakForGB18030 > speakAgainst ? .gb18030 : .utf8
    }

    /// Cuts the sample where no character can have been cut in two: bytes below 0x30 stand
    /// alone in both encodings.
    private static func withoutCutCharacter(
        _ sample: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let end = sample.lastIndex { $0 < 0x30 }.map { $0 + 1 } ?? 0
        return UnsafeBufferPointer(rebasing: sample[0..<end])
    }
}
