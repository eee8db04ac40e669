/// How the records stand in an input file.
package enum InputFormat: Sendable {
    /// One JSON object a line; a rejects file is read in the same way.
    case jsonLines
    /// One row a record, under a header row.
    case csv(CSVMapping)
}

/// How the text of an input file is encoded.
package enum InputEncoding: String, Hashable, Sendable, CaseIterable {
    /// UTF-8, or GB18030 where the bytes speak for it (`EncodingGuess`).
    case automatic
    case utf8
    /// What Excel writes on a Chinese Windows; it contains GB2312 and GBK.
    case gb18030
}

/// What intake reads at most, so that no input takes memory without bound.
package enum InputLimits {
    /// Bytes of a line, or of a CSV row, without its line end (`ledger/FORMAT.md`, Limits).
    package static let lineBytes = 1 << 20
    /// Lines that one CSV row can span. Reading resumes inside a row whose quote is not closed,
    /// so this also bounds how often a byte can be looked at.
    package static let rowLines = 1_000
    /// Bytes that a file's encoding is judged by.
    package static let sampleBytes = 1 << 16
}
