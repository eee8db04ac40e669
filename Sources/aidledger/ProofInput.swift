internal import AidRecords
internal import Evidence
internal import Foundation
internal import LedgerCore
internal import TransparencyLog

/// Keys, checkpoints and policies, as they come from others.
enum ProofInput {
    /// - Parameter given: a verifier key, or a file that holds one.
    static func verifierKey(_ given: String) throws -> VerifierKey {
        let text = given.contains("+") && !isThere(given) ? given : try keyText(given)
        let line = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        do { return try VerifierKey(parsing: Normalisation.trimmed(line)) } catch {
            throw UsageError(
                "--vkey \(given) is neither a verifier key nor a file with one: \(error)")
        }
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    private static func isThere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    private static func keyText(_ path: String) throws -> String {
        guard isThere(path) else {
            throw UsageError(
                "--vkey \(path) is neither a verifier key nor a file with one: there is no such file"
            )
        }
        return try text(path)
    }

    /// Editors and mailers change line ends and add marks, which no signature survives.
    static func cleaned(_ text: String, _ path: String) -> [UInt8] {
        var lines = text.replacing("\r\n", with: "\n")
        if lines.hasPrefix("\u{FEFF}") { lines.removeFirst() }
        while lines.hasSuffix("\n\n") { lines.removeLast() }
        if lines != text {
            Console.error(
                "aidledger: \(path): line ends or marks were changed on its way; it is read without them"
            )
        }
        return Array(lines.utf8)
    }

    static func file(_ path: String) throws -> ProofFile {
        let bytes = cleaned(try text(path), path)
        do { return try ProofFile(parsing: bytes) } catch {
            throw UsageError(
                "\(path) is neither a .tlog-proof, an add-checkpoint request nor a checkpoint: "
                    + "\(error)")
        }
    }

    /// - Throws: `UsageError` for what is not there or is longer than anything that is checked.
    static func bytes(_ path: String) throws -> [UInt8] {
        let handle = FileHandle(forReadingAtPath: path)
        // At the end of a file there is no data, which is none of its faults.
        let read = handle.flatMap { handle in
            try? handle.read(upToCount: StoredZip.byteCountMax + 1) ?? Data()
        }
        guard let data = read else {
            throw UsageError("\(path): there is no such file, or it cannot be read")
        }
        guard data.count <= StoredZip.byteCountMax else {
            throw UsageError(
                "\(path) is longer than \(StoredZip.byteCountMax >> 20) MiB, and nothing that can "
                    + "be checked is")
        }
        return Array(data)
    }

    /// The bytes of a file, if it is a ZIP archive.
    static func archive(_ path: String) throws -> [UInt8]? {
        let bytes = try bytes(path)
        return StoredZip.begins(bytes) ? bytes : nil
    }

    static func pack(_ bytes: [UInt8], _ path: String) throws -> EvidencePack {
        do { return try EvidencePack(parsing: bytes) } catch {
            throw DoesNotHold("\(path) cannot be taken for evidence: \(error)")
        }
    }

    static func cosignatures(_ path: String) throws -> CosignatureFile {
        let bytes = cleaned(try text(path), path)
        do { return try CosignatureFile(parsing: bytes) } catch {
            throw UsageError("\(path) is neither a checkpoint nor cosignatures: \(error)")
        }
    }

    static func checkpoint(_ path: String) throws -> SignedNote {
        do { return try SignedNote(parsing: cleaned(text(path), path)) } catch let error
            as UsageError
        {
            throw error
        } catch {
            throw UsageError("\(path) is not a checkpoint: \(error)")
        }
    }

    /// Whose cosignatures are enough.
    static func policy(_ path: String) throws -> WitnessPolicy {
        try policy(path, memberType: .cosignature)
    }

    /// Who has to sign a resolution.
    static func resolutionPolicy(_ path: String) throws -> WitnessPolicy {
        try policy(path, memberType: .ed25519)
    }

    private static func policy(_ path: String, memberType: KeyType) throws -> WitnessPolicy {
        var bytes = cleaned(try text(path), path)
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        do { return try WitnessPolicy(parsing: bytes, memberType: memberType) } catch {
            throw UsageError("\(path) is not a policy: \(error)")
        }
    }
}
