package import AidRecords
internal import LedgerCore
package import PolicyRules

/// The rulebooks that lie in `ledger/policies` of the home. They bind nobody by lying there: a
/// ledger judges by the bytes that it keeps.
package struct PolicyFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package init(_ home: Home) { path = "\(home.path)/ledger/policies" }

    /// A file of the folder.
    package struct File: Sendable {
        package let path: String
        package let bytes: [UInt8]
        package let sha256: String

        package var text: String { String(decoding: bytes, as: UTF8.self) }

        /// - Throws: `DeclarationError` with line, column and reason.
        package func rulebook(_ catalogue: KindCatalogue) throws -> Rulebook {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw DeclarationError(file: path, line: nil, reason: "the file is not UTF-8")
            }
            return try Rulebook(file: path, text: text, codes: catalogue.codes)
        }
    }

    /// The names of the rulebooks: their files' without `.yaml`.
    package func names() throws -> [String] {
        guard case .folder = try FileSystem.look(path) else { return [] }
        return try FileSystem.names(in: path)
            .filter { $0.hasSuffix(".yaml") }
            .map { String($0.dropLast(".yaml".count)) }
    }

    /// - Returns: nil where there is no rulebook of that name.
    package func file(named name: String) throws -> File? {
        let path = "\(path)/\(name).yaml"
        guard !name.contains("/"), try FileSystem.exists(path) else { return nil }
        return try PolicyFolder.file(at: path)
    }

    package static func file(at path: String) throws -> File {
        let bytes = try FileSystem.readBytes(path)
        return File(path: path, bytes: bytes, sha256: FileDigest.sha256(bytes))
    }

    package func files() throws -> [File] {
        try names().compactMap { try file(named: $0) }
    }

    /// Reads a rulebook as one that is to stand beside the others of the folder.
    /// - Throws: `DeclarationError` also where it displaces what none of them has.
    package func checked(_ file: File, _ catalogue: KindCatalogue) throws -> Rulebook {
        let rulebook = try file.rulebook(catalogue)
        let others = try files().compactMap { try? $0.rulebook(catalogue) }
            .filter { $0.name != rulebook.name }
        try RulebookShelf(others + [rulebook]).check(rulebook, file: file.path)
        return rulebook
    }
}
