internal import Foundation
internal import Glibc

/// Writes small files as wholes, so that nobody sees half of one.
package enum WholeFile {
    /// Writes a file under another name first, flushes it and renames it.
    ///
    /// What is there and is no regular file (a device, a pipe) is written to as it is: renaming
    /// a file over it would put the file in its place. A symbolic link stays one.
    /// - Parameter mode: rights of a new file; those of one that is replaced stay.
    package static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644
    ) throws(FileError) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        var status = stat()
        let exists = stat(target, &status) == 0
        let mayReplace = !exists || status.st_mode & S_IFMT == S_IFREG
        let written = mayReplace ? "\(target).\(getpid()).new" : target
        let rights = exists && mayReplace ? status.st_mode & 0o777 : nil
        let code = write(bytes, mode, rights: rights, flushed: mayReplace, to: written)
        guard code == 0, !mayReplace || rename(written, target) == 0 else {
            let reason = reason(code == 0 ? errno : code)
            if mayReplace { unlink(written) }
            throw FileError(path: path, reason: reason)
        }
        if mayReplace { flushFolder(of: target) }
    }

    /// Makes the new name durable, where the file system can.
    private static func flushFolder(of path: String) {
        let descriptor = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// - Parameter rights: those of the file that is replaced, which stay; nil for a new one's.
    /// - Returns: 0, or an error number (errno).
    private static func write(
        _ bytes: [UInt8], _ mode: UInt32, rights: mode_t?, flushed: Bool, to path: String
    ) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        if let rights { fchmod(descriptor, rights) }
        let code = writeAll(bytes, to: descriptor)
        guard code == 0, flushed, fsync(descriptor) != 0 else { return code }
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
