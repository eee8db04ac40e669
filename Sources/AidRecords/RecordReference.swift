/// The reference page of records, generated from the kinds: `ledger/schema/RECORDS.md`.
package struct RecordReference {
    private let catalogue: KindCatalogue

    package init(catalogue: KindCatalogue) { self.catalogue = catalogue }

    /// The groups of kinds, in the order of the page.
    private static let groups: [(name: String, title: Words)] = [
        ("persons", Words(zh: "人员与身份", en: "Persons and standing")),
        ("enrolment", Words(zh: "参保", en: "Enrolment")),
        ("settlement", Words(zh: "结算", en: "Settlement")),
        ("aid", Words(zh: "依申请救助", en: "Aid on application")),
        ("fund", Words(zh: "基金", en: "Money of the fund")),
        ("rules", Words(zh: "规则与职责", en: "Rules and duties")),
        ("supervision", Words(zh: "监督", en: "Supervision")),
        ("ledger", Words(zh: "账本自身", en: "The ledger itself")),
    ]

    package var text: String {
        var lines = [
            "# Records · 记录",
            "",
            "Generated from `ledger/kinds/` by `aidledger kinds generate`; edit those files, not this one.",
            "Kinds marked ⚙ are written by the program itself. `?` is optional; a sealed field's text goes to the vault.",
            "",
            "## Around the body · 记录的公共字段",
            "",
        ]
        lines += RecordReference.head
        rows(of: catalogue.envelope, prefix: "", &lines)
        lines += ["", "## A person's particulars · 人员身份资料", ""]
        lines += RecordReference.head
        rows(of: catalogue.person, prefix: "", &lines)
        for group in RecordReference.groups {
            lines += ["", "## \(group.title.en) · \(group.title.zh)"]
            for kind in catalogue.kinds where kind.group == group.name { add(kind, &lines) }
        }
        lines += ["", "## Codes · 代码"]
        for list in catalogue.codes.values.sorted(by: { $0.name < $1.name }) {
            lines += ["", "**\(list.name)**: " + codes(list)]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let head = ["| field | type | 字段 | meaning |", "|---|---|---|---|"]

    private func add(_ kind: Kind, _ lines: inout [String]) {
        let mark = kind.isProgram ? "⚙ " : ""
        lines += [
            "", "### \(mark)`\(kind.name)` \(kind.title.en) · \(kind.title.zh)", "",
            "\(kind.about.en) \(kind.about.zh)", "",
            "Table `\(kind.table.name)`"
                + kind.listTables.map { ", `\($0.name)`" }.joined() + ".", "",
        ]
        lines += RecordReference.head
        rows(of: kind.body, prefix: "", &lines)
        for group in kind.body.exactlyOne {
            let names = group.map { "`\($0)`" }.joined(separator: ", ")
            lines += ["", "Exactly one of \(names) is given."]
        }
    }

    private func codes(_ list: CodeList) -> String {
        list.codes.map { "`\($0.code)` \($0.words.zh) (\($0.words.en))" }.joined(separator: " · ")
    }

    private func rows(of shape: ObjectShape, prefix: String, _ lines: inout [String]) {
        for field in shape.fields {
            let name = "`\(prefix)\(field.name)`\(field.isOptional ? "?" : "")"
            let note = field.note.map { " (\($0.en))" } ?? ""
            let noteZh = field.note.map { "（\($0.zh)）" } ?? ""
            lines.append(
                "| \(name) | \(describe(field.type))\(field.isSealed ? ", sealed" : "") "
                    + "| \(field.words.zh)\(noteZh) | \(field.words.en)\(note) |")
            switch field.type {
            case .object(let inner): rows(of: inner, prefix: "\(prefix)\(field.name).", &lines)
            case .list(let item, _, _):
                if case .object(let inner) = item.type {
                    rows(of: inner, prefix: "\(prefix)\(field.name)[].", &lines)
                }
            default: break
            }
        }
    }

    private func describe(_ type: FieldType) -> String {
        switch type {
        case .fen(let mayBeNegative): mayBeNegative ? "fen, may be negative" : "fen"
        case .count(let range):
            range.upperBound == CanonicalJSON.maximumInteger
                ? "count" : "count \(range.lowerBound)–\(range.upperBound)"
        case .basisPoints: "basis points"
        case .year: "year"
        case .flag: "true or false"
        case .date: "date"
        case .time: "time"
        case .month: "month"
        case .period: "period"
        case .area: "area"
        case .code(let list): "code of **\(list.name)**"
        case .text(let maximum): "text to \(maximum)"
        case .digest: "SHA-256"
        case .reference: "reference"
        case .person: "person"
        case .subject(let subject): "\(subject)"
        case .object: "object"
        case .list(let item, _, _): "list of \(describe(item.type))"
        case .commitments: "commitments"
        }
    }
}
