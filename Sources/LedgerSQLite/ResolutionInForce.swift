internal import AidRecords
internal import Foundation
package import GRDB
package import LedgerCore

/// A resolution that is not reversed, its signatures checked.
package struct ResolutionInForce: Sendable {
    package let seq: Int64
    package let recorded: RecordedResolution
    /// Of the departments that have signed.
    package let signatures: [RecordedResolution.Checked]

    /// The departments whose signatures hold, each once.
    package var signers: [String] {
        let holding = Set(
            signatures.filter { (try? $0.outcome.get()) != nil }.map(\.department))
        return recorded.resolution.participants.filter(holding.contains)
    }

    /// Hands over all of them in the order of their entries. Entries that cannot be read are
    /// passed over; `verify` tells of them.
    /// - Parameter origin: the ledger's.
    package static func forEach(
        in database: Database, origin: String, _ body: (ResolutionInForce) throws -> Void
    ) throws {
        let registered = try RegisteredKey.all(in: database)
        let seqs = try Int64.fetchAll(
            database,
            sql: "SELECT seq FROM (\(LiveView.query(of: "resolution_adopted"))) ORDER BY seq")
        for seq in seqs {
            let bytes = try Data.fetchOne(
                database, sql: "SELECT bytes FROM entry WHERE seq = ?", arguments: [seq])
            guard let bytes, let recorded = RecordedResolution(entry: bytes, origin: origin)
            else { continue }
            // A key that came later could be anybody's.
            let signatures = recorded.checked(with: registered.filter { $0.seq < seq })
            try body(ResolutionInForce(seq: seq, recorded: recorded, signatures: signatures))
        }
    }
}
