internal import Crypto
internal import Glibc

/// The part of a file that is being looked at.
///
/// It slides over the file: bytes are taken in at its end a chunk at a time, and let go at its
/// front, so memory does not grow with the file. Offsets count from the window's front.
struct ByteWindow: ~Copyable {
    private let descriptor: Int32
    private let chunkBytes: Int
    private var storage: [UInt8]
    private var front = 0
    private var end = 0
    private var digest = SHA256()
    /// All bytes taken in, let go or not.
    private(set) var bytesRead: Int64 = 0
    private(set) var isAtEndOfFile = false

    /// - Parameter descriptor: stays the caller's to close.
    init(descriptor: Int32, chunkBytes: Int) {
        precondition(chunkBytes > 0)
        self.descriptor = descriptor
        self.chunkBytes = chunkBytes
        let longestHeld = max(InputLimits.lineBytes + 2, InputLimits.sampleBytes)
        storage = [UInt8](repeating: 0, count: longestHeld + chunkBytes)
    }

    /// Bytes in the window.
    var count: Int { end - front }

    /// SHA-256 of all bytes of the file; nil before its end has been met.
    var contentSHA256: [UInt8]? { isAtEndOfFile ? Array(digest.finalize()) : nil }

    /// Takes in at most one more chunk.
    /// - Returns: false at the end of the file.
    mutating func fill() throws(InputError) -> Bool {
        if isAtEndOfFile { return false }
        makeRoom()
        let taken = try read()
        bytesRead += Int64(taken)
        end += taken
        isAtEndOfFile = taken == 0
        return taken > 0
    }

    /// Takes in chunks until so many bytes are in the window, or the file ends.
    mutating func fill(toHold wanted: Int) throws(InputError) {
        while count < wanted {
            guard try fill() else { return }
        }
    }

    private mutating func makeRoom() {
        guard end + chunkBytes > storage.count else { return }
        let held = count
        precondition(held + chunkBytes <= storage.count, "a window that nobody lets go of")
        let first = front
        storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            memmove(base, base + first, held)
        }
        front = 0
        end = held
    }

    private mutating func read() throws(InputError) -> Int {
        while true {
            let (start, wanted) = (end, chunkBytes)
            let taken = storage.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, wanted)
            }
            if taken >= 0 {
                storage.withUnsafeBytes { buffer in
                    let chunk = UnsafeRawBufferPointer(rebasing: buffer[start..<start + taken])
                    digest.update(bufferPointer: chunk)
                }
                return taken
            }
            if errno == EISDIR { throw .isDirectory }
            if errno != EINTR { throw .cannotRead(errorNumber: errno) }
        }
    }

    /// Lets the first `byteCount` bytes go.
    mutating func consume(_ byteCount: Int) {
        precondition(byteCount <= count)
        front += byteCount
    }

    /// - Precondition: the body does not keep the pointer.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[front..<end])) }
    }

    /// A copy of the first `byteCount` bytes.
    func prefix(_ byteCount: Int) -> [UInt8] { Array(storage[front..<front + byteCount]) }

    subscript(offset: Int) -> UInt8 { storage[front + offset] }

    /// Where the first line feed at or after `start` stands.
    func lineFeed(from start: Int) -> Int? {
        withBytes { bytes in
            guard let base = bytes.baseAddress,
                let found = memchr(base + start, 0x0A, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}
