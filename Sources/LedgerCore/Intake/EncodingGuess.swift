/// Tells UTF-8 from GB18030 by a sample of lines.
///
/// What enters a ledger stays there, so a file is taken for GB18030 only where its lines say so
/// by majority; a few broken lines in UTF-8 stay broken lines.
enum EncodingGuess {
    /// - Parameter isWhole: whether the sample ends where the file does, and not in the middle of
    ///   a character.
    static func guess(_ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> InputEncoding {
        var balance = 0
        let lines = sample.split(separator: UInt8(ascii: "\n"))
        for (index, line) in lines.enumerated() {
            let mayBeCut = !isWhole && index == lines.count - 1
            balance += vote(UnsafeBufferPointer(rebasing: line), mayBeCut: mayBeCut)
        }
        return balance > 0 ? .gb18030 : .utf8
    }

    /// - Returns: 1 for GB18030, -1 for UTF-8, 0 where a line says nothing: it is ASCII; or short
    ///   enough to be both; or neither UTF-8 nor common Chinese, but damaged perhaps.
    private static func vote(_ line: UnsafeBufferPointer<UInt8>, mayBeCut: Bool) -> Int {
        guard UTF8Check.firstNonASCII(line, from: 0) != nil else { return 0 }
        let census = GB18030Census(line, mayBeCut: mayBeCut)
        let isUTF8 = UTF8Check.firstFault(line).map { mayBeCut && $0 + 3 >= line.count } ?? true
        if census.isPlausible { return isUTF8 ? 0 : 1 }
        return isUTF8 || !census.isWellFormed ? -1 : 0
    }
}
