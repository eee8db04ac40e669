package import AidRecords

/// The words of a trace in one language.
package struct TraceWording: Sendable {
    package let isChinese: Bool
    private let catalogue: KindCatalogue

    package init(isChinese: Bool, catalogue: KindCatalogue) {
        self.isChinese = isChinese
        self.catalogue = catalogue
    }

    package var language: String { isChinese ? "zh-Hans" : "en" }

    package func callAsFunction(_ zh: String, _ en: String) -> String { isChinese ? zh : en }

    package func callAsFunction(_ words: Words) -> String { isChinese ? words.zh : words.en }

    /// A kind of record by its title.
    package func kind(_ name: String) -> String {
        catalogue.kind(name).map { self($0.title) } ?? printable(name)
    }

    package func code(_ code: String, of list: String) -> String {
        catalogue.codes[list]?.words(code).map { self($0) } ?? printable(code)
    }

    package func kind(_ kind: TraceSubject.Kind) -> String {
        switch kind {
        case .person: self("人员", "person")
        case .institution: self("定点医药机构", "institution")
        case .account: self("账户", "account")
        case .household: self("家庭户", "household")
        case .phone: self("电话", "phone")
        case .address: self("住址", "address")
        case .operator: self("经办人", "operator")
        case .visitDay: self("同日同机构", "institution and day")
        }
    }

    /// Several of a kind, with their count.
    package func several(_ count: Int, _ kind: TraceSubject.Kind) -> String {
        let plural =
            switch kind {
            case .person: "persons"
            case .household: "households"
            case .address: "addresses"
            case .visitDay: "institutions and days"
            default: self.kind(kind) + "s"
            }
        return isChinese ? "\(grouped(count))个\(self.kind(kind))" : "\(grouped(count)) \(plural)"
    }

    /// What links two persons; an operator does as the approver of both.
    package func shared(_ kind: TraceSubject.Kind?) -> String {
        switch kind {
        case nil: self("同一记录", "one entry names both")
        case .operator?: self("同一审批人", "same approver")
        case .visitDay?: self("同日同机构", "same institution and day")
        case .account?: self("同一账户", "same account")
        case .household?: self("同一家庭户", "same household")
        case .phone?: self("同一电话", "same phone")
        case .address?: self("同一住址", "same address")
        case .person?, .institution?: self("同一主体", "same subject")
        }
    }

    package func verdict(_ code: String) -> String {
        switch code {
        case "exact": self("相符", "exact")
        case "within": self("在范围内", "within")
        case "under": self("少付", "under")
        case "over": self("多付", "over")
        case "below-floor": self("低于下限", "below floor")
        case "in-breach": self("违规", "in breach")
        case "excused": self("有例外批准", "excused")
        case "cannot-be-judged": self("无法判定", "cannot be judged")
        default: printable(code)
        }
    }

    package func grade(_ code: String) -> String {
        switch code {
        case "F": self("确认", "breach")
        case "W": self("提示", "warning")
        case "S": self("可疑", "suspicion")
        default: printable(code)
        }
    }

    /// A verdict with the money that it is about, where that is not as it should be.
    package func verdict(_ verdict: TraceEntry.Verdict) -> String {
        let word = self.verdict(verdict.code)
        guard verdict.code != "exact", let least = verdict.leastFen else { return word }
        let due = due(least, verdict.mostFen ?? least)
        return isChinese
            ? "\(word)：实付 \(Fen(verdict.actualFen))，应付 \(due)"
            : "\(word): paid \(Fen(verdict.actualFen)), due \(due)"
    }

    private func due(_ least: Int64, _ most: Int64) -> String {
        least == most ? "\(Fen(least))" : "\(Fen(least))–\(Fen(most))"
    }

    package func amount(_ fen: Int64?) -> String { fen.map { "\(Fen($0))" } ?? "" }

    /// What is traced, as a title.
    package func title(_ start: SubjectTrace.Start) -> String {
        switch start {
        case .subject(let subject):
            let id = printable(subject.id)
            return isChinese
                ? "\(kind(subject.kind)) \(id)" : "\(capitalised(kind(subject.kind))) \(id)"
        case .entry(let seq, let source, let id):
            let name = printable("\(source) / \(id)")
            return isChinese ? "记录 \(seq)（\(name)）" : "Entry \(seq) (\(name))"
        }
    }

    private func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// A pseudonym's first digits, which are enough to tell a few from each other.
    package func short(_ id: String) -> String {
        let id = printable(id)
        let bytes = id.utf8
        guard bytes.count == SubjectClass.pseudonymLength,
            bytes[bytes.index(after: bytes.startIndex)] == UInt8(ascii: ":")
        else { return id }
        return id.prefix(10) + "…"
    }

    /// A subject in a line: what it is called, and a short id.
    package func brief(_ subject: TraceSubject, _ labels: [TraceSubject: String]) -> String {
        guard let label = labels[subject] else { return short(subject.id) }
        return subject.kind == .institution || subject.kind == .visitDay
            ? printable(label) : "\(printable(label)) \(short(subject.id))"
    }

    /// A subject in full, so that it can be traced in turn.
    package func full(_ subject: TraceSubject, _ labels: [TraceSubject: String]) -> String {
        let id = printable(subject.id)
        guard let label = labels[subject] else { return id }
        return isChinese ? "\(id)（\(printable(label))）" : "\(id) (\(printable(label)))"
    }

    package func entries(_ seqs: [Int64]) -> String {
        let shown = seqs.prefix(6).map(String.init).joined(separator: ", ")
        return seqs.count > 6 ? "\(shown) … (\(grouped(seqs.count)))" : shown
    }
}
