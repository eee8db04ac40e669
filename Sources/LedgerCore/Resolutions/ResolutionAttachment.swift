internal import AidRecords
package import TransparencyLog

/// Why signatures cannot be put into a record.
package enum AttachmentRefusal: Error, Hashable, Sendable {
    case otherText(line: Int, note: String, record: String)
    case notRegistered(NoteSignature)
    case notListed(NoteSignature, holder: String)
    case signedTwice(NoteSignature, holder: String)
    case doesNotHold(holder: String, ResolutionSignatureFault)

    /// Whether it is an answer, and not a mistake of who asks.
    package var isAnswer: Bool {
        if case .doesNotHold = self { true } else { false }
    }
}

extension AttachmentRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .otherText(let line, let note, let record):
            "the note is not over this record: line \(line) of what was signed is \"\(printable(note))\", "
                + "and the record gives \"\(printable(record))\""
        case .notRegistered(let signature):
            "the note has a signature of \(signature.keyTitle), which is no "
                + "key for signing on this ledger: `aidledger keys register LEDGER --holder "
                + "DEPARTMENT --vkey VKEY` puts it there"
        case .notListed(let signature, let holder):
            "\(signature.keyTitle) is a key of \(holder), which is not among the departments of the "
                + "record"
        case .signedTwice(let signature, let holder):
            "\(holder) has another signature in the record already, and there is no room for that "
                + "of \(signature.keyTitle)"
        case .doesNotHold(let holder, let fault):
            "the signature of \(holder) does not hold: \(fault)"
        }
    }
}

extension RecordedResolution {
    /// Puts the signatures of a note where they belong.
    /// - Parameter keys: those that are on the ledger.
    /// - Throws: `AttachmentRefusal`, `NoteFormatError`.
    package func attaching(_ note: SignedNote, _ keys: [RegisteredKey]) throws -> RecordedResolution
    {
        try compare(note.text, with: resolution.text())
        var result = self
        for line in note.signatures { try result.attach(line, keys) }
        for case (let department, .failure(let fault)) in result.checked(with: keys).map({
            ($0.department, $0.outcome)
        }) {
            throw AttachmentRefusal.doesNotHold(holder: department, fault)
        }
        return result
    }

    private func compare(
        _ signed: NoteText, with own: NoteText
    ) throws(AttachmentRefusal) {
        guard signed != own else { return }
        let lines = [signed, own].map { $0.string.split(separator: "\n") }
        let most = max(lines[0].count, lines[1].count)
        func line(_ index: Int, of side: Int) -> String {
            index < lines[side].count ? String(lines[side][index]) : ""
        }
        let place =
            (0..<most).first { !line($0, of: 0).utf8.elementsEqual(line($0, of: 1).utf8) } ?? 0
        throw .otherText(line: place + 1, note: line(place, of: 0), record: line(place, of: 1))
    }

    private mutating func attach(
        _ line: NoteSignature, _ keys: [RegisteredKey]
    ) throws(AttachmentRefusal) {
        let named = keys.filter { $0.key.type == .ed25519 && $0.key.isNamed(by: line) }
        guard let holder = named.first?.holder else { throw .notRegistered(line) }
        let places = resolution.departments.indices.filter { resolution.departments[$0] == holder }
        guard !places.isEmpty else { throw .notListed(line, holder: holder) }
        guard !places.contains(where: { signatures[$0] == line.bareLine }) else { return }
        guard let place = places.first(where: { signatures[$0] == nil }) else {
            throw .signedTwice(line, holder: holder)
        }
        signatures[place] = line.bareLine
    }
}

extension NoteSignature {
    /// The line without its newline, as a record holds it.
    fileprivate var bareLine: String { String(line.dropLast()) }
}
