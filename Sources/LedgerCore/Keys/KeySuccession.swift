package import TransparencyLog

/// Which key signed for a ledger at which size: the key of entry 0, and those that replaced it one
/// after the other.
package struct KeySuccession: Hashable, Sendable {
    /// A key, and the size of the ledger from which on it signs.
    package struct Reign: Hashable, Sendable {
        package let key: VerifierKey
        package let since: TreeSize
    }

    /// In order; the first is the key of entry 0.
    package private(set) var reigns: [Reign]

    package init(founding key: VerifierKey) { reigns = [Reign(key: key, since: .zero)] }

    /// The key that signs now.
    package var current: VerifierKey { reigns[reigns.count - 1].key }

    package var keys: [VerifierKey] { reigns.map(\.key) }

    /// The key that signs a head of this size.
    package func key(at size: TreeSize) -> VerifierKey {
        (reigns.last { $0.since <= size } ?? reigns[0]).key
    }

    /// When a key was replaced: the size from which on another one signs. Nil for the one in force
    /// and for one that never was.
    package func end(of key: VerifierKey) -> TreeSize? {
        guard let place = reigns.firstIndex(where: { $0.key == key }), place + 1 < reigns.count
        else { return nil }
        return reigns[place + 1].since
    }

    /// Goes on to the next key. A rotation that is not signed by both keys changes nothing.
    package mutating func follow(
        _ rotation: KeyRotation, _ signatures: KeyRotation.Signatures
    ) throws(KeyRotationError) {
        guard rotation.old == current, !keys.contains(rotation.new) else {
            throw .notTheKeyInForce(rotation.old)
        }
        try rotation.verify(signatures)
        reigns.append(Reign(key: rotation.new, since: TreeSize(rotation.head.size.value + 1)))
    }

    /// Opens a checkpoint of the ledger: the key that was in force at its size must have signed it.
    package func open(
        _ note: SignedNote, cosignerKeys: [VerifierKey] = []
    ) throws(CheckpointError) -> VerifiedCheckpoint {
        let size = try Checkpoint(parsing: note.text).size
        return try note.openCheckpoint(logKey: key(at: size), cosignerKeys: cosignerKeys)
    }
}
