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
                add("\(path)/\(name)", to: &shelf, catalogue)
            }
        }
        return shelf
    }

    /// What is no file, or cannot be read, does not keep the others from running.
    private func add(_ file: String, to shelf: inout DetectorShelf, _ catalogue: KindCatalogue) {
        do {
            guard case .file = try FileSystem.look(file) else {
                return shelf.fail(file: file, "it is no file")
            }
            shelf.add(file: file, bytes: try FileSystem.readBytes(file), catalogue)
        } catch StoreError.failed(_, let message) {
            shelf.fail(file: file, message)
        } catch {
            shelf.fail(file: file, "\(error)")
        }
    }
}
