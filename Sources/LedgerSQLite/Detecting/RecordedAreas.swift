internal import AidRecords
internal import GRDB

/// The areas that records name, in whatever field.
enum RecordedAreas {
    /// Those whose records these are.
    static func own(_ database: Database, _ catalogue: KindCatalogue) throws -> Set<String> {
        try catalogue.kinds.reduce(into: []) { areas, kind in
            let sql = "SELECT DISTINCT area FROM \(kind.table.name) WHERE +ledger = 1"
            areas.formUnion(try String.fetchSet(database, sql: sql))
        }
    }

    /// And those that records name.
    static func all(_ database: Database, _ catalogue: KindCatalogue) throws -> Set<String> {
        var areas: Set<String> = []
        for kind in catalogue.kinds {
            let body = columns(of: kind.recordedBody, kind)
            for (table, columns) in [kind.table.name: ["area"]].merging(body, uniquingKeysWith: +) {
                let list = columns.map(SQLName.quoted).joined(separator: ", ")
                let rows = try Row.fetchCursor(
                    database, sql: "SELECT DISTINCT \(list) FROM \(table) WHERE +ledger = 1")
                while let row = try rows.next() {
                    for index in columns.indices {
                        if let area = row[index] as String? { areas.insert(area) }
                    }
                }
            }
        }
        return areas
    }

    /// By table, the columns that hold areas.
    private static func columns(of shape: ObjectShape, _ kind: Kind) -> [String: [String]] {
        var found: [String: [String]] = [:]
        func look(_ field: Field, _ table: ReadModelTable) {
            switch field.type {
            case .area: found[table.name, default: []].append(table.columns[field.column].name)
            case .object(let shape): for field in shape.fields { look(field, table) }
            case .list(let item, _, _): look(item, kind.listTables[item.listTable])
            default: break
            }
        }
        for field in shape.fields { look(field, kind.table) }
        return found
    }
}
