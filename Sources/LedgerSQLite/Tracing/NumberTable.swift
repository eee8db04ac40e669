/// Numbers by key, for a lookup in each of millions of rows: half a dozen times as fast as a
/// dictionary, whose hash has to withstand whoever chooses its keys.
///
/// Here the keys are hashes already, or numbers that the ledger itself gave out; they are spread by
/// a multiplier that is another in each run.
struct NumberTable {
    private struct Slot {
        var key: UInt64 = 0
        var number: Int32 = -1
    }

    private var slots = [Slot](repeating: Slot(), count: 16)
    private var count = 0
    private var shift = UInt64(60)
    private let multiplier = UInt64.random(in: 0...UInt64.max) | 1

    /// The number of a key; nil where it has none.
    func number(of key: UInt64) -> Int32? {
        let number = slots[slot(of: key)].number
        return number < 0 ? nil : number
    }

    /// The number of a key, which is `next` where it had none before.
    /// - Parameter next: not negative.
    mutating func number(of key: UInt64, orElse next: Int32) -> Int32 {
        let slot = slot(of: key)
        let number = slots[slot].number
        guard number < 0 else { return number }
        slots[slot] = Slot(key: key, number: next)
        count += 1
        if count * 2 > slots.count { grow() }
        return next
    }

    /// Where the key is, or would be put.
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* multiplier) >> shift)
        while slots[slot].number >= 0, slots[slot].key != key {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        shift -= 1
        for entry in old where entry.number >= 0 { slots[slot(of: entry.key)] = entry }
    }
}
