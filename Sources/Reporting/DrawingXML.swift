internal import AidRecords
internal import Drawings
internal import LedgerCore

/// The parts of a timeline or a network, in their places.
struct DrawingXML {
    let table: ReportDefinition.Table
    let rows: [FactTable.Row]
    let wording: Wording

    func write(_ drawing: ReportDefinition.Drawing, _ writer: inout XMLWriter) {
        switch drawing {
        case .timeline(let lane, let day, let flag, let undone):
            timeline(index(lane), index(day), index(flag), index(undone), &writer)
        case .network(let step, let first, let sort, let shared, let second):
            network(
                index(step), index(first), index(sort), index(shared), index(second), &writer)
        }
    }

    /// The reader of `report.yaml` has seen that the column is there.
    private func index(_ name: String) -> Int {
        table.columns.firstIndex { $0.id == name } ?? 0
    }

    private func text(_ row: FactTable.Row, _ index: Int) -> String {
        row.words[index] ?? wording.text(row.cells[index], table.columns[index].type) ?? ""
    }

    // MARK: Timeline

    private struct Stroke {
        var rows = 0
        var undone = 0
        var flagged = 0
    }

    private func timeline(
        _ lane: Int, _ day: Int, _ flag: Int, _ undone: Int, _ writer: inout XMLWriter
    ) {
        let days = rows.compactMap { CivilDate($0.cells[day].keyText) }
        guard let first = days.min(), let last = days.max() else { return }
        let axis = DayAxis(from: first, to: last)
        writer.open(
            "timeline",
            [
                ("of", table.id), ("from", first.description), ("fromText", wording.date(first)),
                ("to", last.description), ("toText", wording.date(last)),
            ])
        for mark in axis.marks {
            writer.empty("mark", [("place", place(mark, axis)), ("text", axis.text(of: mark))])
        }
        var lanes: [String: [CivilDate: Stroke]] = [:]
        var order: [String] = []
        for row in rows {
            guard let date = CivilDate(row.cells[day].keyText) else { continue }
            let name = text(row, lane)
            if lanes[name] == nil { order.append(name) }
            var stroke = lanes[name, default: [:]][date, default: Stroke()]
            stroke.rows += 1
            stroke.undone += row.cells[undone] == .integer(1) ? 1 : 0
            stroke.flagged += row.cells[flag] == .null ? 0 : 1
            lanes[name, default: [:]][date] = stroke
        }
        for name in order { self.lane(name, lanes[name] ?? [:], axis, &writer) }
        writer.close("timeline")
    }

    private func lane(
        _ name: String, _ strokes: [CivilDate: Stroke], _ axis: DayAxis, _ writer: inout XMLWriter
    ) {
        let count = strokes.values.reduce(0) { $0 + $1.rows }
        writer.open("lane", [("text", name), ("rows", grouped(Int64(count)))])
        for (day, stroke) in strokes.sorted(by: { $0.key < $1.key }) {
            writer.empty(
                "stroke",
                [
                    ("place", place(day, axis)), ("rows", String(stroke.rows)),
                    ("flagged", String(stroke.flagged)),
                    ("undone", stroke.undone == stroke.rows ? "true" : "false"),
                ])
        }
        writer.close("lane")
    }

    /// In basis points of the axis.
    private func place(_ day: CivilDate, _ axis: DayAxis) -> String {
        String(axis.place(of: day, in: 10_000))
    }

    // MARK: Network

    private struct Node: Hashable {
        /// Nil of what is linked; else what sort of thing is shared.
        let sort: String?
        let id: String
    }

    private func network(
        _ step: Int, _ first: Int, _ sort: Int, _ shared: Int, _ second: Int,
        _ writer: inout XMLWriter
    ) {
        var texts: [Node: String] = [:]
        func node(_ row: FactTable.Row, _ index: Int, sort: String? = nil) -> Node {
            let node = Node(sort: sort, id: row.cells[index].keyText)
            texts[node] = text(row, index).cut(toWidth: 26)
            return node
        }
        let pairs = rows.map { row in
            LinkLayout<Node>.Pair(
                step: row.cells[step] == .integer(1) ? 1 : 2, first: node(row, first),
                second: node(row, second),
                shared: [
                    row.cells[shared] == .null
                        ? nil : node(row, shared, sort: text(row, sort))
                ])
        }
        let layout = LinkLayout(pairs)
        let nodes = layout.columns.flatMap { $0 }
        let numbers = Dictionary(
            nodes.enumerated().map { ($1, String($0 + 1)) }, uniquingKeysWith: { one, _ in one })
        writer.open(
            "network",
            [
                ("of", table.id), ("rows", String(layout.rowCount)),
                ("left", String(layout.left)), ("leftText", grouped(Int64(layout.left))),
            ])
        for (column, nodes) in layout.columns.enumerated() {
            for (row, node) in nodes.enumerated() {
                let attributes = [
                    ("id", numbers[node] ?? ""), ("column", String(column)), ("row", String(row)),
                    ("text", texts[node] ?? ""),
                ]
                writer.empty("node", attributes + (node.sort.map { [("sort", $0)] } ?? []))
            }
        }
        for line in layout.lines {
            writer.empty(
                "line", [("from", numbers[line.from] ?? ""), ("to", numbers[line.to] ?? "")])
        }
        writer.close("network")
    }
}
