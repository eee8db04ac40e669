package import Foundation
package import TransparencyLog

/// The replacement of a ledger's signing key by another, at a place in the ledger: what both keys
/// sign. `ledger/FORMAT.md`, Keys.
///
/// It is a signed note (C2SP signed-note), so that any client of such notes can check it. Its first
/// line has spaces, and no origin has; so it can never be taken for a checkpoint.
package struct KeyRotation: Hashable, Sendable {
    package let origin: KeyName
    /// Of the ledger just before the entry `key.rotated`: its size is that entry's `seq`.
    package let head: TreeHead
    package let old: VerifierKey
    package let new: VerifierKey

    /// - Throws: `KeyRotationError.unfit` where a key is not one that could sign for the ledger.
    package init(
        origin: KeyName, head: TreeHead, old: VerifierKey, new: VerifierKey
    ) throws(KeyRotationError) {
        for key in [old, new] where key.name != origin || key.type != .ed25519 {
            throw .unfit(key, origin)
        }
        guard old != new else { throw .sameKey }
        self.origin = origin
        self.head = head
        self.old = old
        self.new = new
    }

    /// The text of the note.
    package var statement: NoteText {
        get throws(NoteFormatError) {
            try NoteText(
                """
                aidledger/1 key rotation
                \(origin)
                \(head.size)
                \(head.rootHash.base64)
                \(old)
                \(new)

                """)
        }
    }

    /// The signatures of both keys, each as a note's line has it: base64(key ID ‖ signature).
    package struct Signatures: Hashable, Sendable {
        package let old: String
        package let new: String

        package init(old: String, new: String) {
            self.old = old
            self.new = new
        }
    }

    /// Signs with both keys.
    package func signed(old: SigningKey, new: SigningKey) throws -> Signatures {
        Signatures(
            old: try old.sign(statement).encoded, new: try new.sign(statement).encoded)
    }

    /// Verifies that both keys have signed.
    package func verify(_ signatures: Signatures) throws(KeyRotationError) {
        for (key, text) in [(old, signatures.old), (new, signatures.new)] {
            do {
                let signature = try NoteSignature(name: origin, encoded: text)
                let note = try SignedNote(text: statement, signatures: [signature])
                _ = try note.verified(by: [key])
            } catch { throw .notSigned(key) }
        }
    }
}

/// What an entry `key.rotated` holds: two keys and their signatures, none of them verified.
package struct RecordedRotation: Hashable, Sendable {
    package let old: VerifierKey
    package let new: VerifierKey
    package let signatures: KeyRotation.Signatures

    /// Reads an entry's bytes, or gives nil where it does not replace a key.
    package init?(entry bytes: Data) {
        struct Entry: Decodable {
            struct Body: Decodable {
                let oldVkey, newVkey, oldSignature, newSignature: String
            }
            let kind: String
            let body: Body
        }
        guard let entry = try? JSONDecoder().decode(Entry.self, from: bytes),
            entry.kind == "key.rotated",
            let old = try? VerifierKey(parsing: entry.body.oldVkey),
            let new = try? VerifierKey(parsing: entry.body.newVkey)
        else { return nil }
        self.old = old
        self.new = new
        signatures = .init(old: entry.body.oldSignature, new: entry.body.newSignature)
    }
}

/// Why an entry does not replace a ledger's signing key.
package enum KeyRotationError: Error, Hashable, Sendable {
    case unfit(VerifierKey, KeyName)
    case sameKey
    case notTheKeyInForce(VerifierKey)
    case notSigned(VerifierKey)
    case unreadable
}

extension KeyRotationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unfit(let key, let origin):
            "the key \(key) cannot sign for the ledger: it must be an Ed25519 key named \(origin)"
        case .sameKey: "the new key is the old one"
        case .notTheKeyInForce(let key): "it replaces the key \(key.id), which was not in force"
        case .notSigned(let key): "the key \(key.id) has not signed the rotation"
        case .unreadable: "it does not name two keys and their signatures"
        }
    }
}
