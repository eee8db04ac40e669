internal import AidRecords
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// What others have said, in a ledger's entries, of when it existed.
package struct LedgerTimeEvidence: Sendable {
    /// Whose word it is.
    package enum Source: Hashable, Sendable {
        case witness(VerifierKey, holder: String)
        case authority(chain: String)
    }

    package internal(set) var evidence: [TimeEvidence] = []
    /// How many checkpoints each has spoken of.
    package internal(set) var counts: [Source: Int] = [:]
    /// Time-stamps that were not looked at, for want of a chain to trust.
    package internal(set) var unverified = 0
    /// What does not hold, and is not used.
    package internal(set) var faults: [(seq: Int64, text: String)] = []
    /// The entries that were found: those that hold evidence, and those that put keys on the ledger.
    var places: Set<Int64> = []
}

/// Gathers evidence from a ledger whose chain and checkpoints have been found sound.
struct TimeEvidenceReading {
    let identity: LedgerIdentity
    let entries: Int64
    /// Whose cosignatures count; nil for those of all keys on the ledger.
    let witnesses: Set<VerifierKey>?
    /// Nil where time-stamps do not count.
    let verifier: TimeStampVerifier?

    /// What has been counted already: an entry repeats the cosignatures of those before.
    private struct Said: Hashable {
        let source: LedgerTimeEvidence.Source
        let size: Int64
        let time: Moment
    }

    private var result = LedgerTimeEvidence()
    private var said: Set<Said> = []

    init(
        identity: LedgerIdentity, entries: Int64, witnesses: Set<VerifierKey>?,
        verifier: TimeStampVerifier?
    ) {
        self.identity = identity
        self.entries = entries
        self.witnesses = witnesses
        self.verifier = verifier
    }

    /// - Throws: `OpenSSL.Failure`.
    static func read(
        _ reading: TimeEvidenceReading, _ database: Database
    ) throws -> LedgerTimeEvidence {
        var reading = reading
        try reading.readCosignatures(database)
        try reading.readTimeStamps(database)
        return reading.result
    }

    /// Only keys that were registered before can have cosigned.
    private mutating func readCosignatures(_ database: Database) throws {
        try result.places.formUnion(ProgramTables.seqs(of: "key_registered", in: database))
        let registered = try RegisteredKey.all(in: database).filter { key in
            key.key.type == .cosignature && witnesses?.contains(key.key) ?? true
        }
        for found in try ProgramTables.entries(
            of: "checkpoint.cosigned", as: KeptCheckpoint.self, in: database)
        where found.seq < entries {
            result.places.insert(found.seq)
            let known = registered.filter { $0.seq < found.seq }
            guard let note = try? found.body.parsed().note,
                let opened = try? identity.keys.open(note, cosignerKeys: known.map(\.key))
            else {
                result.faults.append((found.seq, "its cosignatures do not hold"))
                continue
            }
            for cosignature in opened.cosignatures {
                guard let key = known.first(where: { $0.key == cosignature.key }) else { continue }
                add(
                    .witness(key.key, holder: key.holder), size: opened.size.value,
                    found.seq, unixSeconds: cosignature.timestampSeconds)
            }
        }
    }

    private mutating func readTimeStamps(_ database: Database) throws {
        for found in try KeptTimeStamp.all(in: database) where found.seq < entries {
            result.places.insert(found.seq)
            guard let verifier else {
                result.unverified += 1
                continue
            }
            do {
                let (note, response) = try found.body.parsed()
                if let fault = try verifier.fault(of: response, for: note) {
                    throw KeptTimeStamp.Fault(description: fault)
                }
                // Whose checkpoint it is: the time-stamp says nothing of that.
                let checkpoint = try identity.keys.open(note)
                add(
                    .authority(chain: verifier.chain), size: checkpoint.size.value, found.seq,
                    unixSeconds: response.time.unixSeconds)
            } catch let fault as KeptTimeStamp.Fault {
                result.faults.append((found.seq, "its time-stamp does not hold: \(fault)"))
            } catch is CheckpointError {
                result.faults.append((found.seq, "its checkpoint does not hold"))
            }
        }
    }

    private mutating func add(
        _ source: LedgerTimeEvidence.Source, size: Int64, _ seq: Int64, unixSeconds: Int64
    ) {
        // A time that no calendar of ours has is nobody's clock.
        guard size <= seq, (0..<TimeEvidenceReading.endOfTime).contains(unixSeconds) else {
            result.faults.append((seq, "it states a time that cannot be"))
            return
        }
        let time = Moment(unixSeconds: unixSeconds)
        guard said.insert(Said(source: source, size: size, time: time)).inserted else { return }
        result.evidence.append(TimeEvidence(size: size, place: seq, time: time))
        result.counts[source, default: 0] += 1
    }

    /// 2999-01-01T00:00:00Z, in Unix time.
    private static let endOfTime: Int64 = 32_472_144_000
}
