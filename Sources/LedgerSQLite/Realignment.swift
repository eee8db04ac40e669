internal import GRDB

/// Looks ahead in two copies for the nearest place where they go on alike, after entries were put
/// in or taken out.
///
/// It only saves work: what it does not find, `ChangeTables` does.
struct Realignment {
    private let here: CopyCursor
    private let there: CopyCursor
    /// How many entries of either copy are looked at.
    private var window = Realignment.shortest
    /// How often it need not look, after it has found nothing.
    private var pause = 0

    /// Twice as far with each look that finds nothing: what is found costs no more than twice the
    /// way to it.
    private static let shortest = 1_000
    private static let longest = 100_000

    init(_ here: Database, _ there: Database) throws {
        self.here = try CopyCursor(here)
        self.there = try CopyCursor(there)
    }

    /// - Returns: the numbers of an entry that both have, the first from these numbers on; nil
    ///   where none is near.
    mutating func next(
        here seq: Int64, there other: Int64
    ) throws -> (here: Int64, there: Int64)? {
        guard pause == 0 else {
            pause -= 1
            return nil
        }
        here.restart(from: seq)
        there.restart(from: other)
        var (ours, others): ([Fingerprint: Int64], [Fingerprint: Int64]) = ([:], [:])
        for _ in 0..<window {
            if try here.step() {
                ours[here.mark] = here.seq
                if let other = others[here.mark] { return found(here.seq, other) }
            }
            if try there.step() {
                others[there.mark] = there.seq
                if let seq = ours[there.mark] { return found(seq, there.seq) }
            }
            guard here.isAtRow || there.isAtRow else { break }
        }
        pause = window
        window = min(2 * window, Realignment.longest)
        return nil
    }

    private mutating func found(_ here: Int64, _ there: Int64) -> (here: Int64, there: Int64) {
        window = Realignment.shortest
        return (here, there)
    }
}
