package import AidRecords
internal import LedgerCore

/// One thing that may be wrong: the head of a file of `ledger/detectors`, and its query.
package struct Detector: Sendable {
    /// Where the file lies, as errors call it.
    package let file: String
    /// The whole text, head and query, as it is given to the database: so places in it are those of
    /// the file.
    package let text: String
    /// In the file, from 1: where the query begins.
    package let queryLine: Int

    package let id: String
    package let title: Words
    /// The worst first.
    package let grades: [Grade]
    package let method: Method
    package let why: Words
    /// Rules by their ids in the rulebooks.
    package let basis: [String]
    /// Whether the record contradicts itself, so that no clause is needed.
    package let isContradiction: Bool
    /// The kinds whose every record it looks at.
    package let examines: [String]
    /// The topics of provisions that it asks for.
    package let topics: [String]
    /// The names of parameters of the locality (`parameter.set`) that it asks for.
    package let asks: [String]
    package let parameters: [Parameter]
    package let exclusions: Words
    package let example: Words
    package let next: Words
    /// A code of `department`.
    package let department: String
    /// The figure that says who answers for a finding, where that differs; nil where it never does.
    package let departmentBy: Column?
    /// The columns that tell one finding from another.
    package let key: [Column]
    /// The columns that hold numbers of entries.
    package let entries: [Column]
    package let subjects: [Subject]
    /// The column with the amount in question, in fen.
    package let amount: Column?
    package let figures: [Figure]
    package let step: Step?

    /// How sure a finding is, the worst first; `ledger/detectors/README.md`.
    package enum Grade: String, CaseIterable, Sendable, Comparable {
        case breach = "F"
        case warning = "W"
        case suspicion = "S"

        private var weight: Int {
            switch self {
            case .breach: 0
            case .warning: 1
            case .suspicion: 2
            }
        }

        /// The worse comes first.
        package static func < (first: Grade, second: Grade) -> Bool {
            first.weight < second.weight
        }

        package var words: Words {
            switch self {
            case .breach: Words(zh: "确认", en: "breach")
            case .warning: Words(zh: "提示", en: "warning")
            case .suspicion: Words(zh: "可疑", en: "suspicion")
            }
        }
    }

    package enum Method: String, CaseIterable, Sendable {
        case rule, deadline, sequence, duplicate, contradiction, reconciliation, threshold, peers
        case network, digits

        package var words: Words {
            switch self {
            case .rule: Words(zh: "规则比对", en: "rule")
            case .deadline: Words(zh: "期限核对", en: "deadline")
            case .sequence: Words(zh: "次序核对", en: "sequence")
            case .duplicate: Words(zh: "重复查找", en: "duplicate")
            case .contradiction: Words(zh: "矛盾查找", en: "contradiction")
            case .reconciliation: Words(zh: "账目核对", en: "reconciliation")
            case .threshold: Words(zh: "界限比较", en: "threshold")
            case .peers: Words(zh: "同类比较", en: "peers")
            case .network: Words(zh: "关联分析", en: "network")
            case .digits: Words(zh: "数字检验", en: "digits")
            }
        }
    }

    /// What the engine does with the rows before they become findings.
    package enum Step: String, CaseIterable, Sendable {
        case components, benford
    }

    /// A value that an auditor may change; bound as `:name`.
    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: Int64
        package let unit: Unit
        /// The rule that it is taken from; nil where it is an auditor's default.
        package let rule: String?
        package let words: Words

        package enum Unit: String, CaseIterable, Sendable {
            case fen, days, count
            case basisPoints = "basis-points"
            case thousandths
            case hundredThousandths = "hundred-thousandths"
        }
    }

    /// A column of the query, and where the head names it.
    package struct Column: Hashable, Sendable {
        package let name: String
        package let line: Int?
        package let column: Int?
    }

    /// Whom or what a finding is about.
    package struct Subject: Hashable, Sendable {
        package let type: SubjectType
        package let column: Column
    }

    package enum SubjectType: String, CaseIterable, Sendable {
        case person, institution, account, `operator`, household, phone, address

        package var words: Words {
            switch self {
            case .person: Words(zh: "人员", en: "person")
            case .institution: Words(zh: "机构", en: "institution")
            case .account: Words(zh: "账户", en: "account")
            case .operator: Words(zh: "经办人", en: "operator")
            case .household: Words(zh: "户", en: "household")
            case .phone: Words(zh: "电话", en: "phone")
            case .address: Words(zh: "地址", en: "address")
            }
        }

        /// The pseudonyms of it; nil for what is named by a text of the record.
        package var pseudonyms: SubjectClass? {
            switch self {
            case .person: .person
            case .account: .account
            case .household: .household
            case .phone: .phone
            case .address: .address
            case .institution, .operator: nil
            }
        }
    }

    /// Who answers for a finding: a code of `department`.
    package func department(_ figures: [Finding.FigureValue]) -> String {
        let found = figures.first { $0.id == departmentBy?.name }
        guard case .text(let code)? = found?.value else { return department }
        return code
    }

    /// A column that goes into the finding.
    package struct Figure: Hashable, Sendable {
        package let column: Column
        package let type: Typing
        /// The list of `ledger/kinds/codes.yaml` whose codes the column holds; nil where it holds
        /// codes of its own, or none.
        package let codes: String?
        /// The words of the detector's own codes; empty where there are none.
        package let values: [String: Words]
        package let words: Words

        package enum Typing: Hashable, Sendable {
            case one(FigureType)
            /// The code in another figure's column says what is measured, and so in what.
            case byCode(of: Column, [String: FigureType])
        }
    }

    package enum FigureType: String, CaseIterable, Sendable {
        case fen, count, days, date, month, year
        case basisPoints = "basis-points"
        case thousandths
        case hundredThousandths = "hundred-thousandths"
        case text, code, kind, area, category, institution, person, account, `operator`

        /// Whether the column holds whole numbers; nil where it may hold either.
        package var isNumber: Bool? {
            switch self {
            case .fen, .count, .days, .date, .year, .basisPoints, .thousandths,
                .hundredThousandths, .person, .account:
                true
            case .text, .code, .kind, .area, .category, .institution, .operator: false
            case .month: nil
            }
        }

        /// The pseudonyms that a number stands for.
        package var pseudonyms: SubjectClass? {
            switch self {
            case .person: .person
            case .account: .account
            default: nil
            }
        }
    }

    package func fail(line: Int?, _ reason: String) -> DeclarationError {
        DeclarationError(file: file, line: line, reason: reason)
    }

    package func fail(_ column: Column, _ reason: String) -> DeclarationError {
        DeclarationError(
            file: file, line: column.line, column: column.column, reason: reason)
    }

    /// In the file, from 1: the line on which the byte with this number stands.
    package func line(ofByte offset: Int) -> Int {
        1 + text.utf8.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    }
}
