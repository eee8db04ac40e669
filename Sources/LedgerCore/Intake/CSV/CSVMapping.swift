package import AidRecords

/// A mapping file, compiled: how the rows of a CSV file become records
/// (`ledger/mappings/README.md`).
package struct CSVMapping: Sendable {
    package let name: String
    package let title: Words
    package let about: Words
    package let delimiter: UInt8
    /// The columns that are read, in the order in which the mapping first names them.
    package let columns: [String]
    /// Columns that may be there and are left out.
    package let ignoredColumns: Set<String>
    let rules: [CSVRule]

    /// Reads a mapping file strictly.
    /// - Throws: `DeclarationError` with file, line and reason.
    package init(file: String, text: String) throws {
        var reader = CSVMappingReader()
        self = try reader.read(YAMLPlace(file: file, text: text))
    }

    init(
        name: String, title: Words, about: Words, delimiter: UInt8, columns: [String],
        ignoredColumns: Set<String>, rules: [CSVRule]
    ) {
        self.name = name
        self.title = title
        self.about = about
        self.delimiter = delimiter
        self.columns = columns
        self.ignoredColumns = ignoredColumns
        self.rules = rules
    }
}

/// What becomes of the rows for which one of its conditions holds.
struct CSVRule: Sendable {
    /// Any one suffices; a rule without conditions takes every row.
    let conditions: [CSVCondition]
    let record: [CSVMember]
}

struct CSVCondition: Sendable {
    enum Test: Sendable {
        case isOneOf(Set<String>)
        case isNegative
    }

    /// Index into the mapping's columns.
    let column: Int
    let test: Test
}

/// A member of an object, and where its value comes from.
struct CSVMember: Sendable {
    enum Value: Sendable {
        /// - Parameter hasColumn: whether any member below it is fed from a column.
        case object([CSVMember], hasColumn: Bool)
        /// JSON.
        case constant([UInt8])
        case cell(CSVCellRule)
    }

    let name: String
    /// The name in quotes, with its colon.
    let key: [UInt8]
    let value: Value

    init(name: String, value: Value) {
        self.name = name
        var key: [UInt8] = []
        CanonicalJSON.append(name, to: &key)
        self.key = key + [UInt8(ascii: ":")]
        self.value = value
    }
}

struct CSVCellRule: Sendable {
    /// Index into the mapping's columns.
    let column: Int
    let conversion: CSVConversion
    /// What the cell is cut by into a list.
    let separator: [UInt8]?
    /// The JSON that an empty cell stands for.
    let defaultValue: [UInt8]?
}
