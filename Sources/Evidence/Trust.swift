package import TransparencyLog

/// Whom the one who checks believes: a ledger's key, or a policy, or both.
package struct Trust: Sendable {
    package let key: VerifierKey?
    package let policy: WitnessPolicy?

    /// - Returns: nil where neither is given: nothing can be checked then.
    package init?(key: VerifierKey?, policy: WitnessPolicy?) {
        guard key != nil || policy != nil else { return nil }
        self.key = key
        self.policy = policy
    }

    /// Opens a checkpoint.
    /// - Throws: `DoesNotHold`.
    package func open(_ note: SignedNote) throws(DoesNotHold) -> VerifiedCheckpoint {
        do {
            let checkpoint = try policy?.open(note)
            if let key {
                return try note.openCheckpoint(
                    logKey: key, cosignerKeys: policy?.witnessKeys ?? [])
            }
            if let checkpoint { return checkpoint }
        } catch {
            throw DoesNotHold("\(error)")
        }
        preconditionFailure("there is a key or a policy")
    }

    /// Opens an older checkpoint, which needs the ledger's signature and nobody else's.
    package func openOlder(
        _ note: SignedNote, _ name: String, of origin: KeyName
    ) throws(DoesNotHold) -> VerifiedCheckpoint {
        for key in key.map({ [$0] }) ?? policy?.logKeys ?? [] {
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
