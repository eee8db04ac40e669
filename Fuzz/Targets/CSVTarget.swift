internal import AidRecords
internal import LedgerCore

/// CSV under the mappings of this checkout, and without a mapping: the first byte chooses one, the
/// second how many bytes are read at a time.
enum CSVTarget {
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard bytes.count > 2 else { return }
        let mapping = Checkout.mappings[Int(bytes[0]) % Checkout.mappings.count]
        let file = bytes[2...]
        let whole = IntakeRun(file, as: .csv(mapping))
        try whole.check(file)
        for record in whole.records {
            try record.checkJSON()
            guard record.issue == nil else { continue }
            try record.json.withUnsafeBufferPointer { try RecordTarget.check($0) }
        }
        let chunked = IntakeRun(file, as: .csv(mapping), chunkBytes: Int(bytes[1]) + 1)
        try require(chunked == whole, "\(Int(bytes[1]) + 1) bytes at a time give another outcome")
        try checkRows(Array(file), chunkBytes: Int(bytes[1]) + 1)
    }

    private static func checkRows(_ file: [UInt8], chunkBytes: Int) throws(Violation) {
        let whole = RowRun(file)
        try whole.check(file)
        let chunked = RowRun(file, chunkBytes: chunkBytes)
        try require(chunked == whole, "\(chunkBytes) bytes at a time give other rows")
    }
}
