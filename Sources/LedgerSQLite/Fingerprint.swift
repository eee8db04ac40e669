internal import Crypto

/// What tells one list of texts from every other, in 16 bytes: the beginning of a SHA-256.
///
/// Names and numbers of persons are known by it in memory, so that many fit.
struct Fingerprint: Hashable {
    private let high: UInt64
    private let low: UInt64

    /// - Parameter texts: nil, where one is not stated, differs from an empty one.
    init(_ texts: [String?]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        for text in texts {
            withUnsafeBytes(of: Int32(text?.utf8.count ?? -1)) { bytes.append(contentsOf: $0) }
            if let text { bytes.append(contentsOf: text.utf8) }
        }
        self.init(SHA256.hash(data: bytes))
    }

    /// - Parameter pieces: what they are together with their lengths.
    init(_ pieces: UnsafeBufferPointer<UInt8>...) {
        var hash = SHA256()
        for piece in pieces {
            withUnsafeBytes(of: Int32(piece.count)) { hash.update(bufferPointer: $0) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(piece))
        }
        self.init(hash.finalize())
    }

    private init(_ digest: SHA256Digest) {
        (high, low) = digest.withUnsafeBytes {
            (
                $0.loadUnaligned(as: UInt64.self),
                $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
    }

    /// Its bits are as good as a hash already.
    func hash(into hasher: inout Hasher) { hasher.combine(low) }
}
