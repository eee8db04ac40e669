internal import AidRecords
internal import Crypto
internal import GRDB
internal import LedgerCore

/// Checks what entries name of the vault: sealed bytes against their hashes and, with the keys,
/// particulars against commitments and the index against the particulars.
final class VaultAudit {
    /// What was counted while entries were checked.
    struct Counts {
        /// Rows of `sealed` that entries name.
        var rowsNamed: Int64 = 0
        /// Those of which whose keys were destroyed, as the ledger says.
        var erased: Int64 = 0

        static func + (first: Counts, second: Counts) -> Counts {
            Counts(
                rowsNamed: first.rowsNamed + second.rowsNamed, erased: first.erased + second.erased)
        }
    }

    let vault: VaultStore
    let database: Database
    let ledger: Database
    private let origin: String
    private let report: (LedgerProblem) -> Void
    private var tape = JSONTape()
    private(set) var counts = Counts()

    init(
        _ vault: VaultStore, _ database: Database, ledger: Database, origin: String,
        report: @escaping (LedgerProblem) -> Void
    ) {
        self.vault = vault
        self.database = database
        self.ledger = ledger
        self.origin = origin
        self.report = report
    }

    /// What an entry's body says, taken apart.
    private struct Body {
        let tape: JSONTape
        let text: UnsafeBufferPointer<UInt8>

        /// The text at a path like `departments/0/signatory`.
        func text(at path: String) -> String? {
            let node = path.split(separator: "/").reduce(0 as Int?) { node, step in
                guard let node else { return nil }
                return tape.member(String(step), of: node, in: text)
                    ?? Int(step).flatMap { tape.element($0, of: node) }
            }
            guard let node, tape.nodes[node].kind == .string else { return nil }
            return tape.string(node, in: text)
        }

        func integer(_ name: String) -> Int? {
            guard let node = tape.member(name, of: 0, in: text), tape.nodes[node].kind == .integer
            else { return nil }
            return Int(tape.nodes[node].value)
        }

        func texts(_ name: String) -> [String: String]? {
            tape.member(name, of: 0, in: text).flatMap { tape.texts($0, in: text) }
        }
    }

    /// Looks at an entry that names something sealed.
    func check(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        guard let kind = entry.kind else { return }
        let isRegistration = kind.name == "person.registered"
        guard isRegistration || kind.recordedBody !== kind.body else { return }
        let text = UnsafeBufferPointer(rebasing: bytes[entry.body])
        do { try tape.parse(text) } catch { return }
        let body = Body(tape: tape, text: text)
        guard let digest = body.text(at: "sealed") else { return }
        if isRegistration {
            try checkRegistration(body, digest, entry.seq)
        } else {
            let pseudonym = VaultCipher.pseudonym(
                origin: origin, source: entry.source(in: bytes), id: entry.id(in: bytes))
            try checkTexts(body, digest, pseudonym, entry.seq)
        }
    }

    private func checkRegistration(_ body: Body, _ digest: String, _ seq: Int64) throws {
        guard let pseudonym = body.text(at: "person"), let version = body.integer("version"),
            let (members, key) = try open(pseudonym, version, digest, seq)
        else { return }
        try checkSamePerson(members, key, pseudonym, version, seq)
        let commitments = body.texts("commitments") ?? [:]
        compare(members, with: { commitments[$0] }, key, version, seq)
        try checkIndex(members["idType"] ?? "", members["idNumber"] ?? "", pseudonym, seq)
        for field in ["phone", "address", "household"] {
            guard let value = members[field] else { continue }
            try checkIndex(field, value, body.text(at: field) ?? "", seq)
        }
    }

    /// A person keeps the number by which the person was first seen: a version with another one
    /// means that the index led two persons to one pseudonym.
    private func checkSamePerson(
        _ members: [String: String], _ key: SymmetricKey, _ pseudonym: String, _ version: Int,
        _ seq: Int64
    ) throws {
        guard version > 1, let cipher = vault.cipher,
            let bytes = try vault.sealed(database, pseudonym, version: version - 1),
            let before = try? cipher.open(bytes, under: key, of: pseudonym, version: version - 1)
        else { return }
        for field in ["idType", "idNumber"] where members[field] != before[field] {
            report(
                .init(
                    .vault, seq: seq,
                    "\(pseudonym) has another \(field) than before: two persons under one pseudonym"
                ))
        }
    }

    /// A person's key may be destroyed; then the ledger says so. Without that, whoever could
    /// write to the vault has hidden something.
    /// - Returns: whether it does.
    func isErased(_ pseudonym: String, _ seq: Int64?) throws -> Bool {
        let isErased = try Row.fetchOne(
            ledger,
            sql: """
                SELECT 1 FROM person_erased WHERE person = (
                  SELECT seq FROM subject WHERE ledger = 1 AND pseudonym = ?)
                """, arguments: [pseudonym])
        if isErased == nil {
            report(
                .init(
                    .vault, seq: seq,
                    "the data key of \(pseudonym) is gone, and no person.erased says why"))
        }
        return isErased != nil
    }

    private func checkTexts(
        _ body: Body, _ digest: String, _ pseudonym: String, _ seq: Int64
    ) throws {
        guard let (members, key) = try open(pseudonym, 1, digest, seq) else { return }
        compare(members, with: body.text(at:), key, 1, seq)
    }

    /// Checks the sealed bytes and, where the keys are at hand, opens them.
    private func open(
        _ pseudonym: String, _ version: Int, _ digest: String, _ seq: Int64
    ) throws -> (members: [String: String], key: SymmetricKey)? {
        guard let sealed = try vault.sealed(database, pseudonym, version: version) else {
            report(.init(.vault, seq: seq, "the vault lacks what it sealed (\(pseudonym))"))
            return nil
        }
        counts.rowsNamed += 1
        guard VaultCipher.digest(sealed) == digest else {
            report(.init(.vault, seq: seq, "sealed bytes in the vault altered (\(pseudonym))"))
            return nil
        }
        guard let cipher = vault.cipher else { return nil }
        guard let wrapped = try vault.wrappedKey(database, pseudonym) else {
            if try isErased(pseudonym, seq) { counts.erased += 1 }
            return nil
        }
        do {
            let key = try cipher.unwrap(wrapped, of: pseudonym)
            let members = try cipher.open(sealed, under: key, of: pseudonym, version: version)
            return (members, key)
        } catch {
            report(.init(.vault, seq: seq, "the data key in the vault does not open \(pseudonym)"))
            return nil
        }
    }

    private func compare(
        _ members: [String: String], with commitment: (_ field: String) -> String?,
        _ key: SymmetricKey, _ version: Int, _ seq: Int64
    ) {
        for (field, value) in members.sorted(by: { $0.key < $1.key }) {
            let expected = VaultCipher.commitment(field, value, under: key, version: version)
            if commitment(field) != expected {
                report(
                    .init(
                        .vault, seq: seq,
                        "what the vault holds of \(field) is not what was committed to"))
            }
        }
    }

    private func checkIndex(
        _ type: String, _ value: String, _ pseudonym: String, _ seq: Int64
    ) throws {
        guard let cipher = vault.cipher else { return }
        let found = try vault.pseudonym(database, tag: cipher.tag(type: type, value: value))
        if found != pseudonym {
            report(
                .init(
                    .vault, seq: seq,
                    "the vault's index of \(type) does not lead to \(pseudonym)"
                        + (found.map { " but to \($0)" } ?? "")))
        }
    }
}
