internal import AidRecords
internal import Foundation
internal import GRDB
internal import LedgerCore

/// Checks the signatures of departments under resolutions that are not reversed.
struct ResolutionCheck {
    let identity: LedgerIdentity
    let findings: Findings

    /// The tables of the read model that tell where the entries are.
    static let tables: Set<String> = ["resolution_adopted", "entry_reversed", "key_registered"]

    func run(_ database: Database) throws {
        let registered = try RegisteredKey.all(in: database)
        let seqs = try Int64.fetchAll(
            database,
            sql: "SELECT seq FROM (\(LiveView.query(of: "resolution_adopted"))) ORDER BY seq")
        for seq in seqs {
            let bytes = try Data.fetchOne(
                database, sql: "SELECT bytes FROM entry WHERE seq = ?", arguments: [seq])
            // That an entry cannot be read is told where entries are checked.
            guard let bytes,
                let recorded = RecordedResolution(entry: bytes, origin: identity.origin)
            else { continue }
            let checked = recorded.checked(with: registered.filter { $0.seq < seq })
            findings.update {
                $0.resolutions += 1
                $0.resolutionSignatures += checked.count
            }
            for signature in checked { report(signature, seq) }
        }
    }

    private func report(_ signature: RecordedResolution.Checked, _ seq: Int64) {
        guard case .failure(let fault) = signature.outcome else { return }
        findings.note(
            .resolutions, seq: seq,
            "the signature of \(signature.department) does not hold: \(fault)")
    }
}
