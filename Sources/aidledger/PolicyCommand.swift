internal import AidRecords
internal import ArgumentParser
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite
internal import PolicyRules

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "The rulebooks by which benefits are judged.",
        subcommands: [
            List.self, Show.self, Check.self, PolicyExplainCommand.self, PolicyReplayCommand.self,
        ])

    // MARK: list

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the rulebooks that are here; with a ledger, those put in force there.")

        @OptionGroup var home: HomeOptions
        @OptionGroup var json: JSONOption

        @Argument(help: "A ledger's database.", completion: .file())
        var ledger: String?

        func run() throws {
            let home = try home.home()
            let policies = PolicyFolder(home)
            let catalogue = try home.kinds()
            if let ledger { return try list(LedgerPaths(ledger: ledger), catalogue, policies) }
            for file in try policies.files() { say(file, try? file.rulebook(catalogue)) }
        }

        private func say(_ file: PolicyFolder.File, _ rulebook: Rulebook?) {
            guard let rulebook else {
                return Console.error(
                    "aidledger: \(file.path) has a mistake: `aidledger policy check` says which")
            }
            json.say(
                "\(rulebook.name)  \(rulebook.area)  \(rulebook.document)  "
                    + "\(rulebook.title.en) · \(rulebook.title.zh)",
                [
                    "rulebook": rulebook.name, "version": rulebook.version,
                    "area": rulebook.area, "document": rulebook.document,
                    "title": ["zh": rulebook.title.zh, "en": rulebook.title.en],
                    "sha256": file.sha256,
                ])
        }

        private func list(
            _ paths: LedgerPaths, _ catalogue: KindCatalogue, _ policies: PolicyFolder
        ) throws {
            let adopted = try AdoptedRulebook.all(paths, catalogue: catalogue, policies: policies)
            for rulebook in adopted {
                let adoption = rulebook.adoption
                json.say(
                    "\(printable(adoption.rulebook))  \(adoption.area)  from "
                        + "\(adoption.effectiveFrom)  \(adoption.sha256)"
                        + (rulebook.isKept ? "" : "  not here"),
                    [
                        "rulebook": adoption.rulebook, "area": adoption.area,
                        "effectiveFrom": adoption.effectiveFrom.description,
                        "sha256": adoption.sha256, "source": adoption.key.source,
                        "id": adoption.key.id, "kept": rulebook.isKept,
                        "fileSha256": Console.value(rulebook.fileSHA256),
                    ])
            }
            if adopted.isEmpty && !json.isWanted { Console.output("no rulebook was put in force") }
            for note in AdoptedRulebook.notes(adopted) { Console.error("aidledger: \(note)") }
        }
    }

    // MARK: show

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the clauses of a rulebook, with the document's words.")

        @OptionGroup var home: HomeOptions
        @OptionGroup var json: JSONOption
        @OptionGroup var language: LanguageOption

        @Argument(help: "Its name: `aidledger policy list`.")
        var id: String

        func run() throws {
            let home = try home.home()
            let policies = PolicyFolder(home)
            guard let file = try policies.file(named: id) else {
                let known = try policies.names().joined(separator: ", ")
                throw UsageError("there is no rulebook \(id); known are: \(known)")
            }
            let rulebook = try file.rulebook(home.kinds())
            if json.isWanted { return Console.output(json: object(rulebook, file)) }
            Console.output("\(rulebook.document)  \(language.of(rulebook.title))")
            Console.output("\(rulebook.name), version \(rulebook.version), SHA-256 \(file.sha256)")
            for rule in rulebook.rules {
                Console.output("\n\(rule.id)  \(rule.nature.rawValue)  \(language.of(rule.words))")
                Console.output("    「\(rule.quote)」")
            }
        }

        private func object(_ rulebook: Rulebook, _ file: PolicyFolder.File) -> [String: Any] {
            [
                "rulebook": rulebook.name, "version": rulebook.version, "area": rulebook.area,
                "document": rulebook.document, "sha256": file.sha256,
                "issuedOn": Console.value(rulebook.issuedOn?.description),
                "title": ["zh": rulebook.title.zh, "en": rulebook.title.en],
                "rules": rulebook.rules.map { rule in
                    [
                        "rule": rule.id, "nature": rule.nature.rawValue, "quote": rule.quote,
                        "zh": rule.words.zh, "en": rule.words.en,
                    ]
                },
            ]
        }
    }

    // MARK: check

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether a rulebook's file can be judged by, and what is wrong with it.")

        @OptionGroup var home: HomeOptions
        @OptionGroup var json: JSONOption

        @Argument(help: "The file.", completion: .file(extensions: ["yaml"]))
        var file: String

        func run() throws {
            let file = try PolicyFolder.file(at: file)
            let home = try home.home()
            let rulebook = try PolicyFolder(home).checked(file, home.kinds())
            json.say(
                "\(file.path): sound, \(grouped(rulebook.rules.count)) rules; "
                    + "SHA-256 \(file.sha256)",
                [
                    "file": file.path, "rulebook": rulebook.name, "version": rulebook.version,
                    "sha256": file.sha256, "rules": rulebook.rules.count,
                ])
        }
    }
}

/// In which language words are said.
struct LanguageOption: ParsableArguments {
    @Option(
        name: .customLong("lang"), help: "zh-Hans or en.", completion: .list(["zh-Hans", "en"]))
    var name = "zh-Hans"

    func validate() throws {
        guard ["zh-Hans", "en"].contains(name) else {
            throw ValidationError("--lang is zh-Hans or en.")
        }
    }

    var isChinese: Bool { name == "zh-Hans" }

    func of(_ words: Words) -> String { isChinese ? words.zh : words.en }
}
