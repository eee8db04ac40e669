package import AidRecords

/// One record of an input file, as far as it could be made out.
package struct InputRecord: Hashable, Sendable {
    /// Where the line or row begins in the file, counted from 1.
    package let line: Int
    /// The text of the record in JSON; empty where there is an issue.
    package let json: [UInt8]
    /// Why no JSON text could be made.
    package let issue: RecordIssue?
    /// The line or row as it stood, without its line end: in UTF-8 where it could be decoded,
    /// else its bytes; nil where it was too long to keep. Of a line of a rejects file that holds
    /// no record, the text that was rejected first.
    package let source: [UInt8]?

    package init(line: Int, json: [UInt8], source: [UInt8]) {
        self.line = line
        self.json = json
        self.issue = nil
        self.source = source
    }

    package init(line: Int, issue: RecordIssue, source: [UInt8]?) {
        self.line = line
        self.json = []
        self.issue = issue
        self.source = source
    }
}
