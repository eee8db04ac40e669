internal import AidRecords
internal import Drawings

/// Draws a timeline: a lane for each kind of record, a stroke for each day on which there is one.
struct TimelineDrawing {
    private let trace: SubjectTrace
    private let word: TraceWording
    private let kinds: [String]
    private let days: DayAxis

    private static let width = 1_040
    private static let left = 250
    /// The words of a mark stand to the right of it.
    private static let right = 990
    private static let laneHeight = 24
    private static let top = 26

    /// Nil where there is nothing to draw.
    init?(_ trace: SubjectTrace, _ word: TraceWording) {
        guard let first = trace.entries.first, let last = trace.entries.last else { return nil }
        self.trace = trace
        self.word = word
        days = DayAxis(from: first.day, to: last.day)
        var seen: Set<String> = []
        kinds = trace.entries.map(\.kind).filter { seen.insert($0).inserted }
    }

    /// The strokes of one lane at one place.
    private struct Stroke {
        var count = 0
        var reversed = 0
        var findings = 0
    }

    func write(to html: inout HTMLWriter) {
        let height = TimelineDrawing.top + kinds.count * TimelineDrawing.laneHeight + 8
        html.openDrawing(id: "timeline", width: TimelineDrawing.width, height: height)
        html.element("title", ["id": "timeline-title"], word("时间线", "Timeline"))
        html.element("desc", ["id": "timeline-text"], description)
        axis(&html, bottom: height - 8)
        for (lane, kind) in kinds.enumerated() { write(kind, lane, &html) }
        html.close("svg")
    }

    private var description: String {
        let counts = kinds.map { kind in
            "\(word.kind(kind)) \(grouped(trace.entries.count { $0.kind == kind }))"
        }
        return "\(days.first) – \(days.last): " + counts.joined(separator: ", ")
    }

    private func place(_ day: CivilDate) -> Int {
        let width = TimelineDrawing.right - TimelineDrawing.left
        return TimelineDrawing.left + days.place(of: day, in: width)
    }

    /// Marks, with words where there is room for them.
    private func axis(_ html: inout HTMLWriter, bottom: Int) {
        var lastText = -100
        for mark in days.marks {
            let x = place(mark)
            html.empty(
                "line",
                ["class": "grid", "x1": "\(x)", "x2": "\(x)", "y1": "18", "y2": "\(bottom)"])
            guard x - lastText >= 46 else { continue }
            lastText = x
            html.element(
                "text", ["class": "small", "x": "\(x + 2)", "y": "14"], days.text(of: mark))
        }
    }

    private func write(_ kind: String, _ lane: Int, _ html: inout HTMLWriter) {
        let base = TimelineDrawing.top + (lane + 1) * TimelineDrawing.laneHeight - 4
        let entries = trace.entries.filter { $0.kind == kind }
        let label = "\(word.kind(kind)) (\(grouped(entries.count)))"
        html.element("text", ["x": "0", "y": "\(base - 2)"], label)
        html.empty(
            "line",
            [
                "class": "axis", "x1": "\(TimelineDrawing.left)",
                "x2": "\(TimelineDrawing.right)", "y1": "\(base)", "y2": "\(base)",
            ])
        var strokes: [Int: Stroke] = [:]
        for entry in entries {
            let x = place(entry.day)
            strokes[x, default: Stroke()].count += 1
            strokes[x, default: Stroke()].reversed += entry.isReversed ? 1 : 0
            strokes[x, default: Stroke()].findings += entry.findings.count
        }
        for (x, stroke) in strokes.sorted(by: { $0.key < $1.key }) {
            let height = min(7 + 2 * stroke.count, 15)
            html.empty(
                "line",
                [
                    "class": stroke.count == stroke.reversed ? "undone" : "mark", "x1": "\(x)",
                    "x2": "\(x)", "y1": "\(base - height)", "y2": "\(base)",
                ])
            if stroke.findings > 0 {
                let y = base - height - 1
                html.empty(
                    "path",
                    ["class": "flag", "d": "M\(x) \(y) l-4 -6 h8 z"])
            }
        }
    }
}
