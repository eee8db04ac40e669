internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

/// Which time-stamping authorities are trusted.
struct TimeStampTrust: ParsableArguments {
    @Option(
        name: .customLong("tsa-chain"),
        help: "Certificates (PEM) in which the chain of a time-stamping authority must end.",
        completion: .file())
    var chain: String?

    @Option(
        name: .customLong("tsa-untrusted"),
        help: "Certificates (PEM) between the authority's and those, where its answers lack them.",
        completion: .file())
    var untrusted: String?

    func validate() throws {
        if untrusted != nil, chain == nil {
            throw ValidationError("--tsa-untrusted goes with --tsa-chain FILE.")
        }
    }

    func verifier() throws -> TimeStampVerifier? {
        try chain.map { try TimeStampVerifier(chain: $0, untrusted: untrusted) }
    }
}

/// Time-stamps of checkpoints: asking for one, and keeping it.
struct TimeStampOptions: ParsableArguments {
    @Option(
        name: .customLong("timestamp-request"),
        help: "Write a request (RFC 3161) to stamp the newest checkpoint.", completion: .file())
    var request: String?

    @Option(
        name: .customLong("size"),
        help: "Of --timestamp-request: stamp the checkpoint of this size instead of the newest.")
    var size: Int64?

    @Option(
        name: .customLong("timestamp-response"),
        help: "What the authority answered; --tsa-chain says whom to trust.", completion: .file())
    var response: String?

    @OptionGroup var trust: TimeStampTrust

    /// - Parameter isAlone: whether nothing else is asked of the command.
    func validate(isAlone: Bool) throws {
        if size != nil, request == nil {
            throw ValidationError("--size goes with --timestamp-request FILE.")
        }
        guard (response == nil) == (trust.chain == nil) else {
            throw ValidationError("--timestamp-response FILE and --tsa-chain FILE go together.")
        }
        let count = [request, response].count { $0 != nil }
        guard count == 0 || count == 1 && isAlone else {
            throw ValidationError(
                "Say one of --timestamp-request, --timestamp-response, and --add-cosignature or -o."
            )
        }
    }

    /// - Returns: false where no time-stamp was spoken of.
    func run(_ ledger: LedgerOptions, _ home: HomeOptions, _ author: AuthorOption) throws -> Bool {
        if let request {
            try write(request, ledger)
        } else if let response {
            try keep(response, ledger, home, author)
        } else {
            return false
        }
        return true
    }

    private func write(_ path: String, _ ledger: LedgerOptions) throws {
        try OutputGuard.check(path)
        let (note, size, entries) = try LedgerReader(ledger.paths).checkpointToStamp(size: size)
        try TextFile.write(OpenSSL.timeStampRequest(for: note), to: path)
        Console.error("aidledger: a request to stamp the checkpoint of \(grouped(size)) entries")
        if self.size == nil, size < entries {
            Console.error(
                "aidledger: the ledger has \(grouped(entries)) by now; `aidledger checkpoint "
                    + "\(ledger.ledger)` signs a checkpoint of all")
        }
    }

    private func keep(
        _ path: String, _ ledger: LedgerOptions, _ home: HomeOptions, _ author: AuthorOption
    ) throws {
        let response = try TimeStampOptions.response(path)
        let note = try LedgerReader(ledger.paths).checkpoint(stampedBy: response, path)
        if let fault = try trust.verifier()?.fault(of: response, for: note) {
            throw TimeStampRefusal.doesNotHold(path, reason: fault, chain: trust.chain ?? "")
        }
        let kept = try ledger.registrar(home).keep(response, of: note, operator: author.name)
        let size = try Checkpoint(parsing: note.text).size.value
        Console.output(
            "entry \(grouped(kept.seq))\(kept.isNew ? "" : ", there already"): the checkpoint of "
                + "\(grouped(size)) entries existed at \(response.time)")
    }

    private static func response(_ path: String) throws -> TimeStampResponse {
        guard let file = FileHandle(forReadingAtPath: path),
            let bytes = try? file.read(upToCount: TimeStampResponse.byteCountMax + 1)
        else { throw UsageError("\(path): there is no such file, it is empty or cannot be read") }
        do { return try TimeStampResponse(parsing: Array(bytes)) } catch {
            throw TimeStampRefusal.unusable(path, error)
        }
    }
}
