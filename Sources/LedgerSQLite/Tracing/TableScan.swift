internal import AidRecords
internal import GRDB

/// Everything that a trace looks for in all tables, from one reading of each: which entries speak
/// of which, and who shares what with whom. No index says either.
struct TableScan {
    private(set) var references = ReferenceScan()
    private(set) var shared: SharedEdges

    /// - Parameters:
    ///   - wantsReferences: else those stay empty.
    ///   - wantsShared: likewise.
    init(
        _ database: Database, _ columns: [TraceColumns], persons: MergedPersons,
        wantsReferences: Bool, wantsShared: Bool
    ) throws {
        shared = SharedEdges(persons: persons)
        for table in columns {
            let pairs = wantsReferences ? table.references : []
            let links = wantsShared ? SharedEdges.links(of: table) : []
            guard !pairs.isEmpty || !links.isEmpty else { continue }
            try read(database, table, pairs, links)
        }
    }

    private mutating func read(
        _ database: Database, _ columns: TraceColumns, _ pairs: [(source: String, id: String)],
        _ links: [SharedEdges.Link]
    ) throws {
        let day = columns.table.isList ? "0" : "occurredOnDay"
        let names =
            links.flatMap { [$0.person, $0.shared.column] } + pairs.flatMap { [$0.source, $0.id] }
        let list = names.map(SQLName.quoted).joined(separator: ", ")
        // All rows are read, in their own order: + keeps SQLite from going by the index of persons.
        let statement = try RawStatement(
            database,
            "SELECT seq, \(day), \(list) FROM \(columns.table.name) WHERE +ledger = 1")
        let kinds = links.map { SharedEdges.Column($0.shared) }
        let kind = Int32(columns.kind.ordinal)
        let referencesBegin = 2 + 2 * kinds.count
        while try statement.step() {
            for index in kinds.indices {
                shared.take(kinds[index], from: statement, at: 2 + 2 * index)
            }
            for index in pairs.indices {
                references.take(kind, from: statement, at: referencesBegin + 2 * index)
            }
        }
    }
}
