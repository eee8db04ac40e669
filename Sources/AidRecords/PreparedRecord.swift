/// A record that has been validated and written in canonical form, but for what only the ledger
/// and the vault can tell: pseudonyms, commitments, `at`, `prev` and `seq`.
///
/// Those have fixed lengths, so they are left as gaps in `bytes` that are filled in place:
/// ```
/// {"area":"150502","at":"        ","body":{…  …},…,"prev":"        ","seq":        ,"source":"yb","v":1}
///                        ^ atSplit         ^ gaps                   ^ prevSplit   ^ seqSplit
/// ```
/// `at`, `prev` and `seq` are not even gaps: the bytes are cut there.
package struct PreparedRecord: Sendable {
    package enum Gap: Sendable {
        /// Position in `persons`.
        case person(Int)
        /// Position in `accounts`.
        case account(Int)
        /// Position in `texts`.
        case commitment(Int)
        /// The hash of the sealed texts.
        case sealedDigest
    }

    /// A text that the entry shows the commitment of only.
    package struct SealedText: Hashable, Sendable {
        /// Path in the body, like `departments/0/signatory`.
        package let field: String
        package let value: String
    }

    package internal(set) var kind: Kind
    package internal(set) var area = ""
    package internal(set) var source = ""
    package internal(set) var id = ""
    package internal(set) var occurredOn = ""
    package internal(set) var `operator` = ""

    package var bytes: [UInt8]
    package internal(set) var atSplit = 0
    package internal(set) var prevSplit = 0
    package internal(set) var seqSplit = 0

    /// Where in `bytes` the first byte of each missing value is.
    package internal(set) var gaps: [(offset: Int, gap: Gap)] = []
    package internal(set) var persons: [Particulars] = []
    package internal(set) var accounts: [String] = []
    package internal(set) var texts: [SealedText] = []
    /// Pseudonyms that the sender used itself: they must be known.
    package internal(set) var pseudonyms: [String] = []

    init(kind: Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// An entry that the program itself writes: its id is its `seq`.
    package init(_ entry: ProgramEntry, seq: Int64) {
        self.init(kind: entry.kind, bytes: [])
        area = entry.area
        source = PreparedRecord.programSource
        id = String(seq)
        occurredOn = entry.occurredOn.description
        `operator` = entry.operator
        append("{\"area\":", area)
        bytes.append(contentsOf: ",\"at\":\"".utf8)
        atSplit = bytes.count
        bytes.append(contentsOf: "\",\"body\":".utf8)
        entry.body.append(to: &bytes)
        append(",\"id\":", id)
        append(",\"kind\":", kind.name)
        append(",\"occurredOn\":", occurredOn)
        append(",\"operator\":", `operator`)
        bytes.append(contentsOf: ",\"prev\":\"".utf8)
        prevSplit = bytes.count
        bytes.append(contentsOf: "\",\"seq\":".utf8)
        seqSplit = bytes.count
        append(",\"source\":", source)
        bytes.append(contentsOf: ",\"v\":1}".utf8)
    }

    /// The record that an entry was made of, its gaps filled already.
    /// - Returns: nil where the bytes are not an entry of a known kind.
    package init?(recorded bytes: UnsafeBufferPointer<UInt8>, _ reader: inout EntryReader) {
        do { try reader.read(bytes) } catch { return nil }
        guard let kind = reader.entry.kind else { return nil }
        // Before `at` stand the area, which has six digits, and what canonical form leaves no
        // choice of; between `prev` and `seq` likewise.
        let at = "{\"area\":\"150500\",\"at\":\"".utf8.count
        let prev = reader.entry.prevStart
        let seq = prev + 64 + "\",\"seq\":".utf8.count
        let afterSeq = bytes[seq...].firstIndex(of: UInt8(ascii: ",")) ?? bytes.endIndex
        self.init(kind: kind, bytes: [])
        self.bytes += bytes[..<at]
        atSplit = self.bytes.count
        self.bytes += bytes[(at + 20)..<prev]
        prevSplit = self.bytes.count
        self.bytes += bytes[(prev + 64)..<seq]
        seqSplit = self.bytes.count
        self.bytes += bytes[afterSeq...]
        source = reader.entry.source(in: bytes)
        id = reader.entry.id(in: bytes)
    }

    /// The source that the program's own entries bear.
    package static let programSource = "aidledger"

    private mutating func append(_ key: StaticString, _ value: String) {
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        CanonicalJSON.append(value, to: &bytes)
    }

    /// Puts a value into its gap.
    package mutating func fill(_ offset: Int, with value: String) {
        var value = value
        value.withUTF8 { text in
            bytes.withUnsafeMutableBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyMemory(
                    from: UnsafeRawBufferPointer(text))
            }
        }
    }

    /// The bytes of the entry that this record becomes.
    /// - Parameters:
    ///   - at: as it is written, `YYYY-MM-DDTHH:MM:SSZ`.
    ///   - prev: the 32 bytes of the leaf hash.
    package func entryBytes(at: [UInt8], prev: UnsafeRawBufferPointer, seq: Int64) -> [UInt8] {
        let most = bytes.count + at.count + 2 * prev.count + 20
        return [UInt8](unsafeUninitializedCapacity: most) { result, filled in
            var rest = UnsafeMutableRawBufferPointer(result)
            func add(_ part: UnsafeRawBufferPointer) {
                rest.copyMemory(from: part)
                rest = UnsafeMutableRawBufferPointer(rebasing: rest[part.count...])
            }
            bytes.withUnsafeBytes { bytes in
                add(UnsafeRawBufferPointer(rebasing: bytes[..<atSplit]))
                at.withUnsafeBytes { add($0) }
                add(UnsafeRawBufferPointer(rebasing: bytes[atSplit..<prevSplit]))
                Hex.write(prev, to: rest)
                rest = UnsafeMutableRawBufferPointer(rebasing: rest[(2 * prev.count)...])
                add(UnsafeRawBufferPointer(rebasing: bytes[prevSplit..<seqSplit]))
                let digits = CanonicalJSON.write(seq, to: rest)
                rest = UnsafeMutableRawBufferPointer(rebasing: rest[digits...])
                add(UnsafeRawBufferPointer(rebasing: bytes[seqSplit...]))
            }
            filled = result.count - rest.count
        }
    }

    /// Whether `entry` is this record, whatever its `at`, `prev` and `seq`.
    package func isRecorded(as entry: [UInt8]) -> Bool {
        let at = atSplit + 20
        let prev = at + (prevSplit - atSplit) + 64
        let seq = prev + (seqSplit - prevSplit)
        let tail = bytes.count - seqSplit
        guard entry.count > seq + tail else { return false }
        return entry[..<atSplit] == bytes[..<atSplit]
            && entry[at..<(at + prevSplit - atSplit)] == bytes[atSplit..<prevSplit]
            && entry[prev..<seq] == bytes[prevSplit..<seqSplit]
            && entry[(entry.count - tail)...] == bytes[seqSplit...]
            && entry[seq..<(entry.count - tail)].allSatisfy { decimalDigit($0) != nil }
    }
}

/// What the program itself has to say, before it has its place.
package struct ProgramEntry: Sendable {
    package let kind: Kind
    package let area: String
    package let occurredOn: CivilDate
    package let `operator`: String
    /// Canonical, and in recorded form.
    package let body: CanonicalValue

    package init(
        kind: Kind, area: String, occurredOn: CivilDate, operator: String, body: CanonicalValue
    ) {
        self.kind = kind
        self.area = area
        self.occurredOn = occurredOn
        self.operator = `operator`
        self.body = body
    }
}
