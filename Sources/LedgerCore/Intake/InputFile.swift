internal import Glibc

/// An input file that is open for reading, and is closed when it goes.
package struct InputFile: ~Copyable {
    package let descriptor: Int32
    /// How long the file is, for progress; nil of standard input, pipes and devices.
    package let byteCount: Int64?
    private let isOwned: Bool

    /// Opens a file; `-` is standard input.
    package init(path: String) throws(InputError) {
        let isOwned = path != "-"
        let descriptor = isOwned ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errorNumber: errno) }
        do throws(InputError) {
            byteCount = try InputFile.byteCount(descriptor, path)
        } catch {
            if isOwned { _ = close(descriptor) }
            throw error
        }
        self.isOwned = isOwned
        self.descriptor = descriptor
    }

    private static func byteCount(
        _ descriptor: Int32, _ path: String
    ) throws(InputError) -> Int64? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .cannotOpen(path: path, errorNumber: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw .isDirectory
        case S_IFREG: return Int64(status.st_size)
        default: return nil
        }
    }

    deinit {
        if isOwned { _ = close(descriptor) }
    }
}
