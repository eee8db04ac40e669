internal import AidRecords
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// Why no time-stamp is asked for, or none is taken.
package enum TimeStampRefusal: Error, Hashable, Sendable {
    /// `newest` is the size of the newest checkpoint.
    case noCheckpoint(size: Int64, newest: Int64)
    case unusable(String, TimeStampResponse.Fault)
    /// It stamps no checkpoint that this ledger holds.
    case otherData(String)
    case doesNotHold(String, reason: String, chain: String)

    /// Whether it is an answer, and not a mistake of who asks.
    package var isAnswer: Bool {
        switch self {
        case .noCheckpoint, .unusable(_, .notAResponse), .unusable(_, .tooLong): false
        case .unusable, .otherData, .doesNotHold: true
        }
    }
}

extension TimeStampRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noCheckpoint(let size, let newest):
            "the ledger holds no checkpoint of \(grouped(size)) entries; its newest is of "
                + grouped(newest)
        case .unusable(let file, let fault): "\(file): \(fault)"
        case .otherData(let file):
            "\(file) stamps no checkpoint that this ledger holds: it answers another request"
        case .doesNotHold(let file, let reason, let chain):
            "\(file) does not hold under \(chain): \(reason)"
        }
    }
}

extension LedgerReader {
    /// The checkpoint to have stamped: its note, and how many entries there are by now.
    /// - Parameter size: nil for the newest.
    /// - Throws: `LedgerProver.Refusal` where there is none at all, `TimeStampRefusal`, `StoreError`.
    package func checkpointToStamp(
        size: Int64?
    ) throws -> (note: SignedNote, size: Int64, entries: Int64) {
        try read { database in
            guard let newest = try CheckpointTable.newestSize(in: database) else {
                throw LedgerProver.Refusal.noCheckpoint(paths.ledger)
            }
            let wanted = size ?? newest
            guard let text = try CheckpointTable.note(of: wanted, in: database) else {
                throw TimeStampRefusal.noCheckpoint(size: wanted, newest: newest)
            }
            let entries = try Int64.fetchOne(
                database, sql: "SELECT size FROM head WHERE ledger = 1")
            return (try opened(text), wanted, entries ?? 0)
        }
    }

    /// The newest checkpoint that a response stamps.
    /// - Parameter name: of the response, for errors.
    /// - Throws: `TimeStampRefusal.otherData`, `StoreError`.
    package func checkpoint(stampedBy response: TimeStampResponse, _ name: String) throws
        -> SignedNote
    {
        try read { database in
            let notes = try String.fetchCursor(
                database, sql: "SELECT note FROM checkpoint WHERE ledger = 1 ORDER BY size DESC")
            while let text = try notes.next() {
                if let note = try? SignedNote(parsing: Array(text.utf8)), response.stamps(note) {
                    return try opened(text)
                }
            }
            throw TimeStampRefusal.otherData(name)
        }
    }

    /// A stored note, which the ledger's key must have signed.
    private func opened(_ text: String) throws -> SignedNote {
        do { return try identity.keys.open(SignedNote(parsing: Array(text.utf8))).note } catch {
            throw StoreError.damaged(path: paths.ledger, message: "a stored checkpoint: \(error)")
        }
    }
}

private enum CheckpointTable {
    static func newestSize(in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT max(size) FROM checkpoint WHERE ledger = 1")
    }

    static func note(of size: Int64, in database: Database) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT note FROM checkpoint WHERE ledger = 1 AND size = ?",
            arguments: [size])
    }
}

/// A checkpoint of the ledger with the time-stamp that an entry keeps of it
/// (`checkpoint.timestamped`).
struct KeptTimeStamp: Decodable, Sendable {
    let note: String
    /// The response in base64.
    let token: String

    /// Why it is none, in words.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    static func all(in database: Database) throws -> [ProgramTables.Found<KeptTimeStamp>] {
        try ProgramTables.entries(
            of: "checkpoint.timestamped", as: KeptTimeStamp.self, in: database)
    }

    /// Reads both, and looks whether one stamps the other. The token is not verified.
    /// - Throws: `Fault`.
    func parsed() throws(Fault) -> (note: SignedNote, response: TimeStampResponse) {
        guard let note = try? SignedNote(parsing: Array(note.utf8)) else {
            throw Fault(description: "its checkpoint is not a signed note")
        }
        guard let bytes = Base64.decode(token.utf8) else {
            throw Fault(description: "its token is not base64")
        }
        let response: TimeStampResponse
        do { response = try TimeStampResponse(parsing: bytes) } catch {
            throw Fault(description: "\(error)")
        }
        guard response.stamps(note) else {
            throw Fault(description: "it stamps other data than the checkpoint beside it")
        }
        return (note, response)
    }
}

extension LedgerRegistrar {
    /// Keeps a time-stamp of a checkpoint. That it holds has been verified.
    /// - Returns: the entry `checkpoint.timestamped`, and whether it was there before.
    /// - Throws: `StoreError`.
    package func keep(
        _ response: TimeStampResponse, of note: SignedNote, operator: String
    ) throws -> (seq: Int64, isNew: Bool) {
        let token = Base64.encode(response.bytes)
        var present: Int64?
        let seq = try append("checkpoint.timestamped", operator: `operator`) { view in
            present = try KeptTimeStamp.all(in: view.database).first { $0.body.token == token }?.seq
            guard present == nil else { return nil }
            return try KeptCheckpoint.body(of: note)
                .merging(["token": .string(token)]) { $1 }
        }
        return (seq ?? present ?? 0, seq != nil)
    }
}

/// Checks the time-stamps that entries keep.
struct TimeStampCheck {
    /// Nil where tokens cannot be verified, for want of a chain to trust.
    let verifier: TimeStampVerifier?
    let findings: Findings

    /// - Throws: `OpenSSL.Failure`.
    func run(_ database: Database) throws {
        let all = try KeptTimeStamp.all(in: database)
        for found in all {
            guard let fault = try fault(of: found.body) else { continue }
            findings.note(.checkpoints, seq: found.seq, "the time-stamp in it: \(fault)")
        }
        guard let notice = notice(all.count) else { return }
        findings.update { $0.notices.append(notice) }
    }

    private func fault(of kept: KeptTimeStamp) throws -> String? {
        do {
            let (note, response) = try kept.parsed()
            return try verifier?.fault(of: response, for: note)
        } catch let fault as KeptTimeStamp.Fault {
            return fault.description
        }
    }

    private func notice(_ count: Int) -> String? {
        guard count > 0 else { return nil }
        let stamps = count == 1 ? "1 time-stamp was" : "\(grouped(count)) time-stamps were"
        guard let verifier else {
            return "\(stamps) not verified: say whom you trust by --tsa-chain FILE"
        }
        return "\(stamps) verified under \(verifier.chain)"
    }
}
