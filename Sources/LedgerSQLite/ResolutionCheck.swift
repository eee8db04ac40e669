internal import GRDB
internal import LedgerCore

/// Checks the signatures of departments under resolutions that are not reversed.
struct ResolutionCheck {
    let identity: LedgerIdentity
    let findings: Findings

    /// The tables of the read model that tell where the entries are.
    static let tables: Set<String> = ["resolution_adopted", "entry_reversed", "key_registered"]

    func run(_ database: Database) throws {
        try ResolutionInForce.forEach(in: database, origin: identity.origin) { resolution in
            findings.update {
                $0.resolutions += 1
                $0.resolutionSignatures += resolution.signatures.count
            }
            for signature in resolution.signatures { report(signature, resolution.seq) }
        }
    }

    private func report(_ signature: RecordedResolution.Checked, _ seq: Int64) {
        guard case .failure(let fault) = signature.outcome else { return }
        findings.note(
            .resolutions, seq: seq,
            "the signature of \(signature.department) does not hold: \(fault)")
    }
}
