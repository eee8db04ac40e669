internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

extension ResolutionCommand {
    struct Draft: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the text of a resolution that departments are to sign.",
            discussion: """
                FILE holds one input record of the kind resolution.adopted. Persons stand in the \
                text by their pseudonyms: where the record names them by their particulars, the \
                vault and its keys are needed, and the persons must be on record already. Nothing \
                is recorded.
                """)

        @OptionGroup var ledger: LedgerOptions

        @Argument(help: "The input record.", completion: .file())
        var file: String

        @Option(
            name: [.customShort("p"), .customLong("policy")],
            help: """
                Where to write who has to sign, by the parameter resolution-quorum (C2SP \
                tlog-policy).
                """,
            completion: .file())
        var policy: String?

        @OptionGroup var home: HomeOptions
        @OptionGroup var result: ResolutionOutput

        func run() throws {
            for path in [result.output, policy].compactMap({ $0 }) { try OutputGuard.check(path) }
            if let policy, OutputGuard.isSame(policy, result.output) {
                throw UsageError("the draft and the policy cannot both go to \(policy)")
            }
            let source = try ResolutionSource(ledger, home, file)
            let resolution = source.recorded.resolution
            let registered = try source.reader.registeredKeys()
            let quorum = try source.reader.quorum(of: resolution)
            let text = try resolution.text()
            if let policy {
                let written = try ResolutionPolicy(resolution, keys: registered, quorum: quorum)
                try TextFile.write(Array(written.text.utf8), to: policy)
            }
            let able = resolution.departmentsAble(registered).map(\.department)
            var object: [String: Any] = [
                "text": text.string, "number": resolution.number,
                "departments": resolution.participants, "able": able,
                "items": resolution.items.count,
            ]
            object["quorum"] = quorum
            try result.write(text.bytes, remark(resolution, able, quorum), object)
        }

        private func remark(
            _ resolution: Resolution, _ able: [String], _ quorum: Int64?
        ) -> String {
            let demanded =
                quorum.map { "\($0) departments have to sign (resolution-quorum)" }
                ?? "no number of signatures is laid down (resolution-quorum)"
            let unable = resolution.participants.filter { !able.contains($0) }
            let lacking =
                unable.isEmpty
                ? "" : "; without a key for signing: \(unable.joined(separator: ", "))"
            return "\(resolution.title): \(demanded)\(lacking)"
        }
    }
}

/// An input record of a resolution, read in view of a ledger.
struct ResolutionSource {
    let reader: ResolutionRecordReader
    /// The record as it was sent.
    let record: [UInt8]
    let recorded: RecordedResolution

    init(_ ledger: LedgerOptions, _ home: HomeOptions, _ file: String) throws {
        record = ResolutionRecordText.trimmed(try ProofInput.bytes(file))
        reader = try ResolutionRecordReader(
            ledger.paths, catalogue: try home.home().kinds(), keys: try ledger.readableKeyRing(),
            surroundings: .system)
        do { recorded = try reader.read(record) } catch let refusal as ResolutionRecordRefusal {
            throw UsageError(refusal.description(of: file))
        }
    }
}
