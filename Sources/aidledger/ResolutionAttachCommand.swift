internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

extension ResolutionCommand {
    struct Attach: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put departments' signatures into the record, ready for import.",
            discussion: """
                Every signature must hold, and be made with a key that the ledger has of one of \
                the record's departments. Exit status 1 where one does not hold, and, once the \
                record is written, where the policy is not met.
                """)

        @OptionGroup var ledger: LedgerOptions

        @Argument(help: "The input record that was drafted.", completion: .file())
        var record: String

        @Argument(help: "The note with the signatures.", completion: .file())
        var note: String

        @OptionGroup var policy: ResolutionPolicyOption
        @OptionGroup var home: HomeOptions
        @OptionGroup var result: ResolutionOutput

        func run() throws {
            try OutputGuard.check(result.output)
            let policy = try policy.policy()
            let note = try signedNote()
            let source = try ResolutionSource(ledger, home, record)
            let registered = try source.reader.registeredKeys()
            let signed = try source.recorded.attaching(note, registered)
            guard
                let bytes = ResolutionRecordText.adding(signed.signatures, to: source.record),
                try source.reader.read(ResolutionRecordText.trimmed(bytes)) == signed
            else { preconditionFailure("the record was validated") }
            let signers = signed.checked(with: registered).compactMap { try? $0.outcome.get() }
            let progress = policy.map { PolicyProgress($0, Set(signers.map(\.key))) }
            try write(bytes, signed.resolution, signers, progress)
            if progress?.isMet == false { throw ExitCode(Status.answerIsNo.rawValue) }
        }

        private func write(
            _ bytes: [UInt8], _ resolution: Resolution, _ signers: [RegisteredKey],
            _ progress: PolicyProgress?
        ) throws {
            let text = String(decoding: bytes.dropLast(), as: UTF8.self)
            let holders = signers.map(\.holder)
            var object: [String: Any] = ["record": text, "signedBy": holders]
            object["policyMet"] = progress?.isMet
            try result.write(
                bytes,
                "\(resolution.title): signed by \(holders.joined(separator: ", "))"
                    + (progress.map { "; \($0.text)" } ?? ""),
                object)
        }

        private func signedNote() throws -> SignedNote {
            do {
                return try SignedNote(parsing: ProofInput.cleaned(ProofInput.text(note), note))
            } catch let error as NoteFormatError {
                throw UsageError("\(note) is no signed note: \(error)")
            }
        }
    }
}
