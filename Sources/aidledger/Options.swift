internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite

/// What every command that touches a ledger can be told.
struct LedgerOptions: ParsableArguments {
    @Argument(help: "The ledger's database.", completion: .file())
    var ledger: String

    @Option(
        name: .customLong("keys"), help: "Where the keys are (default: LEDGER.keys).",
        completion: .directory)
    var keyFolder: String?

    /// Those of a command that parses them itself.
    static func of(_ ledger: String, keys: String?) throws -> LedgerOptions {
        var options = LedgerOptions()
        options.ledger = ledger
        options.keyFolder = keys
        try options.validate()
        return options
    }

    var paths: LedgerPaths { LedgerOptions.paths(of: ledger, keys: keyFolder) }

    /// Vault, keys and lock lie beside the database itself, not beside a link to it.
    static func paths(of ledger: String, keys: String?) -> LedgerPaths {
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: ledger)) != nil
        let path =
            isLink ? URL(fileURLWithPath: ledger).resolvingSymlinksInPath().path : ledger
        return LedgerPaths(ledger: path, keys: keys)
    }

    func validate() throws {
        if ledger.isEmpty { throw ValidationError("The ledger's path is empty.") }
    }

    func keyRing() throws -> KeyRing { try KeyFolder.read(paths.keys) }

    func readableKeyRing() throws -> KeyRing {
        if let keyFolder, !FileManager.default.fileExists(atPath: keyFolder) {
            Console.error(
                "aidledger: --keys \(keyFolder): there is no such folder; what is sealed is compared "
                    + "by its hashes")
        }
        return try paths.readableKeyRing()
    }
}

extension LedgerPaths {
    /// The keys as far as they may be read: checking a ledger needs none of them.
    func readableKeyRing() throws -> KeyRing {
        do { return try KeyFolder.read(keys) } catch StoreError.failed(let path, let message) {
            Console.error(
                "aidledger: \(path): \(message); what is sealed is compared by its hashes")
            return KeyRing()
        }
    }
}

/// The code of an area, as it is given on the command line.
enum AreaOption {
    static func checked(_ code: String) throws -> String {
        guard code.utf8.count == 6, code.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw UsageError("--area needs six digits (GB/T 2260), like 150500")
        }
        return code
    }
}

/// Where kinds, mappings and templates are.
struct HomeOptions: ParsableArguments {
    @Option(
        name: .customLong("home"),
        help: "The folder that holds ledger/ and templates/ (default: AIDLEDGER_HOME, else found).",
        completion: .directory)
    var folder: String?

    func home() throws -> Home {
        let environment = ProcessInfo.processInfo.environment["AIDLEDGER_HOME"]
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        guard let home = try Home.find(folder, environment: environment, program: program) else {
            throw UsageError(
                "the folder with ledger/kinds is not found; say where it is with --home DIR "
                    + "or AIDLEDGER_HOME")
        }
        return home
    }
}

struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON, for programs.")
    var isWanted = false

    /// Says a result for people, or for programs where JSON is wanted.
    func say(_ text: String, _ object: [String: Any]) {
        if isWanted { Console.output(json: object) } else { Console.output(text) }
    }
}

/// Who has an entry made.
struct AuthorOption: ParsableArguments {
    @Option(name: .customLong("operator"), help: "Who does this (default: the user's name).")
    var given: String?

    var name: String { given ?? NSUserName() }
}

extension LedgerOptions {
    /// Who writes entries of the program's own.
    func registrar(_ home: HomeOptions) throws -> LedgerRegistrar {
        try LedgerRegistrar(paths, catalogue: try home.home().kinds(), surroundings: .system)
    }
}
