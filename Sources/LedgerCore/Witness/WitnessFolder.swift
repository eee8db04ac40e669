internal import Crypto
internal import Foundation
internal import Glibc
package import TransparencyLog

/// What a witness keeps: its key, the logs that it watches, and of each the last checkpoint that it
/// has cosigned. `ledger/FORMAT.md`, Witness.
///
/// ```
/// DIR/witness.key          its signing key (0600)
/// DIR/witness.vkey         its verifier key
/// DIR/logs/<log>/vkeys     the log's keys that it trusts, one a line
/// DIR/logs/<log>/checkpoint   what it cosigned last
/// DIR/logs/<log>/conflicts/<n>/{seen,sent}   checkpoints that contradict each other
/// ```
package struct WitnessFolder: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    private var keyFile: String { "\(path)/witness.key" }
    private var verifierKeyFile: String { "\(path)/witness.vkey" }

    /// A log as the witness sees it.
    package struct Log: Sendable {
        package let keys: [VerifierKey]
        package let last: SignedNote?
        /// Folders with checkpoints that contradict each other.
        package let conflicts: [String]
    }

    /// Makes the folder.
    /// - Throws: `WitnessError`, `FileError`.
    package static func make(
        _ path: String, key: SigningKey, logs: [VerifierKey]
    ) throws -> WitnessFolder {
        let folder = WitnessFolder(path)
        let isNew = mkdir(path, 0o700) == 0
        guard isNew || errno == EEXIST else {
            throw FileError(path: path, reason: String(cString: strerror(errno)))
        }
        guard isNew || (try? FileManager.default.contentsOfDirectory(atPath: path)) == [] else {
            throw WitnessError.notEmpty(path)
        }
        for log in logs { try folder.trust(log) }
        try WholeFile.write(
            Array("\(key.verifierKey)\n".utf8), to: folder.verifierKeyFile)
        // Last, so that a folder with a key is whole.
        try WholeFile.write(
            Array("\(key.formattedPrivateKey)\n".utf8), to: folder.keyFile, mode: 0o600)
        return folder
    }

    /// - Throws: `WitnessError.noWitness` where there is no key, or none that cosigns.
    package func key() throws -> SigningKey {
        guard let text = try text(keyFile), let line = text.split(separator: "\n").first,
            let key = try? SigningKey(parsing: String(line)), key.type == .cosignature
        else { throw WitnessError.noWitness(path) }
        return key
    }

    // MARK: Logs

    /// Trusts a key of a log from now on. A log may have several: one that replaced another.
    package func trust(_ key: VerifierKey) throws {
        guard key.type == .ed25519 else { throw WitnessError.notALog(key) }
        let folder = folder(of: key.name)
        let keys = try log(key.name)?.keys ?? []
        guard !keys.contains(key) else { return }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let lines = (keys + [key]).map { "\($0)\n" }.joined()
        try WholeFile.write(Array(lines.utf8), to: "\(folder)/vkeys")
    }

    /// What is known of a log; nil where it is not watched.
    package func log(_ origin: KeyName) throws -> Log? {
        let folder = folder(of: origin)
        guard let lines = try text("\(folder)/vkeys") else { return nil }
        do {
            return Log(
                keys: try lines.split(separator: "\n").map { try VerifierKey(parsing: String($0)) },
                last: try text("\(folder)/checkpoint").map {
                    try SignedNote(parsing: Array($0.utf8))
                },
                conflicts: names(in: "\(folder)/conflicts").map { "\(folder)/conflicts/\($0)" })
        } catch { throw WitnessError.damaged(folder, "\(error)") }
    }

    /// All logs that are watched.
    package func logs() throws -> [Log] {
        try names(in: "\(path)/logs").compactMap { name in
            guard let line = try text("\(path)/logs/\(name)/vkeys")?.split(separator: "\n").first,
                let key = try? VerifierKey(parsing: String(line))
            else { return nil }
            return try log(key.name)
        }
    }

    /// Origins have slashes, and may have anything but spaces and `+`.
    private func folder(of origin: KeyName) -> String {
        let plain = CharacterSet(charactersIn: "a"..."z").union(.init(charactersIn: "0"..."9"))
            .union(.init(charactersIn: "-_"))
        let name = origin.text.addingPercentEncoding(
            withAllowedCharacters: plain.union(.init(charactersIn: ".")))
        guard let name, name.utf8.count <= 200, name.first != "." else {
            let digest = SHA256.hash(data: Array(origin.text.utf8))
            return "\(path)/logs/sha256-\(Hex.encode(digest))"
        }
        return "\(path)/logs/\(name)"
    }

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private func text(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw WitnessError.damaged(path, "it cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
    }

    // MARK: Cosigning

    /// Cosigns a checkpoint, if it goes on from the last one that was cosigned. What is cosigned is
    /// on the disk before it is given out.
    /// - Returns: the checkpoint as it was sent, with the witness's cosignature.
    /// - Throws: `WitnessError`, `FileError`.
    package func cosign(_ sent: ProofFile, unixSeconds: Int64) throws -> SignedNote {
        let key = try key()
        return try exclusively {
            guard let (note, proof) = sent.head else { throw WitnessError.notARequest }
            let origin = try Checkpoint(parsing: note.text).origin
            guard let log = try log(origin) else { throw WitnessError.unknownLog(origin) }
            let new = try WitnessFolder.opened(note, log)
            let last = try log.last.map { try WitnessFolder.opened($0, log) }
            do throws(SuccessionRefusal) {
                try CheckpointSuccession.judge(new.head, proof, after: last?.head)
            } catch {
                let kept = error.isConflict ? try keepConflict(log, origin, sent: note) : nil
                throw WitnessError.refused(error, evidence: kept)
            }
            let others = note.signatures.filter { !key.verifierKey.isNamed(by: $0) }
            let cosigned = try SignedNote(
                text: note.text,
                signatures: others
                    + [try key.cosign(new.checkpoint, timestampSeconds: unixSeconds)])
            try WholeFile.write(cosigned.formatted, to: "\(folder(of: origin))/checkpoint")
            try retireKeys(before: new, log, origin)
            return cosigned
        }
    }

    /// A key that another has replaced is believed no more: it may be in anybody's hands.
    private func retireKeys(
        before new: VerifiedCheckpoint, _ log: Log, _ origin: KeyName
    ) throws {
        let place = log.keys.firstIndex { key in
            (try? new.note.openCheckpoint(logKey: key)) != nil
        }
        guard let place, place > 0 else { return }
        let lines = log.keys[place...].map { "\($0)\n" }.joined()
        try WholeFile.write(Array(lines.utf8), to: "\(folder(of: origin))/vkeys")
    }

    private static func opened(_ note: SignedNote, _ log: Log) throws -> VerifiedCheckpoint {
        var failure: CheckpointError?
        for key in log.keys {
            do { return try note.openCheckpoint(logKey: key) } catch { failure = failure ?? error }
        }
        throw WitnessError.notSigned(failure.map { "\($0)" } ?? "no key of it is known")
    }

    /// Keeps two checkpoints that contradict each other; the same two are kept once.
    private func keepConflict(
        _ log: Log, _ origin: KeyName, sent: SignedNote
    ) throws -> String {
        let all = "\(folder(of: origin))/conflicts"
        for known in log.conflicts where try text("\(known)/sent") == sent.string { return known }
        let folder = "\(all)/\(log.conflicts.count + 1)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        if let last = log.last { try WholeFile.write(last.formatted, to: "\(folder)/seen") }
        try WholeFile.write(sent.formatted, to: "\(folder)/sent")
        return folder
    }

    /// Runs `body` while no other program works with the folder.
    private func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw WitnessError.noWitness(path) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else {
            throw FileError(path: path, reason: String(cString: strerror(errno)))
        }
        return try body()
    }
}

