internal import AidRecords

extension TraceWording {
    /// The state of the ledger that a trace was read from, and whether its tables were verified.
    func ledger(_ origin: SubjectTrace.Origin) -> String {
        self(
            "账本 \(origin.name)，共 \(grouped(origin.size)) 条记录，根哈希 \(origin.rootHash)。",
            "Ledger \(origin.name), \(grouped(origin.size)) entries, root hash \(origin.rootHash). "
        )
            + verified(origin)
    }

    func verified(_ origin: SubjectTrace.Origin) -> String {
        origin.isVerified
            ? self("数据表已与账本记录核对一致。", "The tables were verified against the entries.")
            : self(
                "数据表未与账本记录核对（aidledger verify）。",
                "The tables were not verified against the entries (aidledger verify).")
    }
}
