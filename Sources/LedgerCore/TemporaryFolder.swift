internal import Foundation

/// A folder for files of a moment.
package enum TemporaryFolder {
    /// None could be made.
    package struct Failure: Error, CustomStringConvertible {
        package let parent: String
        /// `errno`.
        package let code: Int32

        package var description: String {
            "no folder can be made in \(parent): \(String(cString: strerror(code)))"
        }
    }

    /// Runs `body` with the path of a new folder, which only this user may enter, and removes it
    /// with all that it holds, also where a signal ends the program meanwhile.
    /// - Throws: `Failure`, and what `body` throws.
    package static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
        let path = try make()
        defer {
            try? FileManager.default.removeItem(atPath: path)
            Interruption.remove(folder: path)
        }
        return try body(path)
    }

    private static func make() throws(Failure) -> String {
        let parent = FileManager.default.temporaryDirectory.path
        // mkdtemp(3) puts a name of its own in place of the six letters.
        var template = Array("\(parent)/aidledger-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(parent: parent, code: errno) }
        let path = String(cString: made)
        Interruption.add(folder: path)
        return path
    }
}
