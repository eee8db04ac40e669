internal import AidRecords
internal import Findings

/// What detectors are, for people and for programs.
struct DetectorTelling {
    private let shelf: DetectorShelf
    private let wording: FigureWording
    private let isJSON: Bool

    init(_ shelf: DetectorShelf, _ wording: FigureWording, isJSON: Bool) {
        self.shelf = shelf
        self.wording = wording
        self.isJSON = isJSON
    }

    func list() {
        let width = shelf.detectors.map(\.id.count).max() ?? 0
        for detector in shelf.detectors {
            if isJSON {
                Console.output(json: object(detector))
                continue
            }
            let grades = detector.grades.map(\.rawValue).joined(separator: " ")
            let padding = String(repeating: " ", count: width - detector.id.count)
            Console.output(
                printable(
                    "\(detector.id)\(padding)  "
                        + grades.padded(to: 5) + "  \(method(detector))  "
                        + wording.pick(detector.title)))
        }
    }

    /// - Throws: `UsageError` where there is no such detector, `DeclarationError` where its file is
    ///   faulty.
    func explain(_ id: String) throws {
        guard let detector = shelf[id] else { throw shelf.absence(of: id) }
        if isJSON { return Console.output(json: object(detector)) }
        lines(detector).map(printable).forEach(Console.output)
    }

    /// Chinese characters take two columns.
    private func method(_ detector: Detector) -> String {
        wording.isChinese
            ? detector.method.words.zh : detector.method.words.en.padded(to: 14)
    }

    private func say(_ chinese: String, _ english: String) -> String {
        wording.isChinese ? chinese : english
    }

    private func lines(_ detector: Detector) -> [String] {
        let grades = detector.grades.map { "\($0.rawValue) \(wording.pick($0.words))" }
        var lines = ["\(detector.id)  \(wording.pick(detector.title))"]
        func add(_ name: String, _ text: String) {
            if !text.isEmpty { lines.append("\(name)\(say("：", ": "))\(text)") }
        }
        add(say("等级", "grades"), grades.joined(separator: say("，", ", ")))
        add(say("方法", "method"), wording.pick(detector.method.words))
        add(say("意义", "why"), wording.pick(detector.why))
        add(say("依据", "rests on"), basis(detector))
        add(say("检查记录", "looks at"), detector.examines.joined(separator: " "))
        add(say("所需条款主题", "asks for clauses on"), detector.topics.joined(separator: " "))
        add(say("所需参数", "asks for parameters"), detector.asks.joined(separator: " "))
        for parameter in detector.parameters {
            let source = parameter.rule ?? say("审计人员默认值", "an auditor's default")
            lines.append(
                "  \(parameter.name) = \(wording.text(parameter.value, parameter.unit))"
                    + say("（", " (") + "\(wording.pick(parameter.words))\(say("；", "; "))\(source)"
                    + say("）", ")"))
        }
        add(say("不计入", "sound although alike"), wording.pick(detector.exclusions))
        add(say("例", "example"), wording.pick(detector.example))
        add(say("处理", "what to do"), wording.pick(detector.next))
        add(say("责任部门", "who answers"), wording.word(detector.department, "department"))
        add(
            say("所列数据", "figures"),
            detector.figures.map { wording.pick($0.words) }.joined(separator: say("、", ", ")))
        add(say("文件", "file"), detector.file)
        return lines
    }

    private func basis(_ detector: Detector) -> String {
        let contradiction = say("记录自相矛盾", "a contradiction in the record")
        return (detector.basis + (detector.isContradiction ? [contradiction] : []))
            .joined(separator: " ")
    }

    // MARK: For programs

    private func object(_ detector: Detector) -> [String: Any] {
        [
            "id": detector.id, "title": words(detector.title),
            "grades": detector.grades.map(\.rawValue), "method": detector.method.rawValue,
            "why": words(detector.why), "basis": detector.basis,
            "contradiction": detector.isContradiction, "examines": detector.examines,
            "topics": detector.topics, "asks": detector.asks,
            "parameters": detector.parameters.map { parameter in
                [
                    "name": parameter.name, "default": parameter.value,
                    "unit": parameter.unit.rawValue,
                    "source": parameter.rule ?? "auditors-default",
                    "words": words(parameter.words),
                ] as [String: Any]
            },
            "exclusions": words(detector.exclusions), "example": words(detector.example),
            "next": words(detector.next), "department": detector.department,
            "figures": detector.figures.map { figure($0) }, "file": detector.file,
        ]
    }

    private func figure(_ figure: Detector.Figure) -> [String: Any] {
        var object: [String: Any] = [
            "id": figure.column.name, "words": words(figure.words),
        ]
        switch figure.type {
        case .one(let type): object["type"] = type.rawValue
        case .byCode(let by, let types):
            object["by"] = by.name
            object["types"] = types.mapValues(\.rawValue)
        }
        if let codes = figure.codes { object["codes"] = codes }
        if !figure.values.isEmpty { object["values"] = figure.values.mapValues { words($0) } }
        return object
    }

    private func words(_ words: Words) -> [String: String] { ["zh": words.zh, "en": words.en] }
}
