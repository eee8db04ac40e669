internal import AidRecords
internal import Crypto
internal import GRDB
internal import LedgerCore

/// Gives records the pseudonyms and commitments that they lack, and keeps the vault.
///
/// Used within one transaction of the vault; when that is rolled back, `forget` must follow.
final class Sealer {
    private let vault: VaultStore
    private let cipher: VaultCipher
    private let origin: String
    private let catalogue: KindCatalogue
    /// By all that is stated of a person.
    private var statements = TwoGenerationCache<Fingerprint, KnownStatement>(
        generationSize: 98_000)
    /// By type and value of an identity.
    private var pseudonyms = TwoGenerationCache<Fingerprint, PseudonymKey>(generationSize: 49_000)
    /// The versions of the persons of whom something new was stated.
    private var renewed: [PseudonymKey: Int32] = [:]

    /// What the index looks up, before it is hashed: known ones need no hash.
    private struct Identity {
        let type: String
        let value: String

        var fingerprint: Fingerprint { Fingerprint([type, value]) }
    }

    /// A statement that says nothing new of a person whom this ledger has registered.
    private struct KnownStatement {
        let pseudonym: PseudonymKey
        /// Of the particulars that it was compared with.
        let version: Int32
    }

    /// An entry that a version of a person's particulars asks for.
    private struct Registration {
        let person: String
        let version: Int
        let entry: ProgramEntry
    }

    /// What is known of a person at this point.
    private struct Person {
        let pseudonym: String
        let key: SymmetricKey
        var version: Int
        var particulars: Particulars
        /// SHA-256 of the sealed particulars.
        var digest: String
        /// The version that this ledger has registered last; nil where it has none.
        let registered: Int?
    }

    init(_ vault: VaultStore, _ cipher: VaultCipher, origin: String, _ catalogue: KindCatalogue) {
        self.vault = vault
        self.cipher = cipher
        self.origin = origin
        self.catalogue = catalogue
    }

    func forget() {
        statements.removeAll()
        pseudonyms.removeAll()
        renewed = [:]
    }

    // MARK: Sealing a new record

    /// Fills the gaps of a record.
    /// - Parameter registeredVersion: the version of a person that the ledger has registered last.
    /// - Returns: the registrations that must stand before it.
    func seal(
        _ record: inout PreparedRecord, _ database: Database,
        registeredVersion: (_ pseudonym: String) throws -> Int?
    ) throws -> [ProgramEntry] {
        var registrations: [Registration] = []
        let texts = try sealTexts(record, database)
        for (offset, gap) in record.gaps {
            switch gap {
            case .person(let index):
                let stated = record.persons[index]
                let (pseudonym, registration) = try person(stated, in: record, database) { person in
                    // A record may name a person twice, before any of it is stored.
                    let ahead = registrations.last { $0.person == person }
                    return try ahead?.version ?? registeredVersion(person)
                }
                registrations += registration.map { [$0] } ?? []
                record.fill(offset, with: pseudonym)
            case .account(let index):
                let pseudonym = try account(record.accounts[index], database)
                record.fill(offset, with: pseudonym)
            case .commitment(let index):
                record.fill(offset, with: texts?.commitments[index] ?? "")
            case .sealedDigest: record.fill(offset, with: texts?.digest ?? "")
            }
        }
        return registrations.map(\.entry)
    }

    private func sealTexts(
        _ record: PreparedRecord, _ database: Database
    ) throws -> (commitments: [String], digest: String)? {
        guard !record.texts.isEmpty else { return nil }
        let pseudonym = VaultCipher.pseudonym(
            origin: origin, source: record.source, id: record.id)
        let key = cipher.newDataKey()
        let bytes = try cipher.seal(
            record.texts.map { ($0.field, $0.value) }, under: key, of: pseudonym, version: 1)
        try vault.put(database, wrappedKey: cipher.wrap(key, of: pseudonym), pseudonym)
        try vault.put(database, sealed: .init(version: 1, bytes: bytes), pseudonym)
        return (commitments(record.texts, under: key), VaultCipher.digest(bytes))
    }

    private func commitments(
        _ texts: [PreparedRecord.SealedText], under key: SymmetricKey
    ) -> [String] {
        texts.map { VaultCipher.commitment($0.field, $0.value, under: key, version: 1) }
    }

