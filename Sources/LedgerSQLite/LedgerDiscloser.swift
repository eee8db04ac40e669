internal import AidRecords
internal import Crypto
package import Evidence
internal import Foundation
internal import GRDB
package import LedgerCore
internal import TransparencyLog

/// Opens chosen sealed fields of entries, so that others can compare them with the commitments that
/// stand in the ledger. Whoever does this must first put it on the ledger: `access.revealed`.
package final class LedgerDiscloser {
    private let reader: LedgerReader
    private let vault: VaultStore
    private let cipher: VaultCipher

    /// Why a field cannot be shown.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case nowhere(String)
        case noCommitment(String)
        case notKnown(person: String, particular: String)
        case erased(String)
        case damaged(String)

        package var description: String {
            switch self {
            case .nowhere(let field):
                "none of these entries has a sealed field \(field): say the path of a sealed text, "
                    + "like summary, or a person's path and a particular, like person.name"
            case .noCommitment(let path):
                "\(path) is an account, phone, address or household: no commitment stands on the "
                    + "ledger that could confirm it (a person's phone is person.phone)"
            case .notKnown(let person, let particular):
                "no \(particular) was known of \(person) when the entry was recorded"
            case .erased(let pseudonym):
                "the key of \(pseudonym) was destroyed: it cannot be shown any more"
            case .damaged(let pseudonym):
                "what the vault holds of \(pseudonym) is not what the ledger commits itself to; "
                    + "`aidledger verify` says more"
            }
        }
    }

    /// What is opened, and of whom or what.
    package struct Opened: Sendable {
        package let disclosure: Disclosure
        /// The pseudonym of the person; nil for a text of an entry.
        package let person: String?
    }

    /// - Throws: `StoreError`; both of the vault's keys are needed.
    package init(_ paths: LedgerPaths, keys: KeyRing, surroundings: Surroundings) throws {
        reader = try LedgerReader(paths)
        vault = try VaultStore.openForReading(paths, keys, surroundings)
        guard let cipher = vault.cipher else {
            throw StoreError.missingKey(use: "vault", id: "", folder: paths.keys)
        }
        self.cipher = cipher
    }

    /// Opens fields of entries.
    /// - Parameter fields: each is the path of a sealed text (`summary`), or the path of a person
    ///   and the name of a particular (`person.name`).
    /// - Throws: `Refusal`, `StoreError`.
    package func open(_ fields: [String], of entries: [Int64: [UInt8]]) throws -> [Opened] {
        try reader.read { ledger in
            try vault.queue.read { vaultDatabase in
                try fields.flatMap { field in
                    let opened = try entries.sorted { $0.key < $1.key }.compactMap {
                        try open(field, seq: $0.key, $0.value, ledger, vaultDatabase)
                    }
                    guard !opened.isEmpty else { throw Refusal.nowhere(field) }
                    return opened
                }
            }
        }
    }

    private func open(
        _ field: String, seq: Int64, _ entry: [UInt8], _ ledger: Database, _ vault: Database
    ) throws -> Opened? {
        if let dot = field.lastIndex(of: ".") {
            let path = String(field[..<dot])
            guard let pseudonym = Disclosure.text(at: path, ofBody: entry) else { return nil }
            guard pseudonym.hasPrefix("p:") else { throw Refusal.noCommitment(path) }
            return try particular(
                String(field[field.index(after: dot)...]), of: pseudonym, asOf: seq, ledger, vault)
        }
        // A registration's commitments are to a person's particulars, not to texts.
        guard Disclosure.text(at: "sealed", ofBody: entry) != nil, !field.contains("commitments/"),
            let commitment = Disclosure.text(at: field, ofBody: entry)
        else { return nil }
        return try text(field, commitment, seq: seq, ledger, vault)
    }

    /// A text that is sealed under its entry.
    private func text(
        _ field: String, _ commitment: String, seq: Int64, _ ledger: Database, _ vault: Database
    ) throws -> Opened? {
        let row = try Row.fetchOne(
            ledger, sql: "SELECT source, id FROM entry WHERE seq = ?", arguments: [seq])
        guard let row else { return nil }
        let pseudonym = VaultCipher.pseudonym(
            origin: reader.identity.origin, source: row["source"], id: row["id"])
        let opened = try unsealed(pseudonym, version: 1, vault)
        guard let value = opened.members[field] else { return nil }
        let disclosure = Disclosure(
            seq: seq, path: field, field: field,
            salt: VaultCipher.saltText(field, under: opened.key, version: 1), value: value)
        guard disclosure.commitment == commitment else { throw Refusal.damaged(pseudonym) }
        return Opened(disclosure: disclosure, person: nil)
    }

    /// A particular of a person, as it was registered when the entry was recorded.
    private func particular(
        _ name: String, of pseudonym: String, asOf seq: Int64, _ ledger: Database,
        _ vault: Database
    ) throws -> Opened? {
        let row = try Row.fetchOne(
            ledger,
            sql: """
                SELECT registered.seq, registered.version, entry.bytes
                FROM person_registered AS registered
                JOIN subject ON subject.ledger = registered.ledger
                  AND subject.seq = registered.person
                JOIN entry ON entry.ledger = registered.ledger AND entry.seq = registered.seq
                WHERE subject.ledger = 1 AND subject.pseudonym = ? AND registered.seq <= ?
                ORDER BY registered.seq DESC LIMIT 1
                """, arguments: [pseudonym, seq])
        guard let row else { throw Refusal.notKnown(person: pseudonym, particular: name) }
        let version: Int = row["version"]
        let opened = try unsealed(pseudonym, version: version, vault)
        let disclosure = Disclosure(
            seq: row["seq"], path: "commitments/\(name)", field: name,
            salt: VaultCipher.saltText(name, under: opened.key, version: version),
            value: opened.members[name] ?? "")
        guard opened.members[name] != nil else {
            throw Refusal.notKnown(person: pseudonym, particular: name)
        }
        guard disclosure.isConfirmed(by: Array(row["bytes"] as Data)) else {
            throw Refusal.damaged(pseudonym)
        }
        return Opened(disclosure: disclosure, person: pseudonym)
    }

    private func unsealed(
        _ pseudonym: String, version: Int, _ database: Database
    ) throws -> (key: SymmetricKey, members: [String: String]) {
        guard let wrapped = try vault.wrappedKey(database, pseudonym) else {
            throw Refusal.erased(pseudonym)
        }
        guard let sealed = try vault.sealed(database, pseudonym, version: version) else {
            throw Refusal.damaged(pseudonym)
        }
        do {
            let key = try cipher.unwrap(wrapped, of: pseudonym)
            return (key, try cipher.open(sealed, under: key, of: pseudonym, version: version))
        } catch { throw Refusal.damaged(pseudonym) }
    }
}
