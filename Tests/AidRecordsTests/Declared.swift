import AidRecords
import Foundation

/// The declarations of this checkout.
enum Declared {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func kindFiles() throws -> [String: String] {
        let folder = root.appending(path: "ledger/kinds")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        var files: [String: String] = [:]
        for name in names where name.hasSuffix(".yaml") {
            files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return files
    }

    static func catalogue() throws -> KindCatalogue { try KindCatalogue(files: kindFiles()) }

    static let today = CivilDate(year: 2026, month: 1, day: 1)!

    static func read(
        _ text: String, _ catalogue: KindCatalogue, today: CivilDate = Declared.today
    ) -> RecordReader.Outcome {
        var reader = RecordReader(catalogue: catalogue)
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { reader.read($0, today: today) }
    }

    static func issues(_ text: String, _ catalogue: KindCatalogue) -> [RecordIssue] {
        if case .refused(let issues) = read(text, catalogue) { return issues }
        return []
    }
}
