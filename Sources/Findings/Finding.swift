package import AidRecords
package import LedgerCore

/// One case that a detector found.
package struct Finding: Hashable, Sendable {
    package let id: FindingID
    /// The detector's.
    package let rule: String
    package var grade: Detector.Grade
    package let area: String
    /// By which it belongs to a period; nil for what has none.
    package let day: CivilDate?
    package var subjects: [Subject]
    /// Numbers of entries, in order.
    package let entries: [Int64]
    /// Those of them that stand in its key; where none does, all.
    package let decisive: [Int64]
    package var figures: [FigureValue]
    /// The amount in question, in fen.
    package let amount: Int64?
    /// The rules that were broken, where the rows say which.
    package let rules: [String]
    package var provisions: [RestingProvision] = []
    /// Whether its detector finds contradictions in the record.
    package var isContradiction = false
    package var state = FindingState.open
    package var notes: [FindingNote] = []

    /// Whom or what it is about.
    package struct Subject: Hashable, Sendable {
        package let type: Detector.SubjectType
        /// A pseudonym, an institution's code or an operator's id; a number until it is known of
        /// which pseudonym.
        package var value: QueryValue

        package init(type: Detector.SubjectType, value: QueryValue) {
            self.type = type
            self.value = value
        }

        package var text: String {
            switch value {
            case .integer(let number): String(number)
            case .text(let text): text
            case .null: ""
            }
        }
    }

    /// A figure that went into it, in the order of the head.
    package struct FigureValue: Hashable, Sendable {
        package let id: String
        package let type: Detector.FigureType
        package var value: QueryValue

        package init(id: String, type: Detector.FigureType, value: QueryValue) {
            self.id = id
            self.type = type
            self.value = value
        }
    }

    package init(
        id: FindingID, rule: String, grade: Detector.Grade, area: String, day: CivilDate?,
        subjects: [Subject], entries: [Int64], decisive: [Int64] = [], figures: [FigureValue],
        amount: Int64?, rules: [String]
    ) {
        self.id = id
        self.rule = rule
        self.grade = grade
        self.area = area
        self.day = day
        self.subjects = subjects
        self.entries = entries
        self.decisive = decisive.isEmpty ? entries : decisive
        self.figures = figures
        self.amount = amount
        self.rules = rules
    }
}

/// A clause that a finding rests on, with its words.
package struct RestingProvision: Hashable, Sendable {
    package let rulebook: String
    package let rule: String
    package let quote: String
    /// Whether it binds in principle only.
    package let admitsExceptions: Bool

    package init(rulebook: String, rule: String, quote: String, admitsExceptions: Bool) {
        self.rulebook = rulebook
        self.rule = rule
        self.quote = quote
        self.admitsExceptions = admitsExceptions
    }
}

/// What has become of a finding, by the record.
package enum FindingState: String, CaseIterable, Sendable {
    case open
    case inCase = "in-case"
    case answered, rectified, excused, dismissed

    package var words: Words {
        switch self {
        case .open: Words(zh: "未处理", en: "open")
        case .inCase: Words(zh: "已立案", en: "in a case")
        case .answered: Words(zh: "已申辩", en: "answered")
        case .rectified: Words(zh: "已整改", en: "rectified")
        case .excused: Words(zh: "例外批准", en: "excused")
        case .dismissed: Words(zh: "已排除", en: "dismissed")
        }
    }
}
