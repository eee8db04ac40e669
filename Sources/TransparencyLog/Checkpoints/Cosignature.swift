/// What a witness adds: it saw the checkpoint at this time, and it follows from all it saw before.
package struct Cosignature: Hashable, Sendable {
    package let key: VerifierKey
    package let timestampSeconds: Int64
}
