/// A text in the two languages of reference pages and reports.
package struct Words: Hashable, Sendable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// A list of codes: `ledger/kinds/codes.yaml`.
package final class CodeList: Sendable {
    package struct Code: Sendable {
        package let code: String
        package let words: Words
    }

    package let name: String
    /// In the order of the file, which is the order of tables in reports.
    package let codes: [Code]
    private let known: Set<String>
    private let byCode: [String: Int]

    package init(name: String, codes: [Code]) {
        self.name = name
        self.codes = codes
        self.known = Set(codes.map(\.code))
        self.byCode = Dictionary(
            codes.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Codes are ASCII; Swift takes `K` and the Kelvin sign for the same.
    package func contains(_ code: String) -> Bool {
        code.utf8.allSatisfy { $0 < 0x80 } && known.contains(code)
    }

    package func words(_ code: String) -> Words? { byCode[code].map { codes[$0].words } }

    package func position(_ code: String) -> Int? { byCode[code] }
}

/// What a field may hold; the closed list of `ledger/kinds/README.md`.
package indirect enum FieldType: Sendable {
    case fen(mayBeNegative: Bool)
    case count(ClosedRange<Int64>)
    case basisPoints(maximum: Int64)
    case year
    case flag
    case date
    case time
    case month
    case period
    case area
    case code(CodeList)
    case text(maximum: Int)
    case digest
    case reference
    case person
    /// Of accounts, phones, addresses and households: the letter of their pseudonyms.
    case subject(SubjectClass)
    case object(ObjectShape)
    case list(item: Field, minimum: Int, mayStandAlone: Bool)
    case commitments

    package static let longestList = 1_000
    /// Room for a timestamp with its certificates, in base64.
    package static let longestText: Int64 = 40_000
    /// Texts that may be longer may hold line feeds and tabs; also what a text may have where its
    /// declaration does not say.
    static let longestLine: Int64 = 256
    package static let greatestBasisPoints: Int64 = 1_000_000
}

/// What a pseudonym stands for; the raw value is its first letter.
package enum SubjectClass: String, Sendable, CaseIterable {
    case person = "p"
    case account = "a"
    case phone = "t"
    case address = "d"
    case household = "h"
    case sealedText = "s"

    package var letter: UInt8 { rawValue.utf8.first.unsafelyUnwrapped }

    /// Length of a pseudonym: letter, colon, 32 hex digits.
    package static let pseudonymLength = 34

    /// Whether `text` is a pseudonym of this class.
    package func isPseudonym(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count == SubjectClass.pseudonymLength && text[0] == letter
            && text[1] == UInt8(ascii: ":") && Hex.isLowerCase(text[2...])
    }
}

/// What a text names, where it names a subject: institutions and officials have no pseudonyms.
package enum TextSubject: String, Sendable {
    case institution
    case `operator`
}

/// One field of a kind.
package final class Field: Sendable {
    package let name: String
    package let type: FieldType
    /// The subject that the text is the code of; nil for any other text.
    package let names: TextSubject?
    package let isOptional: Bool
    /// A text of which entries carry the commitment only.
    package let isSealed: Bool
    package let words: Words
    package let note: Words?
    /// The first column of the field in the table of its kind, or of its list.
    package let column: Int
    /// Of the item of a list, the position of its table in `Kind.listTables`.
    package let listTable: Int
    /// `"name":`
    let key: [UInt8]

    init(
        name: String, type: FieldType, isOptional: Bool, isSealed: Bool, words: Words,
        note: Words?, column: Int, listTable: Int = 0, names: TextSubject? = nil
    ) {
        self.name = name
        self.type = type
        self.names = names
        self.isOptional = isOptional
        self.isSealed = isSealed
        self.words = words
        self.note = note
        self.column = column
        self.listTable = listTable
        self.key = Array("\"\(name)\":".utf8)
    }
}

/// The members that an object may have.
package final class ObjectShape: Sendable {
    /// In the order of the declaration.
    package let fields: [Field]
    /// Of each group, exactly one member must be present.
    package let exactlyOne: [[String]]
    static let mostGroups = 8
    /// Positions in `fields`, in the order of canonical JSON.
    let canonicalOrder: [Int]
    /// Positions in `fields`, by name.
    private let positions: [String: Int]

    init(fields: [Field], exactlyOne: [[String]] = []) {
        self.fields = fields
        self.exactlyOne = exactlyOne
        self.canonicalOrder = fields.indices.sorted {
            fields[$0].name.utf8.lexicographicallyPrecedes(fields[$1].name.utf8)
        }
        self.positions = Dictionary(
            uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    }

    package func position(_ name: String) -> Int? { positions[name] }

    /// The position of the field with this name. Members mostly come in the declared order,
    /// so the search begins at the field after the last.
    func position(_ name: UnsafeBufferPointer<UInt8>, after last: Int) -> Int? {
        var index = last
        for _ in fields.indices {
            index = index + 1 == fields.count ? 0 : index + 1
            let key = fields[index].key
            if key.count == name.count + 3,
                key.withUnsafeBufferPointer({ $0[1...name.count].elementsEqual(name) })
            {
                return index
            }
        }
        return nil
    }
}

/// What a record may be: `ledger/kinds/<kind>.yaml`.
package final class Kind: Sendable {
    package let name: String
    /// Position in `KindCatalogue.kinds`.
    package let ordinal: Int
    package let group: String
    package let title: Words
    package let about: Words
    /// Written by the program itself and refused at intake.
    package let isProgram: Bool
    /// Whether entry 0, and no other, is of this kind.
    let isFoundation: Bool
    /// The name of that kind.
    static let foundation = "ledger.created"
    /// The body as senders write it.
    package let body: ObjectShape
    /// The body as entries hold it: with the member `sealed` where there are sealed texts.
    package let recordedBody: ObjectShape
    package let table: ReadModelTable
    package let listTables: [ReadModelTable]
    /// The column of the amount that the record is about, in fen; nil where it is about none.
    package let amountColumn: String?

    init(
        name: String, ordinal: Int, group: String, title: Words, about: Words, isProgram: Bool,
        body: ObjectShape, recordedBody: ObjectShape, table: ReadModelTable,
        listTables: [ReadModelTable], amountColumn: String?
    ) {
        self.name = name
        self.ordinal = ordinal
        self.group = group
        self.title = title
        self.about = about
        self.isProgram = isProgram
        isFoundation = name == Kind.foundation
        self.body = body
        self.recordedBody = recordedBody
        self.table = table
        self.listTables = listTables
        self.amountColumn = amountColumn
    }
}

/// A table of the read model: that of a kind, or of a list within one.
package struct ReadModelTable: Sendable {
    package enum ColumnType: Sendable { case integer, text }

    package struct Column: Sendable {
        package let name: String
        package let type: ColumnType
        package let mayBeNull: Bool
    }

    package let name: String
    /// After the key: `ledger`, `seq`, and of lists `position`.
    package var columns: [Column]
    package let isList: Bool
    /// Columns that questions look records up by, each an index.
    package var indexes: [[String]]
}
