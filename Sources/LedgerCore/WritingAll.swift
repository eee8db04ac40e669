internal import Glibc

/// Writes all of the bytes to what is open, however many the system takes at a time. Foundation's
/// own writing begins anew after a short write that is followed by an error, and says nothing.
/// - Returns: 0, or the error number (errno) of the write that failed.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return count < 0 ? errno : EIO }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return 0
}

/// Writes all of the bytes to what is open.
/// - Returns: 0, or the error number (errno) of the write that failed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
}
