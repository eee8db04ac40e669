internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in place as a ledger, where there is none.",
        discussion: """
            Every file is compared with backup.json while it is copied, and nothing is overwritten. \
            What was recorded after the backup is not in it. A checkpoint kept elsewhere that is of \
            more entries shows how many are missing. If there is one, or the original is still \
            there, do not import into the restored ledger: from then on it would be a fork of the \
            original, and whoever holds the checkpoint would see two histories under one name.
            """)

    @Argument(help: "The folder that `aidledger backup` made.", completion: .directory)
    var folder: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var json: JSONOption

    func run() throws {
        let keys = try ledger.keyRing()
        let folder = BackupFolder(folder)
        let bar = ProgressBar("restoring", isQuiet: json.isWanted)
        defer { bar.finish() }
        let manifest = try LedgerRestore(folder, to: ledger.paths, progress: bar.showBytes).run()
        bar.finish()
        let missing = try LedgerRestore.missingKeys(ledger.paths, keys)
        if json.isWanted {
            var object = manifest.json
            object["folder"] = folder.path
            object["ledger"] = ledger.ledger
            object["missingKeys"] = missing.map { ["use": $0.use, "id": $0.id] }
            Console.output(json: object)
        } else {
            tell(manifest, folder, missing)
        }
    }

    private func tell(
        _ manifest: BackupManifest, _ folder: BackupFolder, _ missing: [(use: String, id: String)]
    ) {
        Console.output(
            """
            Restored \(ledger.ledger) (\(manifest.origin)) from \(folder.path).
              as of      \(manifest.at)
              entries    \(grouped(manifest.size))
              root hash  \(manifest.rootHash)

            """)
        if !missing.isEmpty {
            let list = missing.map { "\($0.use) key \($0.id)" }.joined(separator: ", ")
            Console.output(
                """
                Keys are not part of a backup: put yours into \(ledger.paths.keys), or say --keys DIR.
                  missing    \(list)

                """)
        }
        Console.output(
            """
            Before anything else, compare it with the newest checkpoint that somebody else holds:
              aidledger verify \(ledger.ledger) --checkpoint FILE
            If that is of more than \(grouped(manifest.size)) entries, the others are missing here,
            and importing would make this ledger a fork of the original.
            """)
        Console.output(
            manifest.hasVault
                ? "\nParticulars that were erased after the backup are in the vault again."
                : "\nThe backup has no vault: nothing can be imported or named here.")
    }
}
