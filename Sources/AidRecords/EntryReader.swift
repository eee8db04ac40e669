/// Reads entries back: their bytes are the one truth that the read model is made of.
///
/// A reader is used from one thread; it keeps its memory from entry to entry.
package struct EntryReader: ~Copyable {
    private let catalogue: KindCatalogue
    /// What the entry says that was read last.
    package private(set) var entry: RecordedEntry

    package init(catalogue: KindCatalogue) {
        self.catalogue = catalogue
        entry = RecordedEntry()
    }

    /// The bytes are not an entry of a known kind in canonical form.
    package struct Unreadable: Error, Sendable, CustomStringConvertible {
        package let issue: RecordIssue
        package var description: String { issue.description }
    }

    /// Reads an entry into `entry`.
    /// - Throws: `Unreadable`; `entry` is then undefined.
    package mutating func read(_ text: UnsafeBufferPointer<UInt8>) throws(Unreadable) {
        guard let name = EntryReader.kindName(text), let program = catalogue.program(name) else {
            throw unreadable(text, at: "/kind", EntryReader.unknownKind)
        }
        try read(text, program)
    }

    /// Reads an entry of this kind into `entry`.
    /// - Throws: `Unreadable`; `entry` is then undefined.
    package mutating func read(
        _ text: UnsafeBufferPointer<UInt8>, as kind: Kind
    ) throws(Unreadable) {
        try read(text, catalogue.program(kind))
    }

    /// Reads what links an entry to others into `entry`: `at`, `id`, `prev`, `seq`, `source` and
    /// whether it is the foundation. The rest is passed over.
    /// - Throws: `Unreadable`; `entry` is then undefined.
    package mutating func readEnvelope(_ text: UnsafeBufferPointer<UInt8>) throws(Unreadable) {
        var reader = EnvelopeReader(text)
        guard reader.read(into: &entry) else {
            throw unreadable(text, at: "", "not an envelope (byte \(reader.offset + 1))")
        }
    }

    /// Reads an entry, or only what links it, into `entry`.
    /// - Returns: what is wrong with the bytes, or nil; `entry` is undefined where something is.
    package mutating func fault(
        in text: UnsafeBufferPointer<UInt8>, isEnvelopeOnly: Bool
    ) -> String? {
        do throws(Unreadable) {
            if isEnvelopeOnly { try readEnvelope(text) } else { try read(text) }
            return nil
        } catch {
            return error.description
        }
    }

    private mutating func read(
        _ text: UnsafeBufferPointer<UInt8>, _ program: EntryProgram
    ) throws(Unreadable) {
        entry.isFoundation = program.kind.isFoundation
        guard let fault = run(text, program) else { return }
        throw unreadable(
            text, at: program.pointer(to: fault.step),
            "not what the kind \(program.kind.name) declares (byte \(fault.offset + 1))")
    }

    /// - Returns: where the bytes are not what the program expects, or nil.
    private mutating func run(
        _ text: UnsafeBufferPointer<UInt8>, _ program: EntryProgram
    ) -> (step: Int, offset: Int)? {
        program.steps.withUnsafeBufferPointer { steps in
            program.literals.withUnsafeBufferPointer { literals in
                withUnsafeMutablePointer(to: &entry) { entry in
                    // Safe: a program has steps and literals.
                    var cursor = EntryCursor(
                        text: text, program: program, steps: steps.baseAddress.unsafelyUnwrapped,
                        literals: literals.baseAddress.unsafelyUnwrapped, entry: entry)
                    return cursor.run() ? nil : (cursor.faultyStep, cursor.offset)
                }
            }
        }
    }

    private static let unknownKind =
        "unknown kind: it is not declared in ledger/kinds here (see --home)"

    /// Says what is wrong with bytes that are no entry: first of all whether they are JSON.
    private func unreadable(
        _ text: UnsafeBufferPointer<UInt8>, at path: String, _ reason: String
    ) -> Unreadable {
        var tape = JSONTape()
        do { try tape.parse(text) } catch {
            return Unreadable(
                issue: RecordIssue(path: "", reason: "\(error) (byte \(tape.offset + 1))"))
        }
        guard tape.isCanonical else {
            return Unreadable(
                issue: RecordIssue(path: "", reason: "not in canonical form (RFC 8785)"))
        }
        return Unreadable(issue: RecordIssue(path: path, reason: reason))
    }
}

extension EntryReader {
    /// The text of the member `kind`, or nil where there is none.
    private static func kindName(
        _ text: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        guard let start = EnvelopeReader.kind(in: text) else { return nil }
        let name = text[(start + ",\"kind\":\"".utf8.count)...]
        guard let end = name.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        return UnsafeBufferPointer(rebasing: name[..<end])
    }
}
