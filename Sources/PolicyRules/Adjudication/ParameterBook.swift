import AidRecords

/// What is laid down for an area, nearest first.
struct ParameterBook: Sendable {
    /// By name, then by the category and the year asked for.
    private var lists: [String: [Key: [Entry]]] = [:]
    /// The days on which some parameter begins to hold, or holds no longer.
    private var changes: [CivilDate] = []

    /// Nil stands for any that no parameter of the name speaks of.
    private struct Key: Hashable {
        var category: String?
        var year: Int?
    }

    /// A parameter in a box: looking through a list copies nothing.
    private final class Entry: Sendable {
        let parameter: Parameter

        init(_ parameter: Parameter) { self.parameter = parameter }
    }

    /// - Parameter chain: the area, its city and its province.
    init(_ parameters: [Parameter], chain: [String]) {
        var byName: [String: [(rank: Int, parameter: Parameter)]] = [:]
        for parameter in parameters {
            guard let rank = chain.firstIndex(of: parameter.area) else { continue }
            byName[parameter.name, default: []].append((rank, parameter))
        }
        for (name, found) in byName {
            let sorted = found.sorted { ParameterBook.precedes($0, $1) }.map(\.parameter)
            lists[name] = ParameterBook.index(sorted)
        }
        let here = byName.values.joined().map(\.parameter)
        let ends = here.compactMap(\.validTo).map { CivilDate(dayNumber: $0.dayNumber + 1) }
        changes = Set(here.compactMap(\.validFrom) + ends).sorted()
    }

    private static func index(_ sorted: [Parameter]) -> [Key: [Entry]] {
        let entries = sorted.map(Entry.init)
        let categories = [nil] + Set(sorted.compactMap(\.category)).map { Optional($0) }
        let years = [nil] + Set(sorted.compactMap(\.year)).map { Optional($0) }
        var index: [Key: [Entry]] = [:]
        for category in categories {
            for year in years {
                index[Key(category: category, year: year)] = entries.filter {
                    let parameter = $0.parameter
                    return (parameter.category == nil || parameter.category == category)
                        && (parameter.year == nil || parameter.year == year)
                }
            }
        }
        return index
    }

    /// The last day up to this one on which a parameter began or ceased to hold.
    func lastChange(before day: CivilDate) -> CivilDate {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= day { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? .distantPast : changes[low - 1]
    }

    private static func precedes(
        _ first: (rank: Int, parameter: Parameter), _ second: (rank: Int, parameter: Parameter)
    ) -> Bool {
        if first.rank != second.rank { return first.rank < second.rank }
        let (one, other) = (first.parameter, second.parameter)
        if one.keyCount != other.keyCount { return one.keyCount > other.keyCount }
        let (begins, otherBegins) = (one.validFrom ?? .distantPast, other.validFrom ?? .distantPast)
        if begins != otherBegins { return begins > otherBegins }
        if one.occurredOn != other.occurredOn { return one.occurredOn > other.occurredOn }
        return one.key > other.key
    }

    func value(_ name: String, _ matter: Matter) -> Parameter.Value? {
        entry(name, matter)?.parameter.value
    }

    func find(_ name: String, _ matter: Matter) -> Parameter? { entry(name, matter)?.parameter }

    private func entry(_ name: String, _ matter: Matter) -> Entry? {
        guard let index = lists[name] else { return nil }
        let list =
            index[Key(category: matter.category, year: matter.year)]
            ?? index[Key(category: matter.category, year: nil)]
            ?? index[Key(category: nil, year: matter.year)]
            ?? index[Key(category: nil, year: nil)] ?? []
        return list.first { $0.parameter.fits(matter) }
    }
}

extension CivilDate {
    fileprivate static let distantPast = CivilDate(dayNumber: .min)
}

extension Parameter {
    fileprivate var keyCount: Int {
        (year == nil ? 0 : 1) + (category == nil ? 0 : 1) + (scheme == nil ? 0 : 1)
            + (visitType == nil ? 0 : 1) + (institutionLevel == nil ? 0 : 1)
            + (fund == nil ? 0 : 1)
    }

    fileprivate func fits(_ matter: Matter) -> Bool {
        (year == nil || year == matter.year)
            && (category == nil || category == matter.category)
            && (scheme == nil || scheme == matter.scheme)
            && (visitType == nil || visitType == matter.visit)
            && (institutionLevel == nil || institutionLevel == matter.level)
            && (fund == nil || fund == matter.fund)
            && (validFrom.map { $0 <= matter.day } ?? true)
            && (validTo.map { $0 >= matter.day } ?? true)
    }
}
