internal import AidRecords

/// A trace's network in the language of Graphviz.
package enum TraceDOT {
    package static func text(_ trace: SubjectTrace, _ word: TraceWording) -> String {
        var numbers: [TraceSubject: Int] = [:]
        var (nodes, edges): ([String], [String]) = ([], [])
        func node(_ subject: TraceSubject, _ style: String = "") -> String {
            if let number = numbers[subject] { return "n\(number)" }
            let number = numbers.count
            numbers[subject] = number
            var lines = [word.kind(subject.kind), word.short(subject.id)]
            if let label = trace.labels[subject] { lines.append(label) }
            let label = lines.map(escaped).joined(separator: "\\n")
            nodes.append("  n\(number) [label=\"\(label)\", shape=\(shape(subject.kind))\(style)];")
            return "n\(number)"
        }
        func edge(_ from: String, _ to: String, _ entries: [Int64], _ style: String = "") {
            let label = escaped(word.entries(entries))
            edges.append("  \(from) -- \(to) [label=\"\(label)\"\(style)];")
        }
        if case .subject(let subject) = trace.start { _ = node(subject, ", penwidth=3") }
        for link in trace.links.links {
            let (first, second) = (node(link.first), node(link.second))
            guard let shared = link.shared else {
                edge(first, second, link.firstEntries)
                continue
            }
            let between = node(shared)
            edge(first, between, link.firstEntries)
            edge(between, second, link.secondEntries)
        }
        for hub in trace.links.hubs {
            let many = node(hub.shared, ", style=dashed")
            if let from = hub.from { edge(node(from), many, [], ", style=dashed") }
        }
        let title = escaped(word.title(trace.start))
        let head = [
            "graph trace {", "  label=\"\(title)\";", "  rankdir=LR;", "  node [fontsize=10];",
            "  edge [fontsize=8];",
        ]
        return (head + nodes + unique(edges) + ["}"]).joined(separator: "\n") + "\n"
    }

    /// What several links say is drawn once.
    private static func unique(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }
    }

    private static func shape(_ kind: TraceSubject.Kind) -> String {
        switch kind {
        case .person: "ellipse"
        case .institution, .visitDay: "house"
        case .account: "box"
        case .operator: "hexagon"
        case .household, .phone, .address: "note"
        }
    }

    /// Within double quotes: neither quotes nor backslashes of a name end or turn the text.
    package static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in printable(text).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }
}
