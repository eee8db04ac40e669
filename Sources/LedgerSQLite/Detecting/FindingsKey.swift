internal import Crypto
internal import Findings
internal import TransparencyLog

/// All that findings are a function of, as one hash: whose ledger and which state of it, whether its
/// tables are known to say what its entries say, the detectors' bytes, what was set, the calendar,
/// and the engine.
package struct FindingsKey: Hashable, Sendable {
    package let sha256: String

    /// - Parameters:
    ///   - rootHash: of the tree of so many entries, in hex.
    ///   - isVerified: whether the tables were verified against the entries: what altered tables
    ///     gave is never to be taken for what the entries give.
    ///   - run: its detectors and settings.
    package init(
        origin: String, size: Int64, rootHash: String, isVerified: Bool, _ run: DetectorRun,
        _ calendar: WorkCalendar
    ) {
        var hash = SHA256()
        // Each part with its length before it, so that no two lists of parts run together.
        func add(_ bytes: [UInt8]) {
            hash.update(data: Array("\(bytes.count):".utf8))
            hash.update(data: bytes)
        }
        add(Array("aidledger findings 4".utf8))
        add(Array((isVerified ? "verified" : "unverified").utf8))
        add(Array(String(DetectorRun.engine).utf8))
        add(Array(origin.utf8))
        add(Array(String(size).utf8))
        add(Array(rootHash.utf8))
        for detector in run.detectors {
            add(Array(detector.text.utf8))
            for (name, value) in run.parameters(of: detector).sorted(by: { $0.key < $1.key }) {
                add(Array("\(name)=\(value)".utf8))
            }
        }
        add(calendar.bytes)
        sha256 = Hex.encode(hash.finalize())
    }
}
