internal import AidRecords
internal import Foundation
internal import GRDB
internal import Glibc
internal import LedgerCore
internal import LedgerSQLite

/// Measures what no command does alone, and says how long it took:
///     ledger-bench append ROWS DATABASE --batch N
///     ledger-bench prove LEDGER --proofs N
///
/// `append` appends ready-made records to a chain without vault and read model. ROWS holds entries, each as the lengths of source, id and bytes (UInt32, little endian) and
/// these three. The clock runs from opening the database to closing it, not while records are
/// being made ready.
@main
enum LedgerBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 6, arguments[1] == "append", arguments[4] == "--batch",
            let batch = Int(arguments[5]), batch > 0
        {
            return try append(arguments, batch)
        }
        if arguments.count == 5, arguments[1] == "prove", arguments[3] == "--proofs",
            let proofs = Int(arguments[4]), proofs > 0
        {
            return try prove(LedgerPaths(ledger: arguments[2]), proofs)
        }
        fail(
            """
            usage: ledger-bench append ROWS DATABASE --batch N
                   ledger-bench prove LEDGER --proofs N
            """, status: 2)
    }

    private static func prove(_ paths: LedgerPaths, _ proofs: Int) throws {
        let run = ProofRun(paths: paths, proofs: proofs, threads: Workers.count)
        let (made, checked) = try run.medians()
        let (hashing, together) = (try run.hashing(), try run.together())
        print(
            """
            {"rows":\(proofs),"seconds":\(together),"hashing":\(hashing),"made":\(made),\
            "checked":\(checked),"threads":\(run.threads)}
            """)
    }

    private static func append(_ arguments: [String], _ batch: Int) throws {
        let home = try Home.find(
            nil, environment: ProcessInfo.processInfo.environment["AIDLEDGER_HOME"],
            program: arguments[0])
        guard let home else {
            fail("ledger-bench: the folder with ledger/kinds is not found", status: 3)
        }
        var source = try RowSource(path: arguments[2], home: home)
        var stopwatch = Stopwatch()
        let chain = try stopwatch.time { try BareChain(making: arguments[3]) }
        var rows = 0
        while case let records = try source.next(batch), !records.isEmpty {
            try stopwatch.time { try chain.append(records) }
            rows += records.count
        }
        try stopwatch.time { try chain.close() }
        print(#"{"rows":\#(rows),"seconds":\#(stopwatch.seconds)}"#)
    }

    private static func fail(_ message: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data("\(message)\n".utf8))
        exit(status)
    }
}

/// Counts the time of some pieces of work.
struct Stopwatch {
    private(set) var seconds = 0.0

    mutating func time<Result>(_ work: () throws -> Result) rethrows -> Result {
        let clock = ContinuousClock.now
        defer {
            let elapsed = (ContinuousClock.now - clock).components
            seconds += Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        }
        return try work()
    }
}

/// Makes records of the entries in a file, as many at a time as are asked for.
private struct RowSource: ~Copyable {
    private let data: Data
    private var offset = 0
    private var reader: EntryReader

    init(path: String, home: Home) throws {
        let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        let kinds = try home.kinds()
        self.data = data
        reader = EntryReader(catalogue: kinds)
    }

    struct Malformed: Error { let offset: Int }

    mutating func next(_ count: Int) throws -> [PreparedRecord] {
        var records: [PreparedRecord] = []
        records.reserveCapacity(count)
        while records.count < count, offset < data.count { records.append(try record()) }
        return records
    }

    private mutating func record() throws -> PreparedRecord {
        let lengths = try (0..<3).map { try length(at: offset + 4 * $0) }
        let start = offset + 12 + lengths[0] + lengths[1]
        let end = start + lengths[2]
        guard end <= data.count else { throw Malformed(offset: offset) }
        let record = data.withUnsafeBytes { bytes in
            PreparedRecord(
                recorded: UnsafeBufferPointer(
                    rebasing: bytes.bindMemory(to: UInt8.self)[start..<end]),
                &reader)
        }
        guard let record else { throw Malformed(offset: offset) }
        offset = end
        return record
    }

    private func length(at offset: Int) throws -> Int {
        guard offset + 4 <= data.count else { throw Malformed(offset: offset) }
        return data.withUnsafeBytes {
            Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
    }
}
