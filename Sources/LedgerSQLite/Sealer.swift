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
    private var persons = TwoGenerationCache<Identity, KnownPerson>(generationSize: 20_000)
    private var pseudonyms = TwoGenerationCache<Identity, String>(generationSize: 50_000)

    /// What the index looks up, before it is hashed: known ones need no hash.
    private struct Identity: Hashable {
        let type: String
        let value: String
    }

    /// What is known of a person at this point.
    private struct KnownPerson {
        let pseudonym: String
        let key: SymmetricKey
        var version: Int
        var particulars: Particulars
        /// SHA-256 of the sealed particulars.
        var digest: String
        /// The version that this ledger has registered last; nil where it has none.
        var registered: Int?
    }

    init(_ vault: VaultStore, _ cipher: VaultCipher, origin: String, _ catalogue: KindCatalogue) {
        self.vault = vault
        self.cipher = cipher
        self.origin = origin
        self.catalogue = catalogue
    }

    func forget() {
        persons.removeAll()
        pseudonyms.removeAll()
    }

    // MARK: Sealing a new record

    /// Fills the gaps of a record.
    /// - Parameter registeredVersion: the version of a person that the ledger has registered last.
    /// - Returns: the registrations that must stand before it.
    func seal(
        _ record: inout PreparedRecord, _ database: Database,
        registeredVersion: (_ pseudonym: String) throws -> Int?
    ) throws -> [ProgramEntry] {
        var registrations: [ProgramEntry] = []
        let texts = try sealTexts(record, database)
        for (offset, gap) in record.gaps {
            switch gap {
            case .person(let index):
                let stated = record.persons[index]
                let (pseudonym, registration) = try person(
                    stated, in: record, database, registeredVersion)
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
        return registrations
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
        if let known = pseudonyms[identity] { return known }
        let tag = tag(identity)
        if let known = try vault.pseudonym(database, tag: tag) {
            pseudonyms[identity] = known
            return known
        }
        let new = cipher.newPseudonym(subject)
        try vault.addIdentity(database, tag: tag, pseudonym: new)
        try whenNew(new)
        pseudonyms[identity] = new
        return new
    }

    private func tag(_ identity: Identity) -> [UInt8] {
        cipher.tag(type: identity.type, value: identity.value)
    }

    // MARK: Persons

    private func person(
        _ stated: Particulars, in record: PreparedRecord, _ database: Database,
        _ registeredVersion: (String) throws -> Int?
    ) throws -> (pseudonym: String, registration: ProgramEntry?) {
        let identity = identity(stated)
        var person =
            try known(identity, database, registeredVersion)
            ?? newPerson(identity, stated, database)
        if !stated.isContained(in: person.particulars) {
            person.version += 1
            person.particulars = stated.completed(by: person.particulars)
            person.digest = try putParticulars(person, database)
        }
        guard person.registered != person.version else { return (person.pseudonym, nil) }
        person.registered = person.version
        persons[identity] = person
        return (person.pseudonym, try registration(person, for: record, database))
    }

    private func identity(_ particulars: Particulars) -> Identity {
        Identity(type: particulars["idType"] ?? "", value: particulars["idNumber"] ?? "")
    }

    private func known(
        _ identity: Identity, _ database: Database,
        _ registeredVersion: (String) throws -> Int?
    ) throws -> KnownPerson? {
        if let person = persons[identity] { return person }
        guard let pseudonym = try vault.pseudonym(database, tag: tag(identity))
        else { return nil }
        guard let wrapped = try vault.wrappedKey(database, pseudonym),
            let sealed = try vault.newest(database, pseudonym)
        else { throw VaultFault.incomplete(pseudonym) }
        let key = try cipher.unwrap(wrapped, of: pseudonym)
        let members = try cipher.open(
            sealed.bytes, under: key, of: pseudonym, version: sealed.version)
        let person = KnownPerson(
            pseudonym: pseudonym, key: key, version: sealed.version,
            particulars: Particulars(shape: catalogue.person, members: members),
            digest: VaultCipher.digest(sealed.bytes),
            registered: try registeredVersion(pseudonym))
        persons[identity] = person
        return person
    }

    private func newPerson(
        _ identity: Identity, _ stated: Particulars, _ database: Database
    ) throws -> KnownPerson {
        let pseudonym = cipher.newPseudonym(.person)
        let key = cipher.newDataKey()
        try vault.addIdentity(database, tag: tag(identity), pseudonym: pseudonym)
        try vault.put(database, wrappedKey: cipher.wrap(key, of: pseudonym), pseudonym)
        var person = KnownPerson(
            pseudonym: pseudonym, key: key, version: 1, particulars: stated, digest: "",
            registered: nil)
        person.digest = try putParticulars(person, database)
        return person
    }

    private func putParticulars(_ person: KnownPerson, _ database: Database) throws -> String {
        let bytes = try cipher.seal(
            person.particulars.stated, under: person.key, of: person.pseudonym,
            version: person.version)
        try vault.put(
            database, sealed: .init(version: person.version, bytes: bytes), person.pseudonym)
        return VaultCipher.digest(bytes)
    }

    private func registration(
        _ person: KnownPerson, for record: PreparedRecord, _ database: Database
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
