internal import Glibc

/// Writing to what is open already. Foundation's own writing begins anew after a short write
/// that is followed by an error, and says nothing.
enum Descriptor {
    /// Writes all of the bytes.
    /// - Returns: 0, or the error number (errno) of the write that failed.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            rest = rest.dropFirst(count)
        }
        return 0
    }
}
