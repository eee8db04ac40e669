internal import AidRecords
internal import Foundation
internal import GRDB
internal import LedgerCore
internal import PolicyRules

/// The rulebooks whose bytes a ledger keeps.
struct KeptRulebooks {
    struct Kept {
        let sha256: String
        let name: String
        let bytes: [UInt8]
    }

    private(set) var all: [Kept] = []

    init(_ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT sha256, name, bytes FROM rulebook WHERE ledger = 1 ORDER BY sha256")
        all = rows.map {
            Kept(sha256: $0["sha256"], name: $0["name"], bytes: Array($0["bytes"] as Data))
        }
    }

    /// Those that can be judged by. One that a former program could read and this one cannot is
    /// left out, and so are bytes that were altered: verdicts under it then say that it is missing.
    func rulebooks(_ catalogue: KindCatalogue) -> [String: Rulebook] {
        var result: [String: Rulebook] = [:]
        for kept in all where FileDigest.sha256(kept.bytes) == kept.sha256 {
            let text = String(decoding: kept.bytes, as: UTF8.self)
            result[kept.sha256] = try? Rulebook(
                file: "\(kept.name).yaml", text: text, codes: catalogue.codes)
        }
        return result
    }

    /// Files that are adopted, not kept yet, and sound.
    static func missing(
        of adoptions: [Adoption], kept: Set<String>, in folder: PolicyFolder?,
        _ catalogue: KindCatalogue
    ) throws -> [PolicyFolder.File] {
        let wanted = Set(adoptions.map(\.sha256)).subtracting(kept)
        guard !wanted.isEmpty, let folder else { return [] }
        return try folder.files().filter {
            wanted.contains($0.sha256) && (try? $0.rulebook(catalogue)) != nil
        }
    }

    static func keep(
        _ file: PolicyFolder.File, _ catalogue: KindCatalogue, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO rulebook (ledger, sha256, name, bytes) VALUES (1, ?, ?, ?)",
            arguments: [file.sha256, try file.rulebook(catalogue).name, Data(file.bytes)])
    }
}
