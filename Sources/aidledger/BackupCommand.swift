internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy a ledger and its vault into a new folder.",
        discussion: """
            Others may read and write meanwhile; the backup is of one moment. The keys are left \
            out: back them up apart from it. A backup of the vault still holds what is erased \
            later, so keep it only as long as your rules on erasure allow. `aidledger restore` \
            puts a backup in place; `aidledger verify DIR/ledger` checks it in full.
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var json: JSONOption

    @Argument(help: "The folder to make; an empty one is used as it is.", completion: .directory)
    var folder: String

    @Flag(help: "Leave the vault out, as for an auditor, who needs no names.")
    var noVault = false

    func validate() throws {
        if folder.isEmpty { throw ValidationError("The folder's path is empty.") }
    }

    func run() throws {
        let start = ContinuousClock.now
        let folder = BackupFolder(folder)
        let bar = ProgressBar("backing up", isQuiet: json.isWanted)
        defer { bar.finish() }
        let backup = LedgerBackup(
            ledger.paths, to: folder, withVault: !noVault, program: Program.version,
            surroundings: .system, progress: bar.showBytes)
        let manifest = try backup.run()
        bar.finish()
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        if json.isWanted {
            Console.output(
                json: manifest.json.merging([
                    "folder": folder.path, "ledger": ledger.ledger,
                    "milliseconds": Int(milliseconds),
                ]) { old, _ in old })
        } else {
            tell(manifest, folder, tenths: Int(milliseconds) / 100)
        }
    }

    private func tell(_ manifest: BackupManifest, _ folder: BackupFolder, tenths: Int) {
        Console.output(
            """
            Backed up \(ledger.ledger) (\(manifest.origin)) to \(folder.path).
              entries    \(grouped(manifest.size))
              root hash  \(manifest.rootHash)
              written    \(grouped(manifest.bytes)) bytes in \(tenths / 10).\(tenths % 10) s

            The keys are not in it: back them up apart from it, on another medium. Without vault.key
            and index.key nobody can ever be named from it.
            """)
        Console.output(
            manifest.hasVault
                ? """
                It holds the vault, also of persons who are erased later: keep it only as long as your
                rules on erasure allow.
                """
                : "It has no vault: from it nothing can be imported, and nobody named.")
    }
}

extension BackupManifest {
    /// For programs.
    var json: [String: Any] {
        [
            "at": at, "origin": origin, "size": size, "rootHash": rootHash, "bytes": bytes,
            "vault": hasVault,
            "files": files.mapValues {
                ["bytes": $0.bytes, "sha256": $0.sha256] as [String: Any]
            },
        ]
    }
}

extension ProgressBar {
    func showBytes(_ done: Int64, of total: Int64) {
        show(done, of: total, count: Int(done >> 20), unit: "MiB")
    }
}
