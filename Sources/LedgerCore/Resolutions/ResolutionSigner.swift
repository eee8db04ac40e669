package import AidRecords
package import TransparencyLog

/// Why a department's signature under a resolution does not hold.
package enum ResolutionSignatureFault: Error, Hashable, Sendable {
    case notALine
    case notRegistered(NoteSignature)
    case ofAnother(NoteSignature, holder: String)
    case notYetValid(NoteSignature, from: CivilDate, heldOn: CivilDate)
    case doesNotHold(NoteSignature)
}

extension ResolutionSignatureFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notALine: "it is no signature line"
        case .notRegistered(let line):
            "the key \(line.keyTitle) is no registered key for signing"
        case .ofAnother(let line, let holder):
            "the key \(line.keyTitle) is that of \(holder)"
        case .notYetValid(let line, let from, let heldOn):
            "the key \(line.keyTitle) is valid from \(from) on, and the resolution was "
                + "held on \(heldOn)"
        case .doesNotHold(let line):
            "the key \(line.keyTitle) did not sign this text"
        }
    }
}

extension NoteSignature {
    /// Which key it names, for people.
    var keyTitle: String { "\(printable(name.text))+\(keyID)" }
}

extension Resolution {
    /// The key that made a signature.
    /// - Parameter keys: those that were on the ledger before the resolution.
    package func signer(
        of line: NoteSignature, for department: String, among keys: [RegisteredKey]
    ) throws(ResolutionSignatureFault) -> RegisteredKey {
        let named = keys.filter { $0.key.type == .ed25519 && $0.key.isNamed(by: line) }
        guard let first = named.first else { throw .notRegistered(line) }
        let own = named.filter { $0.holder == department }
        guard let earliest = own.map(\.validFrom).min() else {
            throw .ofAnother(line, holder: first.holder)
        }
        guard earliest <= heldOn else {
            throw .notYetValid(line, from: earliest, heldOn: heldOn)
        }
        // Two keys of one name can be made to have one key ID.
        let note = (try? text()).flatMap { try? SignedNote(text: $0, signatures: [line]) }
        let signer = own.first { key in
            key.validFrom <= heldOn && (try? note?.verified(by: [key.key])) != nil
        }
        guard let signer else { throw .doesNotHold(line) }
        return signer
    }
}

extension RecordedResolution {
    /// What became of one department's signature.
    package struct Checked: Sendable {
        package let department: String
        package let outcome: Result<RegisteredKey, ResolutionSignatureFault>
    }

    /// Checks each signature that is there.
    /// - Parameter keys: those that were on the ledger before the resolution.
    package func checked(with keys: [RegisteredKey]) -> [Checked] {
        zip(resolution.departments, signatures).compactMap { department, signature in
            guard let signature else { return nil }
            let outcome = Result { () throws(ResolutionSignatureFault) in
                guard let line = try? NoteSignature(line: signature) else { throw .notALine }
                return try resolution.signer(of: line, for: department, among: keys)
            }
            return Checked(department: department, outcome: outcome)
        }
    }
}
