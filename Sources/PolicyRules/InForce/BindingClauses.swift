package import AidRecords

/// Where and when each clause of the adopted rulebooks binds, for questions that are asked in SQL.
package struct BindingClauses: Sendable {
    /// A clause of a file as it was adopted.
    package struct Item: Hashable, Sendable {
        package let sha256: String
        package let rule: String
        /// The area of the adoption.
        package let adoptedFor: String
    }

    /// A clause binds in an area and all that lies in it from a day to a day, both included.
    package struct Span: Hashable, Sendable {
        package let item: Item
        package let area: String
        package let from: CivilDate
        package let to: CivilDate
    }

    /// In order of file, rule, area and day.
    package let spans: [Span]
    /// By SHA-256.
    package let rulebooks: [String: Rulebook]

    /// What is in force for good is so until this day.
    package static let lastDay =
        CivilDate(year: 2999, month: 12, day: 31)
        ?? CivilDate(dayNumber: 0)

    /// - Parameter areas: those that records name; for them it is found out what binds.
    package init(_ ruling: Ruling, areas: Set<String>) {
        rulebooks = ruling.rulebooks
        let rulings = areas.sorted().map { ($0, ruling.area($0)) }
        let days = BindingClauses.firstDays(rulings.map(\.1))
        var tree = AreaTree()
        for (area, ruling) in rulings {
            tree.add(area, BindingClauses.binding(ruling, days))
        }
        spans = tree.highest().flatMap { area, bound in
            bound.flatMap { item, pieces in
                BindingClauses.joined(pieces.sorted()).map { piece in
                    Span(
                        item: item, area: area, from: days[piece.lowerBound],
                        to: piece.upperBound < days.count
                            ? CivilDate(dayNumber: days[piece.upperBound].dayNumber - 1)
                            : BindingClauses.lastDay)
                }
            }
        }.sorted {
            ($0.item.sha256, $0.item.rule, $0.area, $0.from)
                < ($1.item.sha256, $1.item.rule, $1.area, $1.from)
        }
    }

    /// The days on which something begins to bind, or has ceased to: between two of them nothing
    /// changes anywhere.
    private static func firstDays(_ rulings: [AreaRuling]) -> [CivilDate] {
        var days: Set<CivilDate> = []
        for span in rulings.flatMap(\.spans) {
            days.insert(span.from)
            if let to = span.to { days.insert(CivilDate(dayNumber: to.dayNumber + 1)) }
        }
        return days.sorted()
    }

    /// By clause, the numbers of the pieces of time in which it binds in an area.
    private static func binding(
        _ ruling: AreaRuling, _ days: [CivilDate]
    ) -> [Item: Set<Int>] {
        var result: [Item: Set<Int>] = [:]
        for (piece, day) in days.enumerated() {
            let indices = ruling.spans.indices.filter { ruling.spans[$0].contains(day) }
            let stack = ruling.stack(Array(indices))
            for index in indices {
                let span = ruling.spans[index]
                for rule in span.rulebook?.rules ?? [] where !stack.isDisplaced(rule.id) {
                    let item = Item(
                        sha256: span.sha256, rule: rule.id, adoptedFor: span.area)
                    result[item, default: []].insert(piece)
                }
            }
        }
        return result
    }

    /// Runs of neighbouring numbers.
    private static func joined(_ pieces: [Int]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for piece in pieces {
            if let last = runs.last, last.upperBound == piece {
                runs[runs.count - 1] = last.lowerBound..<(piece + 1)
            } else {
                runs.append(piece..<(piece + 1))
            }
        }
        return runs
    }
}

/// Areas with those that lie in them. What binds in all of the area of its adoption is said of that
/// area, and not again of each within; where it is displaced in a part, it is said of the others.
private struct AreaTree {
    private typealias Bound = [BindingClauses.Item: Set<Int>]

    /// What binds in each area that records name.
    private var here: [String: Bound] = [:]

    mutating func add(_ area: String, _ bound: [BindingClauses.Item: Set<Int>]) {
        here[area] = bound
    }

    /// What is to be said of each area, once all that it lies in has been said.
    func highest() -> [(area: String, bound: [BindingClauses.Item: Set<Int>])] {
        var inside: [String: [Bound]] = [:]
        for (area, bound) in here {
            for wider in AreaChain.of(area) { inside[wider, default: []].append(bound) }
        }
        let order = inside.keys.sorted { ($0.reach, $0) < ($1.reach, $1) }
        var said: [String: Bound] = [:]
        for area in order {
            let within = Set(AreaChain.of(area))
            var common = AreaTree.common(inside[area] ?? []).filter {
                within.contains($0.key.adoptedFor)
            }
            for wider in AreaChain.of(area).dropFirst() {
                for (item, pieces) in said[wider] ?? [:] { common[item]?.subtract(pieces) }
            }
            said[area] = common.filter { !$0.value.isEmpty }
        }
        return order.compactMap { area in said[area].map { (area, $0) } }
    }

    private static func common(_ all: [Bound]) -> Bound {
        guard var result = all.first else { return [:] }
        for other in all.dropFirst() {
            for (item, pieces) in result {
                result[item] = pieces.intersection(other[item] ?? [])
            }
        }
        return result
    }
}
