internal import AidRecords
internal import Drawings

/// Draws who is linked with whom, in columns: the subject, what is shared, those who share it, and
/// the same again for the second step.
package struct NetworkDrawing {
    private let trace: SubjectTrace
    private let word: TraceWording
    private let layout: LinkLayout<TraceSubject>
    /// How many pairs are not drawn.
    var left: Int { layout.left }

    private static let boxWidth = 172
    private static let boxHeight = 32
    private static let pitch = 40
    private static let columnPitch = 217
    /// Nil where there is nothing to draw.
    init?(_ trace: SubjectTrace, _ word: TraceWording) {
        let pairs = TracePair.all(trace.links.links)
        guard !pairs.isEmpty else { return nil }
        self.trace = trace
        self.word = word
        layout = LinkLayout(
            pairs.map { pair in
                .init(
                    step: pair.step, first: pair.first, second: pair.second,
                    shared: pair.links.map(\.shared))
            })
    }

    /// The upper left corner; shorter columns stand in the middle.
    private func corner(_ subject: TraceSubject) -> (x: Int, y: Int) {
        guard let place = layout.place(of: subject) else { return (0, 0) }
        let above =
            (layout.rowCount - layout.columns[place.column].count) * NetworkDrawing.pitch / 2
        return (
            place.column * NetworkDrawing.columnPitch + 2,
            above + place.row * NetworkDrawing.pitch + 4
        )
    }

    func write(to html: inout HTMLWriter) {
        let height = layout.rowCount * NetworkDrawing.pitch + 8
        html.openDrawing(id: "network", width: 1046, height: height)
        html.element("title", ["id": "network-title"], word("关联网络", "Network"))
        html.element("desc", ["id": "network-text"], description)
        for line in layout.lines { write(line, &html) }
        for subject in layout.columns.joined() { write(subject, &html) }
        html.close("svg")
    }

    private var description: String {
        layout.lines.map {
            word.brief($0.from, trace.labels) + " – " + word.brief($0.to, trace.labels)
        }.joined(separator: "; ")
    }

    private func write(_ line: LinkLayout<TraceSubject>.Line, _ html: inout HTMLWriter) {
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
        let place = layout.place(of: subject)?.column ?? 0
        let isShared = place == 1 || place == 3
        let kind = isShared ? word.shared(subject.kind) : word.kind(subject.kind)
        html.element("text", ["class": "small", "x": "\(x + 10)", "y": "\(y + 12)"], kind)
        let name = word.brief(subject, trace.labels).cut(toWidth: 26)
        html.element("text", ["x": "\(x + 10)", "y": "\(y + 26)"], name)
    }
}
