internal import AidRecords
internal import Reporting

/// What reports there are, for people and for programs.
struct ReportTelling {
    private let drawing: ReportDrawing
    private let language: LanguageOption
    private let isJSON: Bool

    init(_ drawing: ReportDrawing, _ language: LanguageOption, isJSON: Bool) {
        self.drawing = drawing
        self.language = language
        self.isJSON = isJSON
    }

    func list() throws {
        let names = drawing.reportNames
        let width = names.map(\.count).max() ?? 0
        for name in names {
            let report = try drawing.description(of: name)
            if isJSON {
                Console.output(json: object(report))
            } else {
                Console.output("\(name.padded(to: width))  \(language.of(report.title))")
            }
        }
    }

    func explain(_ name: String) throws {
        let report = try drawing.description(of: name)
        if isJSON { return Console.output(json: object(report)) }
        Console.output("\(report.name)  \(language.of(report.title))")
        Console.output(say("内容：", "tells: ") + language.of(report.about))
        Console.output(say("供使用：", "for: ") + language.of(report.audience))
        if report.scope == .matter {
            Console.output(
                say("对象：", "about: ")
                    + "--case ID | --subject person:p:…, institution:CODE, account:a:…, operator:ID"
            )
        }
        for parameter in report.parameters {
            Console.output(
                say("参数：", "parameter: ")
                    + "--set \(parameter.id)=\(parameter.standard)  \(language.of(parameter.title))"
                    + " (\(parameter.type))")
        }
        for section in report.sections {
            Console.output(
                say("章节：", "section: ") + section.id
                    + (section.tables.isEmpty
                        ? "" : "  (\(section.tables.joined(separator: ", ")))"))
        }
    }

    private func say(_ chinese: String, _ english: String) -> String {
        language.of(Words(zh: chinese, en: english))
    }

    private func object(_ report: ReportDescription) -> [String: Any] {
        func both(_ words: Words) -> [String: String] { ["zh": words.zh, "en": words.en] }
        return [
            "report": report.name, "scope": report.scope.rawValue, "title": both(report.title),
            "about": both(report.about), "for": both(report.audience),
            "parameters": report.parameters.map { parameter -> [String: Any] in
                [
                    "id": parameter.id, "type": parameter.type, "default": parameter.standard,
                    "title": both(parameter.title),
                ]
            },
            "sections": report.sections.map { section -> [String: Any] in
                ["id": section.id, "tables": section.tables]
            },
        ]
    }
}
