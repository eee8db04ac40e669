internal import AidRecords
internal import Glibc
internal import LedgerCore

/// Entries of whose times something is told, as a CSV file. It is written while they are read, and
/// has its name only when it is complete.
final class TimesTable {
    private let path: String
    private let written: String
    private let descriptor: Int32
    private var buffer: [UInt8] = Array(
        "seq,kind,at,occurredOn,daysLate,notBefore,notAfter,finding\r\n".utf8)

    init(_ path: String) throws {
        self.path = path
        written = "\(path).\(getpid()).new"
        descriptor = open(written, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw TimesTable.failure(path, errno) }
    }

    /// What was not finished is taken away.
    deinit {
        close(descriptor)
        unlink(written)
    }

    /// No cell needs quotes: there are numbers, times and names of kinds.
    func add(_ found: TimeReport.Found) throws {
        let finding = found.finding
        let late = finding.daysLate.map { _ in finding.isLateProved ? "late-proved" : "late" }
        let cells = [
            String(found.seq), TimesTable.cell(found.kind), found.at.description,
            found.occurredOn.description,
            finding.daysLate.map(String.init) ?? "", found.bounds.notBefore?.description ?? "",
            found.bounds.notAfter?.description ?? "",
            [late, finding.contradiction?.rawValue].compactMap { $0 }.joined(separator: " "),
        ]
        buffer += Array((cells.joined(separator: ",") + "\r\n").utf8)
        if buffer.count > 1 << 16 { try flush() }
    }

    /// A forged ledger may hold whatever as a kind, and spreadsheets run what begins with `=`.
    private static func cell(_ kind: String) -> String {
        let isName = kind.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
        }
        return isName ? kind : "unknown"
    }

    func finish() throws {
        try flush()
        guard fsync(descriptor) == 0, rename(written, path) == 0 else {
            throw TimesTable.failure(path, errno)
        }
    }

    private func flush() throws {
        let code = writeAll(buffer, to: descriptor)
        guard code == 0 else { throw TimesTable.failure(path, code) }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String, _ code: Int32) -> FileError {
        FileError(path: path, reason: String(cString: strerror(code)))
    }
}
