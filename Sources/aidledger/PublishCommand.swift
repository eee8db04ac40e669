internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Write checkpoint, tiles and entries into a folder that others can audit.",
        discussion: """
            The folder holds every entry up to the newest checkpoint (C2SP tlog-tiles); the next \
            publication into it writes only what is new. `aidledger verify DIR --vkey VKEY` audits \
            it without any database. Entries are pseudonymous health data: for auditors under duty, \
            never for the open web. New folders and files can be read by owner and group at most \
            (0750 and 0640, less what the umask takes).
            """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var json: JSONOption

    @Argument(
        help: "The folder: a new or an empty one, or one that this ledger was published to.",
        completion: .directory)
    var folder: String

    func validate() throws {
        if folder.isEmpty { throw ValidationError("The folder's path is empty.") }
    }

    func run() throws {
        let start = ContinuousClock.now
        let folder = PublishedFolder(folder)
        let bar = ProgressBar("publishing", isQuiet: json.isWanted)
        defer { bar.finish() }
        let publication = try LedgerPublisher.publish(LedgerReader(ledger.paths), to: folder) {
            bar.show($0, of: $1, count: Int($0), unit: "entries")
        }
        bar.finish()
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        if json.isWanted {
            Console.output(json: object(publication, folder, milliseconds))
        } else {
            tell(publication, folder, tenths: milliseconds / 100)
        }
    }

    private func tell(
        _ publication: LedgerPublisher.Publication, _ folder: PublishedFolder, tenths: Int
    ) {
        let checkpoint = publication.checkpoint
        let size = checkpoint.size.value
        let cosigned =
            switch publication.cosignatures {
            case 0: "not cosigned"
            case 1: "cosigned once"
            default: "cosigned \(publication.cosignatures) times"
            }
        Console.output(
            """
            Published \(ledger.ledger) (\(checkpoint.origin)) to \(folder.path).
              entries     \(grouped(size)), of which \(grouped(size - publication.before)) are new
              root hash   \(checkpoint.rootHash.hex)
              checkpoint  signed by the ledger, \(cosigned)
              written     \(grouped(publication.files)) files of \
            \(grouped(publication.bytes)) bytes in \(tenths / 10).\(tenths % 10) s
            """)
        if publication.leftOut > 0 {
            Console.output(
                "The last \(grouped(publication.leftOut)) entries are left out, since no checkpoint "
                    + "covers them yet: `aidledger checkpoint \(ledger.ledger)` signs one.")
        }
        if publication.before == 0 {
            Console.output(
                """

                Entries are people's health data under pseudonyms: the folder is for auditors under
                duty, never for the open web. They audit it with the key that you give them:
                  aidledger verify \(folder.path) --vkey VKEY
                """)
        }
    }

    private func object(
        _ publication: LedgerPublisher.Publication, _ folder: PublishedFolder, _ milliseconds: Int
    ) -> [String: Any] {
        [
            "ledger": ledger.ledger, "folder": folder.path,
            "origin": "\(publication.checkpoint.origin)",
            "size": publication.checkpoint.size.value,
            "rootHash": publication.checkpoint.rootHash.hex,
            "cosignatures": publication.cosignatures, "sizeBefore": publication.before,
            "entriesLeftOut": publication.leftOut, "files": publication.files,
            "bytes": publication.bytes,
            "milliseconds": milliseconds,
        ]
    }
}
