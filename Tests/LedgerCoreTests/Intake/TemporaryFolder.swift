import Foundation
import Testing

/// A folder that goes with its owner.
final class TemporaryFolder {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) {
        #expect(throws: Never.self) {
            try Data(text.utf8).write(to: url.appending(path: name))
        }
    }

    /// The text of a file; nil where it is not there.
    func text(_ name: String) -> String? {
        (try? Data(contentsOf: url.appending(path: name))).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }
}
