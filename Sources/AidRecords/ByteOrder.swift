internal import Glibc

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are the same.
    package func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        count == other.count && order(against: other) == 0
    }

    /// Below, at or above 0 as these bytes come before, with or after the others, the shorter
    /// first where one begins with the other: the order of SQLite's BINARY.
    package func order(against other: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = baseAddress, let otherStart = other.baseAddress else {
            return count - other.count
        }
        let order = memcmp(start, otherStart, Swift.min(count, other.count))
        return order == 0 ? count - other.count : Int(order)
    }
}
