internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Check everything: bytes, chain, tree, checkpoints, read model, guards, vault, signatures.",
        discussion: """
            Nothing is written. Exit status 1 where something is wrong, or where the ledger and the \
            copy given with --against part; that one is the beginning of the other is no fault. \
            In place of a ledger, the folder of a published one may be given (`aidledger publish`): \
            it is audited without any database, against the key given with --vkey.

            Checkpoints kept elsewhere and other copies tell what happened: edited, inserted, \
            deleted, reordered, recorded-at, truncated, rolled-back, forked, re-hashed. With --json \
            these are the `events` of `conclusion` and `comparison`.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Option(
        help: "A checkpoint that was kept elsewhere; may be given several times.",
        completion: .file())
    var checkpoint: [String] = []

    @Option(
        help:
            "The verifier key as the keeper gave it: itself, or a file (default: the ledger's word).",
        completion: .file())
    var vkey: String?

    @Option(
        help: "A policy (C2SP tlog-policy): whose cosignatures are enough.", completion: .file())
    var policy: String?

    @OptionGroup var tsa: TimeStampTrust

    @Flag(
        help:
            "Only entries, chain, tree, checkpoints and guards: no read model, vault or resolutions."
    )
    var chainOnly = false

    @Option(
        help: "Another copy of the ledger, or a backup's folder, to compare entry by entry.",
        completion: .file())
    var against: String?

    func run() throws {
        if FileManager.default.isFolder(ledger.ledger) { return try runOnFolder() }
        let other = try against.map(otherCopy)
        let notes = try checkpoint.map { (name: $0, note: try ProofInput.checkpoint($0)) }
        let bar = ProgressBar("verifying", isQuiet: json.isWanted)
        var verifier = LedgerVerifier(
            paths: ledger.paths, catalogue: try home.home().kinds(),
            keys: try ledger.readableKeyRing(),
            surroundings: .system, checkpoints: notes,
            verifierKey: try vkey.map(ProofInput.verifierKey))
        verifier.isChainOnly = chainOnly
        verifier.policy = try policy.map(ProofInput.policy)
        verifier.timeStamps = try tsa.verifier()
        let verification = try verifier.run { done, total in
            bar.show(done, of: total, count: Int(done), unit: "entries")
        }
        bar.finish()
        // What was verified is told even where the other copy turns out to be unreadable.
        let attempt = Result { try other.map { try compare(with: $0, verification) } }
        let compared = (try? attempt.get()) ?? nil
        if json.isWanted {
            tellJSON(verification, compared)
        } else {
            tell(verification)
            tellWhatHappened(verification, compared)
        }
        let comparison = try attempt.get()
        if !verification.isSound || comparison?.comparison.isOneHistory == false {
            throw ExitCode(Status.answerIsNo.rawValue)
        }
    }

    // MARK: A published ledger

    private func runOnFolder() throws {
        let path = ledger.ledger
        if FileManager.default.fileExists(atPath: "\(path)/backup.json") {
            throw UsageError(
                "\(path) is the folder of a backup: `aidledger verify \(path)/ledger` verifies the "
                    + "ledger in it")
        }
        let folder = PublishedFolder(path)
        guard FileManager.default.fileExists(atPath: folder.file(PublishedFolder.checkpointName))
        else { throw PublicationError.noCheckpoint(path) }
        guard let vkey else {
            throw UsageError(
                "the folder of a published ledger is audited against its key, as its keeper gave "
                    + "it: --vkey VKEY")
        }
        if against != nil {
            throw UsageError("--against compares ledgers and backups, and \(path) is a folder")
        }
        if ledger.keyFolder != nil {
            throw UsageError("--keys says nothing of a published ledger: nothing in it is sealed")
        }
        if try tsa.verifier() != nil {
            throw UsageError("--tsa-chain looks at a ledger's time-stamps, and \(path) is a folder")
        }
        var audit = PublishedLogAudit(
            folder: folder, catalogue: try home.home().kinds(),
            verifierKey: try ProofInput.verifierKey(vkey),
            checkpoints: try checkpoint.map {
                PublishedLogAudit.KeptCheckpoint(name: $0, note: try ProofInput.checkpoint($0))
            })
        audit.isChainOnly = chainOnly
        audit.policy = try policy.map(ProofInput.policy)
        let bar = ProgressBar("auditing", isQuiet: json.isWanted)
        defer { bar.finish() }
        let verification = try audit.run { done, total in
            bar.show(done, of: total, count: Int(done), unit: "entries")
        }
        bar.finish()
        if json.isWanted { tellJSON(verification, nil) } else { tell(verification, isFolder: true) }
        if !verification.isSound { throw ExitCode(Status.answerIsNo.rawValue) }
    }

    // MARK: A ledger

    private func otherCopy(_ path: String) throws -> OtherCopy {
        if OutputGuard.isSame(path, ledger.ledger) {
            throw UsageError("--against \(path) is the ledger itself")
        }
        return try OtherCopy(path)
    }

    private func compare(
        with other: OtherCopy, _ verification: Verification
    ) throws -> ComparisonTelling {
        let bar = ProgressBar("comparing", isQuiet: json.isWanted)
        defer { bar.finish() }
        let comparison = try other.compare(with: ledger.paths, verified: verification) {
            bar.show($0, of: $1, count: Int($0), unit: "entries")
        }
        return ComparisonTelling(
            comparison: comparison, verification: verification, ledger: ledger.ledger, other: other)
    }

    private func tellWhatHappened(_ verification: Verification, _ comparison: ComparisonTelling?) {
        comparison?.lines.forEach(Console.output)
        conclusion(verification, comparison).lines.forEach(Console.output)
    }

    private func conclusion(
        _ verification: Verification, _ comparison: ComparisonTelling?
    ) -> ConclusionTelling {
        ConclusionTelling(
            verification: verification,
            isCompared: comparison?.comparison.isOneHistory == false)
    }

    private func tell(_ verification: Verification, isFolder: Bool = false) {
        for problem in verification.inOrder { Console.output("\(problem)") }
        let more = verification.problemCount - verification.problems.count
        if more > 0 { Console.output("… and \(grouped(more)) more") }
        for notice in verification.notices { Console.output("note: \(notice)") }
        for (area, reason) in verification.notChecked.sorted(by: {
            $0.key.rawValue < $1.key.rawValue
        }) {
            Console.output("not checked: \(area.rawValue): \(reason)")
        }
        guard verification.isSound, let head = verification.head else {
            let count = verification.problemCount
            return Console.output(
                "NOT SOUND: \(grouped(count)) \(count == 1 ? "problem" : "problems")")
        }
        let stored = verification.checkpoints - verification.checkpointsGiven
        Console.output(
            """
            sound: \(grouped(verification.entries)) entries of \(verification.origin)
              root hash    \(head.rootHash.hex)
              checkpoints  \(grouped(stored)) \(isFolder ? "published" : "stored in the ledger"), \
            \(grouped(verification.checkpointsGiven)) kept elsewhere
            """)
        if !isFolder { Console.output("  signed       \(signed(verification))") }
        if verification.resolutionSignatures > 0 {
            Console.output(
                "  resolutions  \(grouped(verification.resolutions)) in force, with "
                    + "\(grouped(verification.resolutionSignatures)) signatures of departments, "
                    + "all of which hold")
        }
        if let quorum = verification.quorum {
            Console.output(
                "  policy       met at \(grouped(quorum.size)) entries "
                    + (quorum.cosigners.isEmpty
                        ? "by the ledger's signature alone"
                        : "by: " + quorum.cosigners.joined(separator: ", ")))
        }
        if verification.checkpointsGiven == 0 {
            Console.output(
                "  no checkpoint kept elsewhere was compared (--checkpoint FILE): "
                    + "a cut-off end or a rewritten whole would not be seen")
        }
    }

    private func signed(_ verification: Verification) -> String {
        guard let size = verification.signedSize else {
            return "nothing: whoever can write the file can have written all of it anew "
                + "(`aidledger checkpoint`)"
        }
        let rest = verification.entries - size
        guard rest > 0 else { return "all of them" }
        return "the first \(grouped(size)); the last \(grouped(rest)) not yet "
            + "(`aidledger checkpoint`)"
    }

    private func tellJSON(_ verification: Verification, _ comparison: ComparisonTelling?) {
        var object: [String: Any] = [
            "sound": verification.isSound, "origin": verification.origin,
            "entries": verification.entries, "checkpoints": verification.checkpoints,
            "checkpointsGiven": verification.checkpointsGiven,
            "problemCount": verification.problemCount,
            "problems": verification.inOrder.map { problem in
                var object: [String: Any] = ["area": problem.area.rawValue, "text": problem.text]
                object["seq"] = problem.seq
                return object
            },
            "resolutions": verification.resolutions,
            "resolutionSignatures": verification.resolutionSignatures,
            "notices": verification.notices,
            "notChecked": Dictionary(
                uniqueKeysWithValues: verification.notChecked.map { ($0.key.rawValue, $0.value) }),
        ]
        object["quorum"] = verification.quorum.map {
            ["size": $0.size, "cosigners": $0.cosigners] as [String: Any]
        }
        object["rootHash"] = verification.head?.rootHash.hex
        object["signedSize"] = verification.signedSize
        object["comparison"] = comparison?.json
        object["conclusion"] = conclusion(verification, comparison).json
        Console.output(json: object)
    }
}

extension FileManager {
    fileprivate func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
