internal import AidRecords
internal import GRDB
internal import LedgerCore
package import TransparencyLog

/// Why cosignatures cannot be added.
package enum CosignatureRefusal: Error, Hashable, Sendable {
    case notACheckpointOfThis(String, origin: String)
    /// The ledger's key has signed another root of this size.
    case forked(String, size: TreeSize)
    case unknownCheckpoint(String)
    case differentCheckpoints
    case notRegistered(String, NoteSignature)
    case doesNotHold(String, CheckpointError)
    case noCosignature(String)
    case tooMany

    /// Whether it is an answer, and not a mistake of who asks.
    package var isAnswer: Bool {
        switch self {
        case .forked, .doesNotHold: true
        default: false
        }
    }
}

extension CosignatureRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notACheckpointOfThis(let file, let origin):
            "\(file) is no checkpoint of \(origin)"
        case .forked(let file, let size):
            "FORKED: \(file) has another history of \(size) entries than this ledger, and the "
                + "ledger's key has signed both; keep both as evidence"
        case .unknownCheckpoint(let file):
            "\(file) belongs to no checkpoint that this ledger holds"
        case .differentCheckpoints:
            "the files cosign different checkpoints; add those of one checkpoint at a time"
        case .notRegistered(let file, let signature):
            "\(file) has a cosignature of \(signature.name) (key \(signature.keyID)), which is not "
                + "on this ledger: `aidledger keys register LEDGER --holder DEPARTMENT --vkey VKEY` "
                + "puts it there"
        case .doesNotHold(let file, let error): "\(file): \(error)"
        case .noCosignature(let file): "\(file) holds no cosignature"
        case .tooMany: "a checkpoint with so many cosignatures has no room in an entry"
        }
    }
}

extension LedgerRegistrar {
    /// What adding cosignatures came to.
    package struct Collected: Sendable {
        /// The entry `checkpoint.cosigned`; nil where all of them stood on the ledger already.
        package let seq: Int64?
        /// The checkpoint with all cosignatures that the ledger has of it.
        package let note: SignedNote
    }

    /// Adds witnesses' cosignatures to a checkpoint that the ledger holds.
    /// - Parameter files: with the names that errors give them; all of one checkpoint.
    /// - Throws: `CosignatureRefusal`, `StoreError`.
    package func addCosignatures(
        _ files: [(name: String, content: CosignatureFile)], operator: String
    ) throws -> Collected {
        var note: SignedNote?
        let seq = try append("checkpoint.cosigned", operator: `operator`) { view in
            var collection = try CosignatureCollection(view)
            for (name, content) in files { try collection.add(content, name) }
            note = collection.note
            guard collection.hasGrown else { return nil }
            return try collection.body()
        }
        guard let note else { throw CosignatureRefusal.noCosignature("") }
        return Collected(seq: seq, note: note)
    }
}

/// Cosignatures on their way to a checkpoint of the ledger.
private struct CosignatureCollection {
    private let view: LedgerRegistrar.View
    private let registered: [VerifierKey]
    /// The checkpoint, with what it had and what was added.
    private(set) var note: SignedNote?
    private(set) var hasGrown = false

    init(_ view: LedgerRegistrar.View) throws {
        self.view = view
        registered = try RegisteredKey.all(in: view.database).map(\.key)
            .filter { $0.type == .cosignature }
    }

    mutating func add(_ content: CosignatureFile, _ name: String) throws {
        let base = try stored(content, name)
        if let note, note.text != base.text { throw CosignatureRefusal.differentCheckpoints }
        var grown = note ?? base
        let own = view.identity.keys.keys
        let cosignatures = content.signatures.filter { signature in
            !own.contains { $0.isNamed(by: signature) }
        }
        guard !cosignatures.isEmpty else { throw CosignatureRefusal.noCosignature(name) }
        for signature in cosignatures {
            guard let key = registered.first(where: { $0.isNamed(by: signature) }) else {
                throw CosignatureRefusal.notRegistered(name, signature)
            }
            guard !grown.signatures.contains(where: { key.isNamed(by: $0) }) else { continue }
            let more = try grown.adding([signature])
            do { _ = try view.identity.keys.open(more, cosignerKeys: [key]) } catch {
                throw CosignatureRefusal.doesNotHold(name, error)
            }
            grown = more
            hasGrown = true
        }
        note = grown
    }

