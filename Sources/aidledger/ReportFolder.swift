internal import Foundation
internal import LedgerCore
internal import Reporting

/// The folder that a report's files of comma-separated values are written into.
struct ReportFolder {
    let path: String

    /// - Throws: `UsageError` where a file stands in its place.
    func requireFolder() throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
        {
            throw UsageError("\(path) is a file; --format csv writes a folder")
        }
    }

    /// Writes each file as a whole. Files that are already there are replaced; a folder with any
    /// other file in it is left alone, so that no table of another report is taken for one of this.
    /// - Parameters:
    ///   - mode: the files'.
    ///   - others: files that are written there beside them, by names, with what writes each.
    func write(
        _ files: [CSVFile], mode: UInt32,
        others: [(name: String, write: (_ path: String) throws -> Void)] = []
    ) throws {
        try requireFolder()
        let names = Set(files.map(\.name) + others.map(\.name))
        let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if let other = present.filter({ !names.contains($0) }).min() {
            throw UsageError(
                "\(path) holds \(other), which is no file of this report; name a new folder")
        }
        if !FileManager.default.fileExists(atPath: path) { try make() }
        for name in names { try OutputGuard.check("\(path)/\(name)") }
        for other in others { try other.write("\(path)/\(other.name)") }
        for file in files {
            try WholeFile.write(file.bytes, to: "\(path)/\(file.name)", mode: mode)
        }
    }

    private func make() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        } catch let error as CocoaError where error.code == .fileNoSuchFile {
            throw FileError(path: path, reason: "there is no such folder")
        } catch {
            throw FileError(path: path, reason: "no folder can be made there")
        }
    }
}
