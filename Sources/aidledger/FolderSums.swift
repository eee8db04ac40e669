internal import Foundation
internal import LedgerCore

/// The SHA-256 of every file of a folder, as `sha256sum -c` reads them.
enum FolderSums {
    static let name = "SHA256SUMS"

    /// - Throws: `FileError`.
    static func write(to folder: String) throws {
        let paths = (FileManager.default.subpaths(atPath: folder) ?? []).sorted()
        var lines = ""
        for path in paths where path != name {
            var isFolder: ObjCBool = false
            let file = "\(folder)/\(path)"
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw FileError(path: file, reason: "it cannot be read")
            }
            lines += "\(FileDigest.sha256(Array(bytes)))  \(path)\n"
        }
        try TextFile.write(Array(lines.utf8), to: "\(folder)/\(name)")
    }
}
