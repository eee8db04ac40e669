package import AidRecords
internal import Glibc
internal import TransparencyLog

/// Why the rejects file cannot be written.
package enum RejectsError: Error, Hashable, Sendable {
    case cannotWrite(path: String, errorNumber: Int32)
    case notARegularFile(path: String)
    /// Another import writes a rejects file of the same name.
    case inUse(path: String)
}

extension RejectsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotWrite(let path, let number):
            "the rejects file \(path) cannot be written: \(systemMessage(number))"
        case .notARegularFile(let path):
            "the rejects file cannot be \(path): that is not a regular file"
        case .inUse(let path): "another import is writing the rejects file \(path)"
        }
    }
}

/// Writes the records that were refused, with the reasons, one JSON object a line, so that they
/// can be mended there and imported from there.
///
/// The file holds persons' particulars, so only its owner can read it (0600). It is made with the
/// first reject, under the name `PATH.part`, and takes its own name when it is complete: an older
/// rejects file is never replaced by half of a new one. What an interrupted import had written
/// stays in `PATH.part` until the next.
package struct RejectsWriter: ~Copyable {
    package let path: String
    /// The input file's name, as it is to stand in each line.
    private let sourceName: String
    private var descriptor: Int32 = -1
    private var pending: [UInt8] = []
    private var tape = JSONTape()
    package private(set) var count = 0

    /// The members of a line.
    static let members: Set<String> = ["rejected", "record", "text", "base64"]
    private static let flushBytes = 1 << 16

    /// Checks that the file can be made, and makes nothing yet.
    package init(path: String, sourceName: String) throws(RejectsError) {
        self.path = path
        self.sourceName = sourceName
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .notARegularFile(path: path)
        }
        // With the dot, a file in the folder's place is said to be no folder.
        guard access(RejectsWriter.folder(of: path) + "/.", W_OK | X_OK) == 0 else {
            throw .cannotWrite(path: path, errorNumber: errno)
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Where the rejects stand as long as the file is not complete; nil where there is none.
    package var unfinishedPath: String? { descriptor >= 0 ? partPath : nil }

    private var partPath: String { path + ".part" }

    /// Adds a record that was refused.
    /// - Parameter issues: what is wrong with it; `record.issue` where that is there.
    package mutating func write(
        _ record: InputRecord, issues: [RecordIssue]
    ) throws(RejectsError) {
        if descriptor < 0 { try begin() }
        appendReasons(record.line, issues)
        appendContent(record)
        pending.append(contentsOf: "}\n".utf8)
        count += 1
        if pending.count >= RejectsWriter.flushBytes { try flush() }
    }

    /// Hands what was added to the system, so that it outlives the process.
    package mutating func flush() throws(RejectsError) {
        let code = writeAll(pending, to: descriptor)
        guard code == 0 else { throw .cannotWrite(path: partPath, errorNumber: code) }
        pending.removeAll(keepingCapacity: true)
    }

    /// Completes the file and gives it its name. Without rejects there is no file, and one from
    /// an earlier import is left as it is.
    package mutating func finish() throws(RejectsError) {
        guard descriptor >= 0 else { return }
        try flush()
        // The bytes must be on the disk before the name is, or a crash leaves an empty file.
        guard fsync(descriptor) == 0, rename(partPath, path) == 0 else {
            throw .cannotWrite(path: path, errorNumber: errno)
        }
        _ = close(descriptor)
        descriptor = -1
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    private mutating func begin() throws(RejectsError) {
        let opened = open(partPath, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw .cannotWrite(path: partPath, errorNumber: errno) }
        var isKept = false
        defer { if !isKept { _ = close(opened) } }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw .cannotWrite(path: partPath, errorNumber: errno)
            }
            throw .inUse(path: path)
        }
        // Where the name has moved on meanwhile, the other import has just finished.
        guard isSameFile(opened, partPath) else { throw .inUse(path: path) }
        guard fchmod(opened, 0o600) == 0, ftruncate(opened, 0) == 0 else {
            throw .cannotWrite(path: partPath, errorNumber: errno)
        }
        isKept = true
        descriptor = opened
    }

    private func isSameFile(_ descriptor: Int32, _ path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }

    private mutating func appendReasons(_ line: Int, _ issues: [RecordIssue]) {
        pending.append(contentsOf: #"{"rejected":{"file":"#.utf8)
        CanonicalJSON.append(sourceName, to: &pending)
        pending.append(contentsOf: #","line":"#.utf8)
        CanonicalJSON.append(Int64(line), to: &pending)
        pending.append(contentsOf: #","errors":["#.utf8)
        for (index, issue) in issues.enumerated() {
            pending.append(contentsOf: (index > 0 ? #",{"field":"# : #"{"field":"#).utf8)
            CanonicalJSON.append(issue.path, to: &pending)
            pending.append(contentsOf: #","reason":"#.utf8)
            CanonicalJSON.append(issue.reason, to: &pending)
            if let value = issue.value {
                pending.append(contentsOf: #","value":"#.utf8)
                CanonicalJSON.append(value, to: &pending)
            }
            pending.append(UInt8(ascii: "}"))
        }
        pending.append(contentsOf: "]}".utf8)
    }

    /// The record where it is a JSON object, else the text where it is UTF-8, else the bytes.
    private mutating func appendContent(_ record: InputRecord) {
        if record.issue == nil, isObject(record.json) {
            pending.append(contentsOf: #","record":"#.utf8)
            pending.append(contentsOf: record.json)
        } else if let source = record.source {
            if isText(source) {
                pending.append(contentsOf: #","text":"#.utf8)
                CanonicalJSON.append(source, to: &pending)
            } else {
                pending.append(contentsOf: #","base64":""#.utf8)
                pending.append(contentsOf: Base64.encode(source).utf8)
                pending.append(UInt8(ascii: "\""))
            }
        }
    }

    /// JSON text cannot hold U+0000 here: a line with it could not be read back.
    private func isText(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer(UTF8Check.firstFault) == nil && !bytes.contains(0)
    }

    private mutating func isObject(_ json: [UInt8]) -> Bool {
        json.withUnsafeBufferPointer { (try? tape.parse($0)) != nil }
    }
}
