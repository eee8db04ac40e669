/// Hashes of texts that stand for the texts themselves.
///
/// A text's bytes, seven at a time, are the coefficients of a polynomial; its hash is the
/// polynomial's value, modulo 2^61 - 1, at a place that is another in each run. Two texts of n
/// such coefficients have the same hash at n places at most (Carter and Wegman, "Universal Classes
/// of Hash Functions", 1979): no sender can choose texts that do, and that two of millions do by
/// chance is less likely than a failing disk.
struct TextHash {
    private static let prime: UInt64 = (1 << 61) - 1
    private static let step = 7

    private let place = UInt64.random(in: 1..<prime)

    func of(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        added(UnsafeRawBufferPointer(text), to: UInt64(text.count))
    }

    /// Of both, one after the other.
    func of(
        _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
    ) -> UInt64 {
        let hash = added(UnsafeRawBufferPointer(second), to: of(first))
        return next(hash, UInt64(second.count))
    }

    private func added(_ bytes: UnsafeRawBufferPointer, to hash: UInt64) -> UInt64 {
        var (hash, offset) = (hash, 0)
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = next(hash, UInt64(littleEndian: word) & 0x00FF_FFFF_FFFF_FFFF)
            offset += TextHash.step
        }
        while offset < bytes.count {
            let end = min(bytes.count, offset + TextHash.step)
            var word: UInt64 = 0
            for index in offset..<end { word |= UInt64(bytes[index]) << (8 * (index - offset)) }
            hash = next(hash, word)
            offset = end
        }
        return hash
    }

    private func next(_ hash: UInt64, _ coefficient: UInt64) -> UInt64 {
        let (high, low) = hash.multipliedFullWidth(by: place)
        let product = (low & TextHash.prime) + (low >> 61 | high << 3)
        let sum = (product & TextHash.prime) + (product >> 61) + coefficient
        return (sum & TextHash.prime) + (sum >> 61)
    }
}
