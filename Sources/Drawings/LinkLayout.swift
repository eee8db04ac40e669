/// Places linked things in columns: what is looked at, what is shared, those who share it, and the
/// same again for the second step.
package struct LinkLayout<Node: Hashable> {
    /// Two linked things, with what they share; nil where nothing stands between them.
    package struct Pair {
        package let step: Int
        package let first, second: Node
        package let shared: [Node?]

        package init(step: Int, first: Node, second: Node, shared: [Node?]) {
            self.step = step
            self.first = first
            self.second = second
            self.shared = shared
        }
    }

    package struct Line: Hashable {
        package let from, to: Node
    }

    /// Five, from the left; each from above.
    package private(set) var columns: [[Node]] = [[], [], [], [], []]
    package private(set) var lines: [Line] = []
    /// How many pairs found no place.
    package private(set) var left = 0
    private var placeOf: [Node: (column: Int, row: Int)] = [:]

    /// - Parameters:
    ///   - pairs: those worth most first.
    ///   - mostOfStep: more pairs of a step make a picture that nobody reads.
    ///   - mostShared: of what two share so much is drawn.
    package init(_ pairs: [Pair], mostOfStep: Int = 14, mostShared: Int = 4) {
        for pair in pairs where pair.step == 1 { place(pair.first, 0) }
        var drawn: [Int: Int] = [:]
        for pair in pairs {
            let isKnown = pair.step == 1 || placeOf[pair.first] != nil
            guard isKnown, drawn[pair.step, default: 0] < mostOfStep else {
                left += 1
                continue
            }
            drawn[pair.step, default: 0] += 1
            add(pair, mostShared)
        }
    }

    package var rowCount: Int { columns.map(\.count).max() ?? 0 }

    package func place(of node: Node) -> (column: Int, row: Int)? { placeOf[node] }

    private mutating func add(_ pair: Pair, _ mostShared: Int) {
        place(pair.first, pair.step == 1 ? 0 : 2)
        place(pair.second, pair.step == 1 ? 2 : 4)
        for shared in pair.shared.prefix(mostShared) {
            guard let shared else {
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

    private mutating func place(_ node: Node, _ column: Int) {
        guard placeOf[node] == nil else { return }
        placeOf[node] = (column, columns[column].count)
        columns[column].append(node)
    }
}
