internal import Foundation
package import LedgerCore

/// Names in the order of their pinyin, as Unicode's CLDR has it: lists of names in Chinese are in
/// no other order. Of characters with several readings it takes the most usual (长 as zhǎng), but
/// knows 重庆.
package struct PinyinOrder {
    private static let locale = Locale(identifier: "zh@collation=pinyin")

    private let places: [String: Int]

    /// The order among these.
    package init(_ names: Set<String>) {
        let sorted = names.sorted { first, second in
            let order = first.compare(second, locale: PinyinOrder.locale)
            return order == .orderedSame ? first < second : order == .orderedAscending
        }
        places = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices))
    }

    /// What a name is compared by; what is none stays what it is.
    package func rank(_ value: QueryValue) -> QueryValue {
        guard case .text(let name) = value, let place = places[name] else { return value }
        return .integer(Int64(place))
    }
}
