internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a ledger, its vault and its keys.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Option(help: "The ledger's name for all time, like aid.example.gov.cn/150500.")
    var origin: String

    @Option(help: "GB/T 2260 code of the area (default: the six digits that end the origin).")
    var area: String?

    @Option(help: "Who makes it (default: the user's name).")
    var `operator`: String?

    func run() throws {
        do { _ = try KeyName(origin) } catch {
            throw UsageError(
                "--origin cannot be \"\(origin)\": it must not be empty or contain spaces, '+' or "
                    + "control characters"
            )
        }
        let plan = LedgerFounding.Plan(
            origin: origin, area: try areaCode(), operator: `operator` ?? NSUserName())
        let key = try LedgerFounding.make(
            ledger.paths, plan, catalogue: try home.home().kinds(), surroundings: .system)
        if json.isWanted {
            Console.output(json: [
                "ledger": ledger.ledger, "origin": origin, "vkey": key.formatted,
                "keys": ledger.paths.keys,
            ])
            return
        }
        Console.output(
            """
            Made the ledger \(ledger.ledger) (\(origin)).
              verifier key  \(key.formatted)
                            also in \(ledger.paths.verifierKey); give it to everyone who is to check the ledger
              vault         \(ledger.paths.vault): names and numbers, sealed
              keys          \(ledger.paths.keys)/

            Move the keys to another medium now and back them up (then say --keys DIR):
            whoever holds the ledger and its signing key can rewrite the whole of it,
            and without vault.key and index.key no name can ever be shown again.
            """)
    }

    private func areaCode() throws -> String {
        try AreaOption.checked(area ?? String(origin.suffix(6)))
    }
}
