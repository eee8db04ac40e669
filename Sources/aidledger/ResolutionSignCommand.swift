internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import TransparencyLog

extension ResolutionCommand {
    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign a draft, or add a signature to one that others have signed.",
            discussion: """
                Read the draft first: it is text, and what it says is what is signed. No ledger is \
                needed. The result is a signed note (C2SP signed-note); hand it to the next \
                department, or back to the ledger's keeper.
                """)

        @Argument(help: "The draft, or the note with others' signatures.", completion: .file())
        var draft: String

        @Option(name: .customLong("key"), help: "The department's key file.", completion: .file())
        var keyFile: String

        @OptionGroup var policy: ResolutionPolicyOption
        @OptionGroup var result: ResolutionOutput

        func run() throws {
            try OutputGuard.check(result.output)
            let policy = try policy.policy()
            let key = try key()
            let (text, signatures) = try content()
            let resolution: Resolution
            do { resolution = try Resolution(parsing: text) } catch {
                throw UsageError("\(draft) is not signed: \(error)")
            }
            guard !signatures.contains(where: { key.verifierKey.isNamed(by: $0) }) else {
                throw UsageError("\(draft) has a signature of \(key.name) already")
            }
            let note = try SignedNote(text: text, signatures: signatures + [key.sign(text)])
            let progress = try policy.map { PolicyProgress($0, try Sign.signers(note, $0)) }
            var object: [String: Any] = [
                "note": String(decoding: note.formatted, as: UTF8.self),
                "signedBy": key.verifierKey.formatted,
                "signatures": note.signatures.map(\.name.text),
            ]
            object["policyMet"] = progress?.isMet
            let count = note.signatures.count
            try result.write(
                note.formatted,
                "\(resolution.title): signed by \(key.name); "
                    + "\(count) \(count == 1 ? "signature" : "signatures")"
                    + (progress.map { "; \($0.text)" } ?? ""),
                object)
        }

        private func key() throws -> SigningKey {
            var ring = KeyRing()
            do {
                try ring.add(String(decoding: ProofInput.bytes(keyFile), as: UTF8.self))
            } catch let error as KeyFileError {
                throw UsageError("\(keyFile): \(error)")
            }
            guard let key = ring.signing.first else {
                throw UsageError("\(keyFile) is a vault's key, and signs nothing")
            }
            guard key.type == .ed25519 else {
                throw UsageError(
                    "\(keyFile) is a witness's key, which cosigns checkpoints only: `aidledger "
                        + "keys new` makes one that signs")
            }
            return key
        }

        /// A draft has no empty line, so one with an empty line has been signed.
        private func content() throws -> (NoteText, [NoteSignature]) {
            let text = try ProofInput.text(draft)
            let bytes = ProofInput.cleaned(text, draft)
            do {
                guard text.contains("\n\n") || text.contains("\r\n\r\n") else {
                    return (try NoteText(bytes: bytes), [])
                }
                let note = try SignedNote(parsing: bytes)
                return (note.text, note.signatures)
            } catch {
                throw UsageError("\(draft) is neither a draft nor a signed one: \(error)")
            }
        }

        /// The keys of the policy that have signed.
        private static func signers(
            _ note: SignedNote, _ policy: WitnessPolicy
        ) throws -> Set<VerifierKey> {
            do {
                return Set(try note.verified(by: policy.witnessKeys).signatures.map(\.key))
            } catch NoteVerificationError.noKnownSignature {
                return []
            } catch {
                throw SpoiltNote(reason: "\(error)")
            }
        }
    }
}

/// Somebody's signature under the note that was to be signed does not hold.
struct SpoiltNote: Error, CustomStringConvertible {
    let reason: String

    var description: String { "another signature under it does not hold: \(reason)" }
}