    private func account(_ number: String, _ database: Database) throws -> String {
        let identity = Identity(type: "account", value: number)
        return try pseudonym(.account, identity, database) { pseudonym in
            let key = cipher.newDataKey()
            let bytes = try cipher.seal(
                [("account", number)], under: key, of: pseudonym, version: 1)
            try vault.put(database, wrappedKey: cipher.wrap(key, of: pseudonym), pseudonym)
            try vault.put(database, sealed: .init(version: 1, bytes: bytes), pseudonym)
        }
    }

    /// The pseudonym that the index has of an identity; `whenNew` is called where it had none.
    private func pseudonym(
        _ subject: SubjectClass, _ identity: Identity, _ database: Database,
        whenNew: (String) throws -> Void = { _ in }
    ) throws -> String {
        let fingerprint = identity.fingerprint
        if let known = pseudonyms[fingerprint] { return known.text }
        let tag = tag(identity)
        if let known = try vault.pseudonym(database, tag: tag) {
            pseudonyms[fingerprint] = PseudonymKey(known)
            return known
        }
        let new = cipher.newPseudonym(subject)
        try vault.addIdentity(database, tag: tag, pseudonym: new)
        try whenNew(new)
        pseudonyms[fingerprint] = PseudonymKey(new)
        return new
    }

    private func tag(_ identity: Identity) -> [UInt8] {
        cipher.tag(type: identity.type, value: identity.value)
    }

    // MARK: Persons

    private func person(
        _ stated: Particulars, in record: PreparedRecord, _ database: Database,
        _ registeredVersion: (String) throws -> Int?
    ) throws -> (pseudonym: String, registration: Registration?) {
        let statement = Fingerprint(stated.values)
        if let known = statements[statement], isInForce(known) {
            return (known.pseudonym.text, nil)
        }
        let identity = identity(stated)
        var person =
            try known(identity, database, registeredVersion)
            ?? newPerson(identity, stated, database)
        if !stated.isContained(in: person.particulars) {
            person.version += 1
            person.particulars = stated.completed(by: person.particulars)
            person.digest = try putParticulars(person, database)
            renew(person)
        }
        statements[statement] = KnownStatement(
            pseudonym: PseudonymKey(person.pseudonym), version: Int32(person.version))
        guard person.registered != person.version else { return (person.pseudonym, nil) }
        let entry = try registration(person, for: record, database)
        return (
            person.pseudonym,
            Registration(person: person.pseudonym, version: person.version, entry: entry)
        )
    }

    private func isInForce(_ known: KnownStatement) -> Bool {
        renewed[known.pseudonym].map { $0 == known.version } ?? true
    }

    /// Statements that were compared with an older version must be compared again.
    private func renew(_ person: Person) {
        if renewed.count >= Sealer.renewedMax { forget() }
        renewed[PseudonymKey(person.pseudonym)] = Int32(person.version)
    }

    private static let renewedMax = 98_000

    private func identity(_ particulars: Particulars) -> Identity {
        Identity(type: particulars["idType"] ?? "", value: particulars["idNumber"] ?? "")
    }

    private func known(
        _ identity: Identity, _ database: Database,
        _ registeredVersion: (String) throws -> Int?
    ) throws -> Person? {
        guard let pseudonym = try vault.pseudonym(database, tag: tag(identity))
        else { return nil }
        guard let wrapped = try vault.wrappedKey(database, pseudonym),
            let sealed = try vault.newest(database, pseudonym)
        else { throw VaultFault.incomplete(pseudonym) }
        let key = try cipher.unwrap(wrapped, of: pseudonym)
        let members = try cipher.open(
            sealed.bytes, under: key, of: pseudonym, version: sealed.version)
        return Person(
            pseudonym: pseudonym, key: key, version: sealed.version,
            particulars: Particulars(shape: catalogue.person, members: members),
            digest: VaultCipher.digest(sealed.bytes),
            registered: try registeredVersion(pseudonym))
    }

    private func newPerson(
        _ identity: Identity, _ stated: Particulars, _ database: Database
    ) throws -> Person {
        let pseudonym = cipher.newPseudonym(.person)
        let key = cipher.newDataKey()
        try vault.addIdentity(database, tag: tag(identity), pseudonym: pseudonym)
        try vault.put(database, wrappedKey: cipher.wrap(key, of: pseudonym), pseudonym)
        var person = Person(
            pseudonym: pseudonym, key: key, version: 1, particulars: stated, digest: "",
            registered: nil)
        person.digest = try putParticulars(person, database)
        return person
    }

    private func putParticulars(_ person: Person, _ database: Database) throws -> String {
        let bytes = try cipher.seal(
            person.particulars.stated, under: person.key, of: person.pseudonym,
            version: person.version)
        try vault.put(
            database, sealed: .init(version: person.version, bytes: bytes), person.pseudonym)
        return VaultCipher.digest(bytes)
    }

