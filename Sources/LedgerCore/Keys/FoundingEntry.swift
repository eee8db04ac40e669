package import Foundation

/// What entry 0 says of its ledger: `ledger/FORMAT.md`, Entry.
package struct FoundingEntry: Hashable, Sendable {
    package let area: String
    package let origin: String
    /// The first key, as it is written there.
    package let vkey: String

    /// Reads an entry's bytes, or gives nil where they do not name a ledger and its key.
    package init?(_ bytes: Data) {
        struct Entry: Decodable {
            struct Body: Decodable {
                let origin: String
                let vkey: String
            }
            let area: String
            let body: Body
        }
        guard let entry = try? JSONDecoder().decode(Entry.self, from: bytes) else { return nil }
        area = entry.area
        origin = entry.body.origin
        vkey = entry.body.vkey
    }
}
