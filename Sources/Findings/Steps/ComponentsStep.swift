internal import LedgerCore

/// The step `components`: rows join a node (a person) to a link (a phone, an account); nodes with a
/// link in common are connected, and so are those connected to them.
///
/// The cost grows with the rows: a union–find over nodes and links, which no pair of nodes is ever
/// compared for.
package enum ComponentsStep {
    package static let takes = ["node", "link"]
    /// The least node of the group, which names it, and how many nodes it has.
    package static let adds = ["component", "nodes"]

    /// The rows of groups with at least `size` nodes. A row without a node is left out; one without
    /// a link joins its node to nobody.
    package static func run(
        _ rows: DetectorRows, _ parameters: [String: Int64]
    ) throws(StepFailure) -> DetectorRows {
        let (node, link) = (try rows.required("node"), try rows.required("link"))
        let size = try parameters.required("size")
        var graph = Graph()
        let members = rows.rows.map { graph.member(node: $0[node], link: $0[link]) }
        let kept = zip(rows.rows, members).compactMap { row, member in
            member.flatMap { graph.component(of: $0) }
                .flatMap { component in
                    component.nodes >= size
                        ? (row: row, values: [component.least, .integer(component.nodes)]) : nil
                }
        }
        return try rows.adding(adds, to: kept)
    }
}

/// Nodes and links by number, each with a parent on the way to the root of its group.
private struct Graph {
    struct Component {
        var least: QueryValue
        var nodes: Int64
    }

    private var nodes: [QueryValue: Int] = [:]
    private var links: [QueryValue: Int] = [:]
    private var parents: [Int] = []
    /// Of roots: what is known of the group; of a link by itself nothing.
    private var components: [Component?] = []
    /// Of roots: how many members the group has, links counted.
    private var weights: [Int] = []

    /// Joins the two.
    /// - Returns: the node's number; nil where there is none.
    mutating func member(node: QueryValue, link: QueryValue) -> Int? {
        guard node != .null else { return nil }
        let member = nodes[node] ?? add(Component(least: node, nodes: 1))
        nodes[node] = member
        if link != .null {
            let other = links[link] ?? add(nil)
            links[link] = other
            join(member, other)
        }
        return member
    }

    mutating func component(of member: Int) -> Component? { components[root(of: member)] }

    private mutating func add(_ component: Component?) -> Int {
        parents.append(parents.count)
        components.append(component)
        weights.append(1)
        return parents.count - 1
    }

    /// Shortens the way on the way, so that it is short the next time.
    private mutating func root(of member: Int) -> Int {
        var member = member
        while parents[member] != member {
            parents[member] = parents[parents[member]]
            member = parents[member]
        }
        return member
    }

    private mutating func join(_ one: Int, _ other: Int) {
        var (great, small) = (root(of: one), root(of: other))
        guard great != small else { return }
        if weights[great] < weights[small] { swap(&great, &small) }
        parents[small] = great
        weights[great] += weights[small]
        guard let joined = components[small] else { return }
        components[great] =
            components[great].map {
                Component(least: min($0.least, joined.least), nodes: $0.nodes + joined.nodes)
            } ?? joined
    }
}