    private func registration(
        _ person: Person, for record: PreparedRecord, _ database: Database
    ) throws -> ProgramEntry {
        let particulars = person.particulars
        var body: [String: CanonicalValue] = [
            "person": .string(person.pseudonym),
            "idType": .string(particulars["idType"] ?? ""),
            "idCheck": .string(particulars.idCheck.rawValue),
            "sex": .string(particulars.sex),
            "version": .integer(Int64(person.version)),
            "sealed": .string(person.digest),
            "commitments": .object(
                Dictionary(
                    uniqueKeysWithValues: particulars.stated.map { field, value in
                        let commitment = VaultCipher.commitment(
                            field, value, under: person.key, version: person.version)
                        return (field, .string(commitment))
                    })),
        ]
        body["birthYear"] = particulars.birthYear.map { .integer(Int64($0)) }
        for field in ["hukouArea", "residenceArea"] {
            body[field] = particulars[field].map { .string($0) }
        }
        for (field, subject) in Sealer.linked {
            guard let value = particulars[field] else { continue }
            let identity = Identity(type: field, value: value)
            body[field] = .string(try pseudonym(subject, identity, database))
        }
        return try program("person.registered", for: record, body)
    }

    /// Particulars that link persons, and so have pseudonyms of their own.
    private static let linked: [(field: String, subject: SubjectClass)] = [
        ("phone", .phone), ("address", .address), ("household", .household),
    ]

    private func program(
        _ name: String, for record: PreparedRecord, _ body: [String: CanonicalValue]
    ) throws -> ProgramEntry {
        guard let day = CivilDate(record.occurredOn), let kind = catalogue.kind(name) else {
            throw VaultFault.undeclared(name)
        }
        return ProgramEntry(
            kind: kind, area: record.area, occurredOn: day, operator: record.operator,
            body: .object(body))
    }

    // MARK: Recognising a record that was sent again

    /// Fills the gaps with what is known already, changing nothing.
    /// - Returns: false where something is not known, and so cannot be what was recorded.
    func fillWithKnown(_ record: inout PreparedRecord, _ database: Database) throws -> Bool {
        let texts = try knownTexts(record, database)
        for (offset, gap) in record.gaps {
            let value: String?
            switch gap {
            case .person(let index):
                value = try vault.pseudonym(database, tag: tag(identity(record.persons[index])))
            case .account(let index):
                let tag = cipher.tag(type: "account", value: record.accounts[index])
                value = try vault.pseudonym(database, tag: tag)
            case .commitment(let index): value = texts?.commitments[index]
            case .sealedDigest: value = texts?.digest
            }
            guard let value else { return false }
            record.fill(offset, with: value)
        }
        return true
    }

    private func knownTexts(
        _ record: PreparedRecord, _ database: Database
    ) throws -> (commitments: [String], digest: String)? {
        guard !record.texts.isEmpty else { return nil }
        let pseudonym = VaultCipher.pseudonym(
            origin: origin, source: record.source, id: record.id)
        guard let wrapped = try vault.wrappedKey(database, pseudonym),
            let bytes = try vault.sealed(database, pseudonym, version: 1)
        else { return nil }
        let key = try cipher.unwrap(wrapped, of: pseudonym)
        return (commitments(record.texts, under: key), VaultCipher.digest(bytes))
    }

    /// The fields in which what a record states of a person is not what `version` of the vault says.
    func differences(
        _ stated: Particulars, of pseudonym: String, version: Int, _ database: Database
    ) throws -> [String] {
        guard let wrapped = try vault.wrappedKey(database, pseudonym) else { return [] }
        guard let bytes = try vault.sealed(database, pseudonym, version: version) else {
            throw VaultFault.incomplete(pseudonym)
        }
        let key = try cipher.unwrap(wrapped, of: pseudonym)
        let members = try cipher.open(bytes, under: key, of: pseudonym, version: version)
        return stated.stated.filter { members[$0.field] != $0.value }.map(\.field)
    }
}

/// The vault is not what it should be.
enum VaultFault: Error, CustomStringConvertible {
    case incomplete(String)
    case undeclared(String)

    var description: String {
        switch self {
        case .incomplete(let pseudonym):
            "the vault knows \(pseudonym) and lacks its key or particulars; "
                + "`aidledger verify` says what else is missing"
        case .undeclared(let kind): "the kind \(kind) is not declared in ledger/kinds"
        }
    }
}
