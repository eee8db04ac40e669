package import AidRecords
internal import LedgerCore
package import TransparencyLog

/// Why a key cannot be put on a ledger.
package enum KeyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case noDepartment(String, known: [String])
    case unusable(VerifierKey)
    case namedLikeTheLedger(VerifierKey)
    case registeredAlready(VerifierKey, seq: Int64)

    package var description: String {
        switch self {
        case .noDepartment(let code, let known):
            "\"\(code)\" is no department; known are: \(known.joined(separator: ", "))"
        case .unusable(let key):
            "\(key.name) is a key of type \(key.type), with which departments neither cosign "
                + "checkpoints (0x04, `aidledger witness init`) nor sign resolutions (0x01, "
                + "`aidledger keys new`)"
        case .namedLikeTheLedger(let key):
            "\(key.name) is the name of this ledger, and only its own keys bear it"
        case .registeredAlready(let key, let seq):
            "the key of \(key.name) stands in entry \(seq) already"
        }
    }
}

extension LedgerRegistrar {
    /// Puts a department's key on the ledger, so that from then on its cosignatures count, or its
    /// signatures under resolutions.
    /// - Parameters:
    ///   - holder: a code of the list `department`.
    ///   - validFrom: nil for today.
    /// - Throws: `KeyRefusal`, `StoreError`.
    package func register(
        _ key: VerifierKey, holder: String, validFrom: CivilDate?, operator: String
    ) throws -> Int64 {
        guard key.type.canVerify else { throw KeyRefusal.unusable(key) }
        let departments = catalogue.codes["department"]?.codes.map(\.code) ?? []
        guard departments.contains(holder) else {
            throw KeyRefusal.noDepartment(holder, known: departments)
        }
        return try record("key.registered", operator: `operator`) { view in
            guard key.name.text != view.identity.origin else {
                throw KeyRefusal.namedLikeTheLedger(key)
            }
            let registered = try RegisteredKey.all(in: view.database)
            // Under another name it would count twice.
            let known = registered.first {
                $0.key.type == key.type && $0.key.publicKey == key.publicKey
            }
            if let known {
                throw KeyRefusal.registeredAlready(key, seq: known.seq)
            }
            return [
                "holder": .string(holder), "vkey": .string(key.formatted),
                "validFrom": .string((validFrom ?? surroundings.today).description),
            ]
        }
    }

    /// Replaces the ledger's signing key: the entry is signed by the old key and the new one.
    /// - Parameter key: gives the private key to a verifier key.
    /// - Throws: `KeyRotationError`, `StoreError`.
    package func rotate(
        to new: SigningKey, signedWith key: (VerifierKey) throws -> SigningKey, operator: String
    ) throws -> Int64 {
        try record("key.rotated", operator: `operator`) { view in
            let old = try key(view.identity.keys.current)
            let rotation = try KeyRotation(
                origin: old.name, head: view.head, old: old.verifierKey, new: new.verifierKey)
            let signatures = try rotation.signed(old: old, new: new)
            var keys = view.identity.keys
            try keys.follow(rotation, signatures)
            return [
                "oldVkey": .string(rotation.old.formatted),
                "newVkey": .string(rotation.new.formatted),
                "oldSignature": .string(signatures.old), "newSignature": .string(signatures.new),
            ]
        }
    }
}
