/// What a witness signs: a time, and the whole text of a checkpoint. C2SP tlog-cosignature,
/// "Ed25519 signed message".
struct CosignedStatement {
    let timestampSeconds: Int64
    let checkpoint: NoteText

    /// - Precondition: the time is not negative.
    init(timestampSeconds: Int64, checkpoint: NoteText) {
        precondition(timestampSeconds >= 0, "a cosignature's time is not before 1970")
        self.timestampSeconds = timestampSeconds
        self.checkpoint = checkpoint
    }

    /// The eight big-endian bytes before the Ed25519 signature.
    var timestampBytes: [UInt8] {
        withUnsafeBytes(of: timestampSeconds.bigEndian) { Array($0) }
    }

    /// The header line keeps cosignatures apart from anything else the key might sign.
    var message: [UInt8] {
        Array("cosignature/v1\ntime \(timestampSeconds)\n".utf8) + checkpoint.bytes
    }

    /// The time that a cosignature begins with, or nil if it is not a time before 2^63.
    static func timestampSeconds(of signature: [UInt8]) -> Int64? {
        guard signature.count == 8 + 64 else { return nil }
        return Int64(exactly: signature.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
