internal import AidRecords
internal import LedgerCore
internal import TransparencyLog

/// Keys, checkpoints and policies, as they come from others.
enum ProofInput {
    /// - Parameter given: a verifier key, or a file that holds one.
    static func verifierKey(_ given: String) throws -> VerifierKey {
        let text = TextFile.read(given) ?? given
        do { return try VerifierKey(parsing: Normalisation.trimmed(text)) } catch {
            throw UsageError(
                "--vkey \(given) is neither a verifier key nor a file with one: \(error)")
        }
    }

    static func text(_ path: String) throws -> String {
        guard let text = TextFile.read(path) else {
            throw UsageError("\(path): there is no such file, or it cannot be read")
        }
        return text
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

    static func policy(_ path: String) throws -> WitnessPolicy {
        do { return try WitnessPolicy(parsing: Array(text(path).utf8)) } catch let error
            as UsageError
        {
            throw error
        } catch {
            throw UsageError("\(path) is not a policy: \(error)")
        }
    }
}
