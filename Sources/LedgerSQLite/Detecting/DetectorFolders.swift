package import AidRecords
package import Findings

/// Where detectors lie: `ledger/detectors` of the home, and folders that a user lays beside it.
package struct DetectorFolders: Sendable {
    package let paths: [String]

    package init(_ home: Home, _ others: [String] = []) {
        paths = ["\(home.path)/ledger/detectors"] + others
    }

    /// All their detectors. What cannot be read is told in the shelf's `failures`.
    /// - Throws: `StoreError` where a folder cannot be read.
    package func shelf(_ catalogue: KindCatalogue) throws -> DetectorShelf {
        var shelf = DetectorShelf()
        for path in paths {
            for name in try FileSystem.names(in: path) where name.hasSuffix(".sql") {
                let file = "\(path)/\(name)"
                shelf.add(file: file, bytes: try FileSystem.readBytes(file), catalogue)
            }
        }
        return shelf
    }
}
