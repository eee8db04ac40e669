internal import Foundation
internal import Glibc

/// Writes small files as wholes, so that nobody sees half of one.
package enum WholeFile {
    /// Writes a file as a whole, as `tryToWrite` does.
    /// - Parameter mode: rights of a new file; those of one that is replaced stay.
    package static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644
    ) throws(FileError) {
        let code = tryToWrite(bytes, to: path, mode: mode)
        guard code == 0 else { throw FileError(path: path, reason: reason(code)) }
    }

    /// Writes a file under another name first, flushes it, renames it and flushes its folder.
    ///
    /// The other name begins with a dot, so that nobody who reads the folder takes the half that a
    /// killed process leaves there for a file of its own. What is there and is no regular file (a
    /// device, a pipe) is written to as it is: renaming a file over it would put the file in its
    /// place. A symbolic link stays one.
    /// - Parameter mode: rights of a new file; those of one that is replaced stay.
    /// - Returns: 0, or an error number (errno).
    package static func tryToWrite(_ bytes: [UInt8], to path: String, mode: UInt32) -> Int32 {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let folder = target.deletingLastPathComponent().path
        var status = stat()
        let exists = stat(target.path, &status) == 0
        guard !exists || status.st_mode & S_IFMT == S_IFREG else {
            return write(bytes, mode, to: target.path)
        }
        let hidden = "\(folder)/.\(target.lastPathComponent).\(getpid()).new"
        let rights = exists ? status.st_mode & 0o777 : nil
        let code = write(bytes, mode, rights: rights, isFlushed: true, to: hidden)
        guard code == 0, rename(hidden, target.path) == 0 else {
            let failure = code == 0 ? errno : code
            // Also where its opening is said to have failed: it may be there all the same.
            unlink(hidden)
            return failure
        }
        return flush(folder: folder)
    }

    /// Makes the new name durable, where the file system can, and its folder may be read.
    private static func flush(folder: String) -> Int32 {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { return errno == EACCES ? 0 : errno }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno
    }

    /// - Parameter rights: those of the file that is replaced, which stay; nil for a new one's.
    /// - Returns: 0, or an error number (errno).
    private static func write(
        _ bytes: [UInt8], _ mode: UInt32, rights: mode_t? = nil, isFlushed: Bool = false,
        to path: String
    ) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        if let rights { fchmod(descriptor, rights) }
        let code = writeAll(bytes, to: descriptor)
        guard code == 0, isFlushed, fsync(descriptor) != 0 else { return code }
        return errno
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such folder"
        case EACCES, EPERM, EROFS: "no right to write there"
        case ENOSPC, EDQUOT: "the disk is full"
        default: String(cString: strerror(code))
        }
    }
}

/// A file cannot be written.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "\(path) cannot be written: \(reason)" }
}
