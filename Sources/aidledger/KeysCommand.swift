internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make keys, put others' keys on the ledger, replace the signing key.",
        subcommands: [New.self, Show.self, Register.self, Rotate.self])
}

extension KeysCommand {
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a signing key, and print its verifier key.",
            discussion: """
                Keys are in the formats of C2SP signed-note, so that other programs can use them. \
                A department signs resolutions with one that is made here (`aidledger resolution`). \
                A ledger's own keys are made by `init` and `keys rotate`, a witness's by \
                `witness init`.
                """)

        @Argument(help: "The key's name, like finance.example.gov.cn.")
        var name: String

        @Option(name: .shortAndLong, help: "Where to write it.", completion: .file())
        var output: String

        @Flag(help: "A key that cosigns others' checkpoints (C2SP tlog-cosignature).")
        var cosigner = false

        func run() throws {
            let key = try SigningKey(
                name: try KeysCommand.name(name), type: cosigner ? .cosignature : .ed25519,
                seed: Surroundings.system.randomBytes(32))
            try KeyFolder.write(key, to: output)
            Console.output(key.verifierKey.formatted)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show verifier keys: of a key file, or of a ledger.",
            discussion: "Of a ledger: the keys that signed for it, and those put on it by others.")

        @Argument(help: "A key file, or a ledger.", completion: .file())
        var path: String

        @OptionGroup var json: JSONOption

        func run() throws {
            guard let start = OutputGuard.beginning(of: path) else {
                throw UsageError("\(path): there is no such file, or it cannot be read")
            }
            if start.starts(with: Array("SQLite format 3\0".utf8)) { return try showLedger() }
            var ring = KeyRing()
            try ring.add(TextFile.read(path) ?? "")
            guard let key = ring.signing.first?.verifierKey else {
                throw UsageError("\(path) is a vault's key, and has no verifier key")
            }
            Console.output(key.formatted)
        }

        private func showLedger() throws {
            let keys = try LedgerReader(LedgerPaths(ledger: path)).keys()
            if json.isWanted { return showJSON(keys) }
            for reign in keys.own.reigns {
                let end = keys.own.end(of: reign.key)
                let until = end.map { "to size \(grouped($0.value - 1))" } ?? "in force"
                Console.output(
                    "signs       \(reign.key)  from size \(grouped(reign.since.value)), \(until)")
            }
            for registered in keys.registered {
                Console.output(
                    "registered  \(registered.key)  \(registered.holder), "
                        + "\(Show.use(of: registered.key)) from \(registered.validFrom) on, "
                        + "entry \(grouped(registered.seq))")
            }
        }

        private func showJSON(_ keys: LedgerReader.Keys) {
            Console.output(json: [
                "signs": keys.own.reigns.map {
                    ["vkey": $0.key.formatted, "fromSize": $0.since.value] as [String: Any]
                },
                "registered": keys.registered.map {
                    [
                        "vkey": $0.key.formatted, "holder": $0.holder, "seq": $0.seq,
                        "validFrom": $0.validFrom.description,
                    ] as [String: Any]
                },
            ])
        }

        private static func use(of key: VerifierKey) -> String {
            key.type == .cosignature ? "cosigns checkpoints" : "signs resolutions"
        }
    }

    struct Register: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a department's key on the ledger, so that its signatures count.",
            discussion: """
                A key of `witness init` cosigns checkpoints; one of `keys new` signs resolutions \
                of the coordination mechanism. Compare the key with its holder by another way \
                first, as by telephone.
                """)

        @OptionGroup var ledger: LedgerOptions
        @OptionGroup var home: HomeOptions
        @OptionGroup var author: AuthorOption
        @OptionGroup var json: JSONOption

        @Option(help: "The department that holds the key, like finance.")
        var holder: String

        @Option(help: "Its verifier key: itself, or a file.", completion: .file())
        var vkey: String

        @Option(help: "From when on it is valid, YYYY-MM-DD (default: today).")
        var validFrom: String?

        func run() throws {
            let date = try validFrom.map { text in
                guard let date = CivilDate(text) else {
                    throw UsageError("--valid-from \(text) is no date like 2026-01-31")
                }
                return date
            }
            let key = try ProofInput.verifierKey(vkey)
            let seq = try ledger.registrar(home).register(
                key, holder: holder, validFrom: date, operator: author.name)
            json.say(
                "entry \(grouped(seq)): the key of \(key.name) is that of \(holder)",
                ["seq": seq, "vkey": key.formatted])
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the ledger's signing key by a new one.",
            discussion: """
                The new key is written into the folder of keys. The entry is signed by both keys, \
                and so whoever trusts the old one can follow; the next checkpoint is signed by \
                the new one. If the old key has been stolen, give the new verifier key to all by \
                another way as well: who stole it could have replaced it too.
                """)

        @OptionGroup var ledger: LedgerOptions
        @OptionGroup var home: HomeOptions
        @OptionGroup var author: AuthorOption
        @OptionGroup var json: JSONOption

        func run() throws {
            let registrar = try ledger.registrar(home)
            let ring = try ledger.keyRing()
            let old = try ring.signing(
                LedgerReader(ledger.paths).identity.keys.current, ledger.paths)
            let new = try SigningKey(name: old.name, seed: Surroundings.system.randomBytes(32))
            let file = try KeyFolder.add(new, to: ledger.paths.keys)
            let seq = try registrar.rotate(
                to: new, signedWith: { try ring.signing($0, ledger.paths) },
                operator: author.name)
            try KeyFolder.publish(new.verifierKey, ledger.paths)
            _ = try LedgerSigner(ledger.paths).sign(with: ledger.keyRing())
            json.say(
                """
                entry \(grouped(seq)): the ledger's key is now
                  verifier key  \(new.verifierKey.formatted)
                                also in \(ledger.paths.verifierKey); give it to everyone who checks the ledger
                  signing key   \(file); the old one signs no more
                """, ["seq": seq, "vkey": new.verifierKey.formatted, "key": file])
        }
    }

    static func name(_ text: String) throws -> KeyName {
        do { return try KeyName(text) } catch {
            throw UsageError(
                "\"\(text)\" cannot be a key's name: it must not be empty or contain spaces, '+' "
                    + "or control characters")
        }
    }
}