    func body() throws -> [String: CanonicalValue]? {
        guard let note else { return nil }
        guard note.formatted.count <= KeptCheckpoint.longestNote else {
            throw CosignatureRefusal.tooMany
        }
        return try KeptCheckpoint.body(of: note)
    }

    /// The ledger's checkpoint that the cosignatures are for, with those that it has already.
    private func stored(_ content: CosignatureFile, _ name: String) throws -> SignedNote {
        let stored: SignedNote
        switch content {
        case .checkpoint(let note): stored = try self.stored(as: note, name)
        case .lines(let lines):
            guard let found = try checkpoint(cosignedBy: lines) else {
                throw CosignatureRefusal.unknownCheckpoint(name)
            }
            stored = found
        }
        return try KeptCheckpoint.cosigned(stored, in: view.database) ?? stored
    }

    private func stored(as note: SignedNote, _ name: String) throws -> SignedNote {
        let origin = view.identity.origin
        guard let sent = try? Checkpoint(parsing: note.text), sent.origin.text == origin else {
            throw CosignatureRefusal.notACheckpointOfThis(name, origin: origin)
        }
        let found = try notes(where: "size = \(sent.size)").first
        guard let found else { throw CosignatureRefusal.unknownCheckpoint(name) }
        guard found.text == note.text else {
            do { _ = try view.identity.keys.open(note) } catch {
                throw CosignatureRefusal.doesNotHold(name, error)
            }
            throw CosignatureRefusal.forked(name, size: sent.size)
        }
        return found
    }

    /// Lines alone do not say which checkpoint they cosign: the newest on which one holds.
    private func checkpoint(cosignedBy lines: [NoteSignature]) throws -> SignedNote? {
        try notes(where: "true").first { note in
            lines.contains { line in
                guard let more = try? note.adding([line]) else { return false }
                let keys = registered.filter { $0.isNamed(by: line) }
                return (try? view.identity.keys.open(more, cosignerKeys: keys))?
                    .cosignatures.isEmpty == false
            }
        }
    }

    private func notes(where condition: String) throws -> [SignedNote] {
        try String.fetchAll(
            view.database,
            sql: "SELECT note FROM checkpoint WHERE \(condition) ORDER BY size DESC"
        ).map { try SignedNote(parsing: Array($0.utf8)) }
    }
}

extension KeptCheckpoint {
    /// What the kind's field `note` has room for.
    static let longestNote = 20_000

    /// The members of an entry that keeps a checkpoint.
    static func body(of note: SignedNote) throws -> [String: CanonicalValue] {
        let checkpoint = try Checkpoint(parsing: note.text)
        return [
            "origin": .string(checkpoint.origin.text),
            "size": .integer(checkpoint.size.value),
            "rootHash": .string(checkpoint.rootHash.hex),
            "note": .string(String(decoding: note.formatted, as: UTF8.self)),
        ]
    }

    /// The newest checkpoint of a ledger, with the cosignatures that it has of it; nil where it
    /// has none at all.
    /// - Throws: `StoreError.damaged` where it is not signed by the key in force.
    static func newest(
        in database: Database, _ path: String, _ keys: KeySuccession
    ) throws -> VerifiedCheckpoint? {
        let text = try String.fetchOne(
            database,
            sql: "SELECT note FROM checkpoint WHERE ledger = 1 ORDER BY size DESC LIMIT 1")
        guard let text else { return nil }
        do {
            let note = try SignedNote(parsing: Array(text.utf8))
            return try keys.open(cosigned(note, in: database) ?? note)
        } catch {
            throw StoreError.damaged(path: path, message: "its newest checkpoint: \(error)")
        }
    }

    /// The same checkpoint with the cosignatures that the ledger has of it; nil where it has none.
    static func cosigned(_ note: SignedNote, in database: Database) throws -> SignedNote? {
        try ProgramTables.entries(of: "checkpoint.cosigned", as: KeptCheckpoint.self, in: database)
            .reversed().lazy.compactMap { try? $0.body.parsed().note }
            .first { $0.text == note.text }
    }
}