extension SignedNote {
    fileprivate var string: String { String(decoding: formatted, as: UTF8.self) }
}

/// Why a witness does not cosign.
package enum WitnessError: Error, Hashable, Sendable {
    case notEmpty(String)
    case noWitness(String)
    case damaged(String, String)
    case notALog(VerifierKey)
    case unknownLog(KeyName)
    case notARequest
    case notSigned(String)
    /// `evidence` is the folder where two checkpoints that contradict each other are kept.
    case refused(SuccessionRefusal, evidence: String?)
}

extension WitnessError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notEmpty(let path): "\(path) is there already and is not empty; it is not touched"
        case .noWitness(let path):
            "\(path) is no witness's folder: `aidledger witness init \(path)` makes one"
        case .damaged(let path, let reason): "\(path) is damaged: \(reason)"
        case .notALog(let key):
            "the key of \(key.name) is of type \(key.type), not a log's (0x01)"
        case .unknownLog(let origin):
            "the ledger \(origin) is not watched here; if you have its verifier key from its keeper, "
                + "say it with --log VKEY"
        case .notARequest:
            "this is a proof of one entry: a witness needs a checkpoint, or what "
                + "`aidledger prove LEDGER --since SIZE` writes"
        case .notSigned(let reason):
            "it is not signed by a key of the ledger that is known: \(reason)"
        case .refused(let refusal, let evidence):
            evidence.map { "\(refusal). Both checkpoints are kept in \($0)" } ?? "\(refusal)"
        }
    }
}
