/// Which logs are accepted, and whose cosignatures are enough. C2SP tlog-policy.
package struct WitnessPolicy: Hashable, Sendable {
    /// Who must have cosigned. Each name is a member of at most one group, so this is a tree.
    package indirect enum Quorum: Hashable, Sendable {
        case none
        case witness(VerifierKey)
        case atLeast(Int, of: [Quorum])

        /// Whether the cosigners are enough.
        package func isMet(by cosigners: Set<VerifierKey>) -> Bool {
            switch self {
            case .none: true
            case .witness(let key): cosigners.contains(key)
            case .atLeast(let threshold, let members):
                members.count { $0.isMet(by: cosigners) } >= threshold
            }
        }
    }

    package let logKeys: [VerifierKey]
    package let witnessKeys: [VerifierKey]
    package let quorum: Quorum

    /// Reads a policy file.
    /// - Parameter memberType: what the keys of `witness` lines are of: those that cosign
    ///   checkpoints, unless it is other notes that the policy is for.
    package init(
        parsing bytes: [UInt8], memberType: KeyType = .cosignature
    ) throws(PolicyError) {
        var parser = PolicyParser(memberType: memberType)
        for (place, line) in try PolicyParser.lines(of: bytes).enumerated() {
            try parser.read(line, number: place + 1)
        }
        guard let quorum = parser.quorum else { throw .noQuorum }
        logKeys = parser.logKeys
        witnessKeys = parser.witnessKeys
        self.quorum = quorum
    }

    /// Opens a checkpoint that one of the logs signed and enough witnesses cosigned.
    package func open(_ note: SignedNote) throws(PolicyVerificationError) -> VerifiedCheckpoint {
        let checkpoint: VerifiedCheckpoint
        do {
            let origin = try Checkpoint(parsing: note.text).origin
            let keys = logKeys.filter { $0.name == origin }
            guard let first = keys.first else { throw PolicyVerificationError.unknownLog(origin) }
            // A log may have several keys, an old one and a new one; any one will do.
            let signer = keys.first { key in note.signatures.contains { key.isNamed(by: $0) } }
            checkpoint = try note.openCheckpoint(
                logKey: signer ?? first, cosignerKeys: witnessKeys)
        } catch let error as CheckpointError {
            throw .checkpoint(error)
        } catch let error as PolicyVerificationError {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here: \(error)")
        }
        guard quorum.isMet(by: Set(checkpoint.cosignatures.map(\.key))) else {
            throw .quorumNotMet
        }
        return checkpoint
    }
}
