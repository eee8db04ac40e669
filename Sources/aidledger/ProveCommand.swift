internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Prove to others that the ledger holds entries, or that it only grew.",
        discussion: """
            An entry is proved against the newest checkpoint that witnesses have cosigned, if that \
            covers it, else against the newest. A proof shows nothing of any other entry. Send it \
            with the entry's bytes (`aidledger show LEDGER SEQ --bytes`), or put all of it into an \
            evidence pack; `aidledger check` and every other client of C2SP tlog-proof can check \
            it against the ledger's verifier key.
            """)

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "The entry's number, from 0; of a pack, several.")
    var seq: [Int64] = []

    @Option(
        help: ArgumentHelp(
            "Prove that the ledger begins with what it was at this size: the body of a witness's "
                + "add-checkpoint request.", valueName: "size"))
    var since: Int64?

    @Option(
        help: ArgumentHelp(
            "Write an evidence pack: entries, renderings, proofs, keys, and how to check them.",
            valueName: "file.zip"), completion: .file())
    var pack: String?

    @Option(
        name: .shortAndLong, help: "Where to write a proof (default: standard output).",
        completion: .file())
    var output = "-"

    @OptionGroup(title: "Options of a pack") var options: PackOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var author: AuthorOption

    func validate() throws {
        if pack != nil {
            guard !seq.isEmpty, since == nil, output == "-" else {
                throw ValidationError("A pack needs entries' numbers, and no --since or -o.")
            }
            return
        }
        guard (seq.count == 1) != (since != nil), seq.count < 2 else {
            throw ValidationError(
                "Say either an entry's number or --since SIZE; for several entries, --pack FILE.zip."
            )
        }
        guard options.areUnused else {
            throw ValidationError("--disclose, --reason, --case and --policy need --pack FILE.zip.")
        }
    }

    func run() throws {
        try OutputGuard.check(pack ?? output)
        if let pack { return try write(pack) }
        let proof = try LedgerProver.read(try LedgerReader(ledger.paths)) { prover in
            if let seq = seq.first { return try prover.inclusion(of: seq).formatted }
            return try prover.consistency(since: since ?? 0).formatted
        }
        try TextFile.write(proof, to: output)
    }

    private func write(_ path: String) throws {
        let home = try home.home()
        let (reader, catalogue) = (try LedgerReader(ledger.paths), try home.kinds())
        var aids = ["HOW-TO-CHECK.txt": Array(try home.checkingGuide().utf8)]
        let keys = try reader.keys()
        aids["keys.txt"] = Array(PackOptions.list(keys).utf8)
        aids["policy"] = try options.policyText().map { Array($0.utf8) }
        func evidence(_ disclosures: [Disclosure]) throws -> StoredZip {
            try LedgerProver.read(reader) { prover in
                try prover.evidence(of: Set(seq), disclosures: disclosures, aids: aids) { bytes in
                    PackOptions.rendering(bytes, catalogue)
                }.archive()
            }
        }
        // What cannot be proved is refused before anything is revealed.
        var archive = try evidence([])
        if !options.disclose.isEmpty {
            // Nothing is revealed for a pack that cannot be written.
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw FileError(path: path, reason: "there is no such folder, or no right to write")
            }
            let disclosures = try options.disclosures(
                of: seq, ledger, reader, catalogue, operator: author.name)
            archive = try evidence(disclosures)
        }
        // Names are for whoever was given them.
        let mode: UInt32 = options.disclose.isEmpty ? 0o644 : 0o600
        try WholeFile.write(archive.formatted, to: path, mode: mode)
        Console.error(
            "aidledger: \(path): \(archive.files.count) files; "
                + "`aidledger check \(path) --vkey VKEY` checks it, and so does any other way")
    }
}

/// What a pack may hold beside entries and proofs.
struct PackOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Sealed fields to show: a text's path (summary), or a person's path and a particular "
                + "(person.name). Each is recorded as access.revealed.", valueName: "field"))
    var disclose: [String] = []

    @Option(help: "Why they are shown; it is recorded, sealed.")
    var reason: String?

    @Option(name: .customLong("case"), help: "The case that they are shown for.")
    var caseID: String?

    @Option(
        help: "A policy (C2SP tlog-policy) to put into the pack.", completion: .file())
    var policy: String?

    var areUnused: Bool { disclose.isEmpty && reason == nil && caseID == nil && policy == nil }

    func validate() throws {
        guard disclose.isEmpty == (reason == nil) else {
            throw ValidationError("--disclose and --reason TEXT belong together.")
        }
    }

    /// The policy's text, which must be one.
    func policyText() throws -> String? {
        guard let policy else { return nil }
        _ = try ProofInput.policy(policy)
        return try ProofInput.text(policy)
    }

    /// Opens the fields, and puts on the ledger that they were opened.
    func disclosures(
        of seqs: [Int64], _ ledger: LedgerOptions, _ reader: LedgerReader,
        _ catalogue: KindCatalogue, operator: String
    ) throws -> [Disclosure] {
        try Revealing.check(reason: reason, caseID: caseID, reader)
        let keys = try ledger.keyRing()
        let discloser = try LedgerDiscloser(ledger.paths, keys: keys, surroundings: .system)
        let entries = try Dictionary(
            Set(seqs).map { ($0, try reader.entry($0)?.bytes ?? []) },
            uniquingKeysWith: { first, _ in first })
        let opened = try discloser.open(disclose, of: entries)
        let revealing = Revealing(
            ledger: ledger, area: reader.identity.area, catalogue: catalogue, keys: keys,
            reason: reason ?? "", caseID: caseID, author: `operator`,
            registrar: `operator`)
        try revealing.record(opened)
        return Array(Set(opened.map(\.disclosure))).sorted {
            ($0.seq, $0.path) < ($1.seq, $1.path)
        }
    }

    /// The keys that a checker may need, for people.
    static func list(_ keys: LedgerReader.Keys) -> String {
        let own = keys.own.reigns.map { "log \($0.key) since size \($0.since)" }
        let others = keys.registered.map { "\($0.holder) \($0.key) entry \($0.seq)" }
        return (own + others).joined(separator: "\n") + "\n"
    }

    /// An entry in both languages.
    static func rendering(_ bytes: [UInt8], _ catalogue: KindCatalogue) -> String {
        [true, false].map { isChinese in
            EntryRendering(catalogue: catalogue, isChinese: isChinese).lines(of: bytes)
                .joined(separator: "\n")
        }.joined(separator: "\n\n") + "\n"
    }
}
