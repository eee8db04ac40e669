internal import AidRecords
internal import GRDB

/// Which pseudonyms are one person: those that `person.merged` joined, directly or through others.
struct MergedPersons: Sendable {
    private var rootOf: [Int64: Int64] = [:]
    private var membersOf: [Int64: [Int64]] = [:]

    /// - Parameter merges: those that no reversal has taken back, in any order.
    init(_ merges: [(from: Int64, into: Int64)]) {
        var neighbours: [Int64: [Int64]] = [:]
        for (from, into) in merges where from != into {
            neighbours[from, default: []].append(into)
            neighbours[into, default: []].append(from)
        }
        let mergedAway = Set(merges.map(\.from))
        for start in neighbours.keys.sorted() where rootOf[start] == nil {
            let members = MergedPersons.connected(to: start, neighbours).sorted()
            // Where all were merged into each other, none is more the one that was kept.
            let root = members.first { !mergedAway.contains($0) } ?? members[0]
            for member in members { rootOf[member] = root }
            membersOf[root] = members
        }
    }

    private static func connected(
        to start: Int64, _ neighbours: [Int64: [Int64]]
    ) -> Set<Int64> {
        var found: Set = [start]
        var waiting = [start]
        while let person = waiting.popLast() {
            for other in neighbours[person] ?? [] where found.insert(other).inserted {
                waiting.append(other)
            }
        }
        return found
    }

    /// Whether the person has more than one pseudonym.
    func isMerged(_ person: Int64) -> Bool { rootOf[person] != nil }

    /// The pseudonym that was kept.
    func root(of person: Int64) -> Int64 { rootOf[person] ?? person }

    /// Persons that were merged, with the pseudonym that was kept of each, in order.
    var all: [(person: Int64, kept: Int64)] {
        rootOf.sorted { $0.key < $1.key }.map { (person: $0.key, kept: $0.value) }
    }

    /// All pseudonyms of the person whose kept one this is, in order.
    func members(of root: Int64) -> [Int64] { membersOf[root] ?? [root] }

    /// The kept pseudonyms of persons who have several, in order.
    func roots(in range: Range<Int64>) -> [Int64] {
        membersOf.keys.filter(range.contains).sorted()
    }
}
