internal import AidRecords
internal import Foundation
internal import GRDB
internal import Glibc
internal import LedgerCore
internal import LedgerSQLite

/// Appends ready-made records to a chain without vault and read model, and says how long it took:
///     ledger-bench append ROWS DATABASE --batch N
/// ROWS holds entries, each as the lengths of source, id and bytes (UInt32, little endian) and
/// these three. The clock runs from opening the database to closing it, not while records are
/// being made ready.
@main
enum LedgerBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6, arguments[1] == "append", arguments[4] == "--batch",
            let batch = Int(arguments[5]), batch > 0
        else {
            FileHandle.standardError.write(
                Data("usage: ledger-bench append ROWS DATABASE --batch N\n".utf8))
            exit(2)
        }
        let home = try Home.find(
            nil, environment: ProcessInfo.processInfo.environment["AIDLEDGER_HOME"],
            program: arguments[0])
        guard let home else { fatalError("the folder with ledger/kinds is not found") }
        var source = try RowSource(path: arguments[2], home: home)
        var stopwatch = Stopwatch()
        let chain = try stopwatch.time { try BareChain(making: arguments[3]) }
        var rows = 0
        while case let records = try source.next(batch), !records.isEmpty {
            try stopwatch.time { try chain.append(records) }
            rows += records.count
        }
        try stopwatch.time { try chain.close() }
        print(stopwatch.json(rows: rows))
    }
}

/// Counts the time of some pieces of work.
private struct Stopwatch {
    private var seconds = 0.0
    private var cpuSeconds = 0.0

    mutating func time<Result>(_ work: () throws -> Result) rethrows -> Result {
        let clock = ContinuousClock.now
        let cpu = Stopwatch.usage().cpu
        defer {
            let elapsed = (ContinuousClock.now - clock).components
            seconds += Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
            cpuSeconds += Stopwatch.usage().cpu - cpu
        }
        return try work()
    }

    func json(rows: Int) -> String {
        let peak = Stopwatch.usage().peakKiB
        return #"{"rows":\#(rows),"seconds":\#(seconds),"peakKiB":\#(peak),"#
            + #""cpuSeconds":\#(cpuSeconds)}"#
    }

    private static func usage() -> (cpu: Double, peakKiB: Int) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double {
            Double(time.tv_sec) + Double(time.tv_usec) / 1e6
        }
        return (seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss)
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
