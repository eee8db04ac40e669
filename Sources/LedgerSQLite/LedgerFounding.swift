package import AidRecords
internal import Foundation
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// Makes a ledger: its keys, its vault, its database with entry 0.
package enum LedgerFounding {
    package struct Plan: Sendable {
        /// Like `aid.example.gov.cn/150500`.
        package let origin: String
        package let area: String
        package let `operator`: String

        package init(origin: String, area: String, operator: String) {
            self.origin = origin
            self.area = area
            self.operator = `operator`
        }
    }

    /// - Throws: `StoreError`; then what was begun is removed again, and nothing that stood there
    ///   before has been touched.
    package static func make(
        _ paths: LedgerPaths, _ plan: Plan, catalogue: KindCatalogue, surroundings: Surroundings
    ) throws -> VerifierKey {
        for path in [paths.ledger, paths.vault, paths.verifierKey, "\(paths.ledger).keys"]
        where try FileSystem.exists(path) {
            throw StoreError.alreadyExists(path)
        }
        let signing = try SigningKey(
            name: KeyName(plan.origin), seed: surroundings.randomBytes(32))
        let vaultKeys = VaultKey.Use.allCases.map {
            VaultKey(use: $0, bytes: surroundings.randomBytes(32))
        }
        let hadKeyFolder = try FileSystem.exists(paths.keys)
        do {
            try KeyFolder.write(signing, vaultKeys, to: paths.keys)
            try VaultStore.make(paths, vaultKeys)
            try makeLedger(paths, plan, signing.verifierKey, catalogue, surroundings)
            try KeyFolder.publish(signing.verifierKey, paths)
        } catch StoreError.alreadyExists(let path) {
            throw StoreError.alreadyExists(path)
        } catch {
            remove(paths, withKeyFolder: !hadKeyFolder)
            throw error
        }
        return signing.verifierKey
    }

    /// Takes away what was begun. A key is of no use without what it was made for.
    private static func remove(_ paths: LedgerPaths, withKeyFolder: Bool) {
        for path in [paths.ledger, paths.vault] {
            for suffix in ["", "-wal", "-shm", "-journal"] { FileSystem.remove(path + suffix) }
        }
        FileSystem.remove(paths.verifierKey)
        guard withKeyFolder else { return }
        for name in (try? FileSystem.names(in: paths.keys)) ?? [] {
            FileSystem.remove("\(paths.keys)/\(name)")
        }
        FileSystem.removeFolder(paths.keys)
    }

    private static func makeLedger(
        _ paths: LedgerPaths, _ plan: Plan, _ verifierKey: VerifierKey,
        _ catalogue: KindCatalogue, _ surroundings: Surroundings
    ) throws {
        guard let kind = catalogue.kind("ledger.created") else {
            throw VaultFault.undeclared("ledger.created")
        }
        let entry = ProgramEntry(
            kind: kind, area: plan.area, occurredOn: surroundings.today, operator: plan.operator,
            body: .object([
                "origin": .string(plan.origin),
                "nonce": .string(Hex.encode(surroundings.randomBytes(32))),
                "profile": .string("sha256-ed25519"),
                "vkey": .string(verifierKey.formatted),
                "timeZone": .string("Asia/Shanghai"),
            ]))
        let ddl = (LedgerSchema.chain + LedgerSchema.readModel(catalogue)).map(\.sql)
        let queue = try Connection.make(paths.ledger, .ledger, ddl)
        try StoreError.translated(paths.ledger) {
            try queue.write { database in
                let chain = try ChainAppender(database)
                let queue = AppendQueue(
                    chain, try ReadModelWriter(database, catalogue), surroundings)
                queue.add(PreparedRecord(entry, seq: 0))
                try queue.flush()
                try chain.finish()
            }
            try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try queue.close()
        }
    }
}
