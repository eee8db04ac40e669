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
        guard text.count == 2 * Self.byteCount, let start = text.baseAddress else { return nil }
        func word(_ index: Int) -> UInt64? {
            let digits = UnsafeRawPointer(start) + 16 * index
            guard let first = Hex.bytes(of: digits), let second = Hex.bytes(of: digits + 8)
            else { return nil }
            return UInt64(littleEndian: UInt64(second) << 32 | UInt64(first))
        }
        guard let first = word(0), let second = word(1), let third = word(2), let fourth = word(3)
        else { return nil }
        words = (first, second, third, fourth)
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
