internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite

struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "List who looked at whose particulars, when, and why.",
        discussion: """
            Reasons are sealed: they are shown where the vault's keys are at hand; otherwise the \
            commitment to them is.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var check: TableCheckOptions

    @Option(help: "Only what was shown of this person (p:…), under any of the pseudonyms merged.")
    var person: String?

    @OptionGroup var json: JSONOption

    func run() throws {
        let verified =
            check.isWanted
            ? try check.verifiedSize(
                Judging(ledger, home.home()), isQuiet: json.isWanted) : nil
        let reader = try LedgerReader(ledger.paths)
        let accesses = try reader.accesses(to: person)
        _ = TableCheckOptions.covers(verified, try reader.size(), of: ledger.paths)
        let discloser = try discloser()
        for access in accesses {
            let reason = AccessCommand.reason(of: access, discloser)
            if json.isWanted { write(access, reason) } else { tell(access, reason) }
        }
        if !json.isWanted, accesses.isEmpty { Console.output("nobody was shown anything") }
    }

    /// Nil where vault or keys are not there.
    private func discloser() throws -> LedgerDiscloser? {
        try ledger.withVaultAtHand {
            try LedgerDiscloser(
                ledger.paths, keys: try ledger.readableKeyRing(), surroundings: .system)
        }
    }

    /// Nil where it cannot be opened: no keys, or its key was destroyed.
    private static func reason(
        of access: RecordedAccess, _ discloser: LedgerDiscloser?
    ) -> String? {
        let opened = try? discloser?.open(["reason"], of: [access.seq: access.bytes])
        return opened?.first?.disclosure.value
    }

    private func tell(_ access: RecordedAccess, _ reason: String?) {
        let whom = access.person ?? access.entry.map { "entry \($0)" } ?? ""
        let why = reason.map(printable) ?? "(sealed, commitment \(access.reason))"
        let registrar =
            access.registrar == access.revealedTo
            ? "" : " (entered as \(printable(access.registrar)))"
        Console.output(
            "entry \(access.seq): \(access.at)  \(printable(access.revealedTo))\(registrar) was shown "
                + "\(access.fields.map(printable).joined(separator: ", ")) of \(whom)"
                + (access.caseID.map { "  case \(printable($0))" } ?? "") + "  why: \(why)")
    }

    private func write(_ access: RecordedAccess, _ reason: String?) {
        var members: [String: CanonicalValue] = [
            "seq": .integer(access.seq), "at": .string(access.at),
            "by": .string(access.revealedTo), "operator": .string(access.registrar),
            "fields": .array(access.fields.map { .string($0) }),
            "reasonCommitment": .string(access.reason),
        ]
        members["person"] = access.person.map { .string($0) }
        members["entry"] = access.entry.map { .integer($0) }
        members["case"] = access.caseID.map { .string($0) }
        members["reason"] = reason.map { .string($0) }
        Console.output(bytes: CanonicalValue.object(members).canonicalBytes + [UInt8(ascii: "\n")])
    }
}
