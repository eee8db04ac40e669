import TransparencyLog

extension TreeHash {
    /// The hash with one bit changed.
    func flippingBit(_ bit: Int) -> Self {
        var bytes = self.bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        return Self(bytes.withUnsafeBytes { Digest32($0) })
    }
}

extension Array where Element == NodeHash {
    /// The row with one bit of one hash changed, and each row like that.
    var withFlippedBits: [[NodeHash]] {
        indices.map { place in
            var row = self
            row[place] = row[place].flippingBit((37 * place + 5) % 256)
            return row
        }
    }
}
