import Crypto

/// The 32 bytes of a SHA-256 hash, held in line: no heap allocation, and cheap to copy and compare.
///
/// The words hold the bytes in memory order, so that they are never swapped on the way in or out.
package struct Digest32: Hashable, Sendable {
    /// How many bytes a digest has.
    package static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Reads a digest out of memory.
    ///
    /// - Precondition: `bytes` are exactly 32.
    package init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.byteCount, "a digest has 32 bytes")
        words = (
            bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
            bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
            bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
            bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        )
    }

    /// 32 zero bytes.
    package static let zero = Digest32()

    private init() { words = (0, 0, 0, 0) }

    /// Reads 64 lower-case hexadecimal digits, or gives nil where they are not that.
    init?(hexDigits text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 2 * Self.byteCount else { return nil }
        let digest = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.byteCount) {
            bytes -> Digest32? in
            var isHex = true
            for index in 0..<Self.byteCount {
                let high = Hex.digit(text[2 * index])
                let low = Hex.digit(text[2 * index + 1])
                isHex = isHex && (high | low) < 16
                bytes[index] = high << 4 | low & 15
            }
            guard isHex else { return nil }
            return Digest32(UnsafeRawBufferPointer(bytes))
        }
        guard let digest else { return nil }
        self = digest
    }

    /// Takes over what SHA-256 gave.
    init(_ digest: SHA256Digest) {
        self = digest.withUnsafeBytes { Digest32($0) }
    }

    /// Lets `body` read the 32 bytes where they are.
    package func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Swift.withUnsafeBytes(of: words, body)
    }

    package static func == (left: Digest32, right: Digest32) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
