package import AidRecords
internal import Foundation
internal import PolicyRules

/// Keeps a rulebook with a mistake from being put in force: the record that adopts it is refused,
/// and what was in force stays so.
package struct AdoptionCheck: Sendable {
    private let folder: PolicyFolder
    private let catalogue: KindCatalogue

    package init(_ folder: PolicyFolder, _ catalogue: KindCatalogue) {
        self.folder = folder
        self.catalogue = catalogue
    }

    private struct Entry: Decodable {
        struct Body: Decodable { let sha256: String }
        let body: Body
    }

    /// What is wrong with the rulebook that the record adopts, if it lies in the folder. One that
    /// does not lie there is recorded all the same, as what happened; nothing is judged by it.
    package func issue(of record: PreparedRecord) -> RecordIssue? {
        guard record.kind.name == "policy.adopted", let sha256 = sha256(record),
            let file = (try? folder.files())?.first(where: { $0.sha256 == sha256 })
        else { return nil }
        do {
            _ = try folder.checked(file, catalogue)
            return nil
        } catch {
            return RecordIssue(
                path: "/body/sha256", reason: "the rulebook has a mistake: \(error)")
        }
    }

    private func sha256(_ record: PreparedRecord) -> String? {
        let prev = [UInt8](repeating: 0, count: 32)
        let bytes = prev.withUnsafeBytes {
            record.entryBytes(at: Array("2000-01-01T00:00:00Z".utf8), prev: $0, seq: 0)
        }
        return try? JSONDecoder().decode(Entry.self, from: Data(bytes)).body.sha256
    }
}
