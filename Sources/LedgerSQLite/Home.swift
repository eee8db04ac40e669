package import AidRecords

/// Where `ledger/` and `templates/` are: kinds, mappings, reports, all that is data.
package struct Home: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Looks, in this order, at: the given folder, the environment, the installation that the
    /// program is part of, the checkout that it was built in.
    /// - Returns: nil where none of them holds `ledger/kinds`.
    /// - Throws: `StoreError` where it cannot be told what is there.
    package static func find(
        _ given: String?, environment: String?, program: String
    ) throws -> Home? {
        if let chosen = given ?? environment { return try Home(path: chosen).checked }
        let folder = FileSystem.folder(of: program)
        let installed = try Home(path: "\(folder)/../share/aidledger").checked
        return try installed ?? checkout(above: folder)
    }

    private static func checkout(above folder: String) throws -> Home? {
        var folder = folder
        while folder != "/", folder != "." {
            if let home = try Home(path: folder).checked { return home }
            folder = FileSystem.folder(of: folder)
        }
        return nil
    }

    private var checked: Home? {
        get throws {
            guard case .folder = try FileSystem.look("\(path)/ledger/kinds") else { return nil }
            return self
        }
    }

    /// - Throws: `DeclarationError`, `StoreError`.
    package func kinds() throws -> KindCatalogue {
        let folder = "\(path)/ledger/kinds"
        var files: [String: String] = [:]
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".yaml") {
            files[name] = try FileSystem.read("\(folder)/\(name)")
        }
        return try KindCatalogue(files: files)
    }

    /// The file with the words of reckonings.
    package var reckoningWords: String { "\(path)/ledger/steps.yaml" }

    /// How an evidence pack is checked by hand, for whoever gets one.
    /// - Throws: `StoreError`.
    package func checkingGuide() throws -> String {
        try FileSystem.read("\(path)/ledger/evidence/HOW-TO-CHECK.txt")
    }

    package var mappingNames: [String] {
        let names = (try? FileSystem.names(in: "\(path)/ledger/mappings")) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    }

    /// The file of a mapping that is named, or that is itself a file.
    package func mappingFile(_ name: String) -> String {
        name.contains("/") || name.hasSuffix(".yaml")
            ? name : "\(path)/ledger/mappings/\(name).yaml"
    }
}
