package import TransparencyLog

/// Whom the one who checks believes: a ledger's keys, one after the other, or a policy, or both.
package struct Trust: Sendable {
    package let keys: [VerifierKey]
    package let policy: WitnessPolicy?

    /// - Returns: nil where neither is given: nothing can be checked then.
    package init?(keys: [VerifierKey], policy: WitnessPolicy?) {
        guard !keys.isEmpty || policy != nil else { return nil }
        self.keys = keys
        self.policy = policy
    }

    /// Opens a checkpoint.
    /// - Throws: `DoesNotHold`.
    package func open(_ note: SignedNote) throws(DoesNotHold) -> VerifiedCheckpoint {
        do {
            let checkpoint = try policy?.open(note)
            let cosigners = policy?.witnessKeys ?? []
            for key in keys.dropLast() {
                let opened = try? note.openCheckpoint(logKey: key, cosignerKeys: cosigners)
                if let opened { return opened }
            }
            if let key = keys.last {
                return try note.openCheckpoint(logKey: key, cosignerKeys: cosigners)
            }
            if let checkpoint { return checkpoint }
        } catch CheckpointError.notSignedByLog(let name) {
            throw DoesNotHold(
                "the checkpoint is not signed by the log's key \(name) that you gave; if the "
                    + "ledger's key was replaced, give the others too (`aidledger keys show LEDGER`)"
            )
        } catch {
            throw DoesNotHold("\(error)")
        }
        preconditionFailure("there is a key or a policy")
    }

    /// Opens an older checkpoint, which needs the ledger's signature and nobody else's.
    package func openOlder(
        _ note: SignedNote, _ name: String, of origin: KeyName
    ) throws(DoesNotHold) -> VerifiedCheckpoint {
        for key in keys.isEmpty ? policy?.logKeys ?? [] : keys {
            guard let found = try? note.openCheckpoint(logKey: key) else { continue }
            if found.origin == origin { return found }
        }
        throw DoesNotHold("\(name) is not signed by the key of \(origin)")
    }
}

/// The answer is no, and why.
package struct DoesNotHold: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// What was asked cannot be answered by what was given.
package struct Unanswerable: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
