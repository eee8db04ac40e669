internal import AidRecords

/// Draws who is linked with whom, in columns: the subject, what is shared, those who share it, and
/// the same again for the second step.
package struct NetworkDrawing {
    private let trace: SubjectTrace
    private let word: TraceWording
    private var columns: [[TraceSubject]] = [[], [], [], [], []]
    private var placeOf: [TraceSubject: (column: Int, row: Int)] = [:]
    private var lines: [Line] = []
    /// How many pairs are not drawn.
    private(set) var left = 0

    private struct Line: Hashable {
        let from, to: TraceSubject
    }

    private static let boxWidth = 172
    private static let boxHeight = 32
    private static let pitch = 40
    private static let columnPitch = 217
    /// More pairs than these of a step make a picture that nobody reads.
    private static let pairsMax = 14

    /// Nil where there is nothing to draw.
    init?(_ trace: SubjectTrace, _ word: TraceWording) {
        let pairs = TracePair.all(trace.links.links)
        guard !pairs.isEmpty else { return nil }
        self.trace = trace
        self.word = word
        for pair in pairs where pair.step == 1 { place(pair.first, 0) }
        var drawn: [Int: Int] = [:]
        for pair in pairs {
            let isKnown = pair.step == 1 || placeOf[pair.first] != nil
            guard isKnown, drawn[pair.step, default: 0] < NetworkDrawing.pairsMax else {
                left += 1
                continue
            }
            drawn[pair.step, default: 0] += 1
            add(pair)
        }
    }

    private mutating func add(_ pair: TracePair) {
        place(pair.first, pair.step == 1 ? 0 : 2)
        place(pair.second, pair.step == 1 ? 2 : 4)
        for link in pair.links.prefix(4) {
            guard let shared = link.shared else {
                append(Line(from: pair.first, to: pair.second))
                continue
            }
            place(shared, pair.step == 1 ? 1 : 3)
            append(Line(from: pair.first, to: shared))
            append(Line(from: shared, to: pair.second))
        }
    }

    private mutating func append(_ line: Line) {
        if !lines.contains(line) { lines.append(line) }
    }

    private mutating func place(_ subject: TraceSubject, _ column: Int) {
        guard placeOf[subject] == nil else { return }
        placeOf[subject] = (column, columns[column].count)
        columns[column].append(subject)
    }

    private var rowCount: Int { columns.map(\.count).max() ?? 0 }

    /// The upper left corner; shorter columns stand in the middle.
    private func corner(_ subject: TraceSubject) -> (x: Int, y: Int) {
        guard let place = placeOf[subject] else { return (0, 0) }
        let above = (rowCount - columns[place.column].count) * NetworkDrawing.pitch / 2
        return (
            place.column * NetworkDrawing.columnPitch + 2,
            above + place.row * NetworkDrawing.pitch + 4
        )
    }

    func write(to html: inout HTMLWriter) {
        let height = rowCount * NetworkDrawing.pitch + 8
        html.open(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "role": "img",
                "viewBox": "0 0 1046 \(height)", "aria-labelledby": "network-title network-text",
            ])
        html.element("title", ["id": "network-title"], word("关联网络", "Network"))
        html.element("desc", ["id": "network-text"], description)
        for line in lines { write(line, &html) }
        for subject in columns.joined() { write(subject, &html) }
        html.close("svg")
    }

    private var description: String {
        lines.map {
            word.brief($0.from, trace.labels) + " – " + word.brief($0.to, trace.labels)
        }.joined(separator: "; ")
    }

    private func write(_ line: Line, _ html: inout HTMLWriter) {
        let (from, to) = (corner(line.from), corner(line.to))
        let half = NetworkDrawing.boxHeight / 2
        let (x1, y1) = (from.x + NetworkDrawing.boxWidth, from.y + half)
        let (x2, y2) = (to.x, to.y + half)
        guard from.x < to.x else {
            // Two of one column: a bow beside it.
            let d = "M\(x1) \(y1) C\(x1 + 30) \(y1) \(x1 + 30) \(y2) \(x1) \(y2)"
            return html.empty("path", ["class": "line", "d": d])
        }
        let middle = (x1 + x2) / 2
        html.empty(
            "path",
            ["class": "line", "d": "M\(x1) \(y1) C\(middle) \(y1) \(middle) \(y2) \(x2) \(y2)"])
    }

    private func write(_ subject: TraceSubject, _ html: inout HTMLWriter) {
        let (x, y) = corner(subject)
        let isStart = trace.start == .subject(subject)
        html.empty(
            "rect",
            [
                "class": isStart ? "box start" : "box", "x": "\(x)", "y": "\(y)",
                "width": "\(NetworkDrawing.boxWidth)", "height": "\(NetworkDrawing.boxHeight)",
                "rx": subject.kind == .person ? "14" : "0",
            ])
        let place = placeOf[subject]?.column ?? 0
        let isShared = place == 1 || place == 3
        let kind = isShared ? word.shared(subject.kind) : word.kind(subject.kind)
        html.element("text", ["class": "small", "x": "\(x + 10)", "y": "\(y + 12)"], kind)
        let name = NetworkDrawing.cut(word.brief(subject, trace.labels))
        html.element("text", ["x": "\(x + 10)", "y": "\(y + 26)"], name)
    }

    /// As much of a text as a box has room for.
    package static func cut(_ text: String, width most: Int = 26) -> String {
        guard terminalWidth(of: text) > most else { return text }
        var (result, width) = ("", 0)
        for character in text {
            width += terminalWidth(of: String(character))
            if width >= most { break }
            result.append(character)
        }
        return result + "…"
    }
}
