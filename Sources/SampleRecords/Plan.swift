/// What a sample of a given size covers: fewer places, persons and years when it is small, so
/// that the records that must occur leave room for claims.
package struct Plan {
    package let entries: Int
    package let seed: UInt64
    package let years: ClosedRange<Int>
    /// Indices into `City.all`.
    package let cities: [Int]
    let counties: [Place]
    /// Aided persons of each county.
    package let population: [Int]
    /// Whether budgets, lists and statements come every month.
    package let isMonthly: Bool

    /// Whether there are enough officials and hospitals to compare one with the others.
    var hasPeers: Bool { entries >= 300_000 }

    /// Whether every choice left to the locality is declared, or the figures of aid only.
    package var declaresAll: Bool { entries >= 250 }

    package var firstDay: Day { Day(years.lowerBound, 1, 1) }
    package var lastDay: Day { Day(years.upperBound, 12, 31) }

    /// - Parameter monthlyFrom: how many entries a sample has at least that tells of every month.
    package init(entries: Int, seed: UInt64, monthlyFrom: Int = 150_000) {
        self.entries = max(0, entries)
        self.seed = seed
        years = Self.years(for: entries)
        cities = Self.cities(for: entries)
        counties = cities.flatMap { city in
            City.all[city].counties.prefix(Self.countiesPerCity(for: entries))
        }
        isMonthly = entries >= monthlyFrom
        // Of a large sample less is taken by what comes round, so more may be enrolled.
        let perPerson = isMonthly ? 11 : entries < 60_000 ? 16 : 13
        let share = max(10, entries / (years.count * perPerson) / max(1, counties.count))
        population = counties.map { place in
            // Counties differ by up to half in size.
            share * (75 + Int(mixed(seed ^ UInt64(place.code)) % 51)) / 100
        }
    }

    private static func years(for entries: Int) -> ClosedRange<Int> {
        switch entries {
        case ..<2_500: 2023...2023
        case ..<8_000: 2022...2024
        default: 2017...2025
        }
    }

    private static func cities(for entries: Int) -> [Int] {
        switch entries {
        case ..<600: [City.tongliao]
        case ..<2_500: [City.jiangmen, City.tongliao]
        default: [City.guangzhou, City.jiangmen, City.tongliao, City.liupanshui]
        }
    }

    private static func countiesPerCity(for entries: Int) -> Int {
        switch entries {
        case ..<15_000: 1
        case ..<60_000: 2
        case ..<300_000: 4
        default: 11
        }
    }
}
