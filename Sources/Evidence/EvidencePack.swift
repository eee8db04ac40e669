internal import AidRecords
internal import Crypto
internal import Foundation
package import TransparencyLog

/// Entries with all that is needed to check them without the ledger and without this program:
/// `ledger/FORMAT.md`, Evidence pack.
package struct EvidencePack: Hashable, Sendable {
    /// An entry and its proof.
    package struct Entry: Hashable, Sendable {
        package let seq: Int64
        /// As they were hashed.
        package let bytes: [UInt8]
        package let proof: TLogProof
        /// For people to read; nothing proves it.
        package let rendering: String

        package init(seq: Int64, bytes: [UInt8], proof: TLogProof, rendering: String) {
            self.seq = seq
            self.bytes = bytes
            self.proof = proof
            self.rendering = rendering
        }
    }

    /// The signed checkpoint that all proofs speak of.
    package let checkpoint: SignedNote
    /// In order of `seq`.
    package let entries: [Entry]
    package let disclosures: [Disclosure]
    /// Files for whoever checks by hand, by name: instructions, keys, a policy. They prove nothing
    /// either, for keys must be had from elsewhere.
    package let aids: [String: [UInt8]]

    package init(
        checkpoint: SignedNote, entries: [Entry], disclosures: [Disclosure],
        aids: [String: [UInt8]]
    ) {
        self.checkpoint = checkpoint
        self.entries = entries
        self.disclosures = disclosures
        self.aids = aids
    }

    /// The names that `aids` may have.
    package static let aidNames = ["HOW-TO-CHECK.txt", "log.vkey", "keys.txt", "policy"]

    // MARK: Writing

    /// The archive.
    /// - Throws: `StoredZip.Failure.tooLarge`.
    package func archive() throws -> StoredZip {
        var files: [StoredZip.File] = []
        for name in EvidencePack.aidNames {
            if let bytes = aids[name] { files.append(.init(name: name, bytes: bytes)) }
        }
        files.append(.init(name: "checkpoint", bytes: checkpoint.formatted))
        if !disclosures.isEmpty {
            let list = CanonicalValue.array(disclosures.map(\.canonicalValue))
            files.append(.init(name: "disclosed.json", bytes: list.canonicalBytes))
        }
        for entry in entries {
            let name = "entries/\(entry.seq)"
            files += [
                .init(name: "\(name).json", bytes: entry.bytes),
                .init(name: "\(name).tlog-proof", bytes: entry.proof.formatted),
                .init(name: "\(name).txt", bytes: Array(entry.rendering.utf8)),
            ]
        }
        let manifest = StoredZip.File(
            name: "evidence.json", bytes: try manifest(of: files).canonicalBytes)
        return try StoredZip([manifest] + files)
    }

    private func manifest(of files: [StoredZip.File]) throws -> CanonicalValue {
        let head = try Checkpoint(parsing: checkpoint.text)
        let digests = files.map {
            ($0.name, CanonicalValue.string(Hex.encode(SHA256.hash(data: $0.bytes))))
        }
        return .object([
            "v": .integer(1), "format": .string("aidledger-evidence"),
            "origin": .string(head.origin.text), "size": .integer(head.size.value),
            "rootHash": .string(head.rootHash.hex),
            "entries": .array(entries.map { .integer($0.seq) }),
            "files": .object(Dictionary(uniqueKeysWithValues: digests)),
        ])
    }

    // MARK: Reading

    /// Reads an archive. Accepts exactly what `archive` makes.
    /// - Throws: `EvidenceError`.
    package init(parsing bytes: [UInt8]) throws(EvidenceError) {
        let zip: StoredZip
        do { zip = try StoredZip(parsing: bytes) } catch { throw .archive(error) }
        let manifest: Manifest
        do {
            manifest = try JSONDecoder().decode(
                Manifest.self, from: Data(zip.files.first?.bytes ?? []))
        } catch { throw .file("evidence.json", "it is not what the file must be") }
        guard manifest.format == "aidledger-evidence" else {
            throw .file("evidence.json", "it is not of an evidence pack")
        }
        guard manifest.v == 1 else { throw .newer(manifest.v) }
        let files = Dictionary(
            zip.files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        do {
            try self.init(files, manifest.entries)
            // Whatever was altered would come out otherwise.
            guard try archive() == zip else { throw EvidenceError.altered }
        } catch let error as EvidenceError { throw error } catch { throw .altered }
    }

    private struct Manifest: Decodable {
        let v: Int
        let format: String
        let entries: [Int64]
    }

    private init(_ files: [String: [UInt8]], _ seqs: [Int64]) throws {
        func file(_ name: String) throws -> [UInt8] {
            guard let bytes = files[name] else {
                throw EvidenceError.file(name, "it is missing")
            }
            return bytes
        }
        func read<Value>(_ name: String, _ body: ([UInt8]) throws -> Value) throws -> Value {
            let bytes = try file(name)
            do { return try body(bytes) } catch { throw EvidenceError.file(name, "\(error)") }
        }
        guard seqs == Set(seqs).sorted(), !seqs.isEmpty else { throw EvidenceError.altered }
        checkpoint = try read("checkpoint", SignedNote.init(parsing:))
        entries = try seqs.map { seq in
            Entry(
                seq: seq, bytes: try file("entries/\(seq).json"),
                proof: try read("entries/\(seq).tlog-proof", TLogProof.init(parsing:)),
                rendering: String(decoding: try file("entries/\(seq).txt"), as: UTF8.self))
        }
        disclosures =
            files["disclosed.json"] == nil
            ? []
            : try read("disclosed.json") {
                try JSONDecoder().decode([Disclosure.Recorded].self, from: Data($0))
                    .map(\.disclosure)
            }
        aids = files.filter { EvidencePack.aidNames.contains($0.key) }
    }
}

extension Disclosure {
    fileprivate struct Recorded: Decodable {
        let entry: Int64
        let field, path, salt, value: String

        var disclosure: Disclosure {
            Disclosure(seq: entry, path: path, field: field, salt: salt, value: value)
        }
    }
}

/// Why bytes are no evidence pack.
package enum EvidenceError: Error, Hashable, Sendable {
    case archive(StoredZip.Failure)
    case file(String, String)
    case newer(Int)
    case altered
}

extension EvidenceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .archive(let failure): failure.description
        case .file(let name, let reason): "\(name) in it: \(reason)"
        case .newer(let version):
            "it has version \(version); this program knows packs of version 1: use a newer one"
        case .altered: "it was altered since it was made: its files are not those that it lists"
        }
    }
}
