internal import AidRecords
internal import GRDB
internal import Glibc
internal import LedgerCore
internal import LedgerSQLite

/// A ledger that is nothing but its chain.
final class BareChain {
    private let path: String
    private let queue: DatabaseQueue
    private var appender: ChainAppender?
    private var waiting: AppendQueue?
    private var transactions: TransactionStatements?

    init(making path: String) throws {
        self.path = path
        queue = try Connection.make(path, .ledger, LedgerSchema.chain.map(\.sql))
        let appender = try queue.read { try ChainAppender($0) }
        self.appender = appender
        waiting = AppendQueue(appender, .system)
        transactions = try queue.read { try TransactionStatements($0) }
    }

    /// Appends records as one durable batch, as the writer of a ledger does.
    func append(_ records: [PreparedRecord]) throws {
        guard let appender, let waiting, let transactions else { return }
        try queue.writeWithoutTransaction { database in
            try transactions.begin()
            _ = try appender.catchUp(path)
            for record in records { waiting.add(record) }
            try waiting.flush()
            try appender.finish()
            try transactions.commit()
            if logBytes > LedgerWriter.logBytesMax { _ = try database.checkpoint(.passive) }
        }
    }

    private var logBytes: Int64 {
        var status = stat()
        return stat("\(path)-wal", &status) == 0 ? Int64(status.st_size) : 0
    }

    func close() throws {
        appender = nil
        waiting = nil
        transactions = nil
        queue.checkpointQuietly()
        try queue.close()
    }
}
