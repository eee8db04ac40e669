/// What is lawful to pay, in fen: the least and the most.
struct Due: Hashable {
    var least: Int64
    /// nil where no clause sets a limit.
    var most: Int64?
    /// What the document itself demands at least, where it sets a floor.
    var floor: Int64?

    static let nothing = Due(0)

    init(_ exactly: Int64, floor: Int64? = nil) {
        least = exactly
        most = exactly
        self.floor = floor
    }

    init(least: Int64, most: Int64?, floor: Int64? = nil) {
        self.least = least
        self.most = most
        self.floor = floor
    }

    func limited(to room: Int64) -> Due {
        Due(
            least: min(least, room), most: min(most ?? room, room),
            floor: floor.map { min($0, room) })
    }

    func less(_ paid: Int64) -> Due {
        Due(
            least: max(0, least - paid), most: most.map { max(0, $0 - paid) },
            floor: floor.map { max(0, $0 - paid) })
    }

    static func + (first: Due, second: Due) -> Due {
        Due(
            least: first.least + second.least,
            most: first.most.flatMap { most in second.most.map { most + $0 } },
            floor: first.floor.map { $0 + (second.floor ?? second.least) }
                ?? second.floor.map { $0 + first.least })
    }

    /// The lawful sum that is nearest to what was paid.
    func nearest(to paid: Int64) -> Int64 { max(least, min(paid, most ?? paid)) }

    func verdict(on paid: Int64) -> Verdict {
        if let floor, paid < floor { return .belowFloor }
        if paid < least { return .under }
        if let most, paid > most { return .over }
        return least == most ? .exact : .within
    }

    /// The higher of two whole entitlements.
    func isHigher(than other: Due) -> Bool {
        (least, most ?? .max) > (other.least, other.most ?? .max)
    }
}

/// Sums of fen times basis points, before they are rounded.
typealias Unrounded = Int128

extension Unrounded {
    init(_ fen: Int64, _ basisPoints: Int64) { self = Int128(fen) * Int128(basisPoints) }

    /// Whether it is a whole number of fen.
    var isWhole: Bool { self % 10_000 == 0 }

    /// In fen; never negative.
    func rounded(_ rounding: Rounding) -> Int64 {
        let offset: Int128 = rounding == .halfUp ? 5_000 : 0
        return Int64(clamping: (Swift.max(0, self) + offset) / 10_000)
    }
}

extension [Parameter.Tier] {
    /// Each slice of the sum at its own ratio.
    func unrounded(of fen: Int64, added: Int64 = 0) -> Unrounded {
        reduce(0) { sum, tier in
            let top = Swift.min(tier.to ?? fen, fen)
            guard top > tier.from else { return sum }
            return sum + Unrounded(top - tier.from, Swift.min(tier.basisPoints + added, 10_000))
        }
    }
}
