internal import AidRecords
internal import GRDB
internal import LedgerCore

/// Finds what differs between two copies of a ledger after the beginning that they share, by what
/// the entries say: a chain that was hashed anew hides nothing.
///
/// The copies are walked through side by side, and entries that stand in the same place are
/// compared there; what has no counterpart in its place goes through `ChangeTables`.
final class ChangeSearch {
    private let here: Database
    private let there: Database
    private let tables: ChangeTables
    /// Where the two part.
    private let start: Int64
    private var realignment: Realignment
    /// How much greater the numbers there are, as far as entries stand in the same order.
    private var shift: Int64 = 0
    private var runs = PairedRuns()
    private var tally = ChangeTally()
    private var rehashed: ClosedRange<Int64>?

    private init(
        _ here: Database, _ there: Database, _ tables: ChangeTables, from seq: Int64
    ) throws {
        self.here = here
        self.there = there
        self.tables = tables
        start = seq
        realignment = try Realignment(here, there)
    }

    /// - Parameters:
    ///   - seq: of the first entry that differs.
    ///   - entries: how many entries of the ledger are looked at from there on.
    ///   - progress: how many of those the walk has passed.
    static func run(
        _ here: Database, _ there: Database, from seq: Int64, entries: Int64,
        progress: (Int64) -> Void
    ) throws -> LedgerChanges {
        try ChangeTables.make {
            try ChangeSearch(here, there, $0, from: seq).run(entries, progress)
        }
    }

    private func run(_ entries: Int64, _ progress: (Int64) -> Void) throws -> LedgerChanges {
        try walk(entries, progress)
        try tables.match { pair in
            try note(
                pair.here, pair.there,
                Difference(
                    isEdited: pair.isEdited, isRecordedAtAnotherTime: pair.isRecordedAtAnotherTime,
                    isRehashed: pair.isRehashed))
        }
        let (inOrder, moved) = runs.ordered()
        for run in moved {
            for index in 0..<run.count {
                try tables.note(.reordered, here: run.here + index, there: run.there + index)
            }
        }
        let end = try pairInGaps(of: inOrder)
        try tables.noteSingles("here", before: end.here)
        try tables.noteSingles("there", before: end.there)
        try takeCounts()
        return LedgerChanges(tally: tally, listed: try listed(), rehashed: rehashed)
    }

    private func takeCounts() throws {
        let counts = try tables.counts()
        tally.edited = counts[.edited] ?? 0
        tally.inserted = counts[.inserted] ?? 0
        tally.deleted = counts[.deleted] ?? 0
        tally.reordered = (counts[.reordered] ?? 0) + runs.dropped
        tally.recordedAt = counts[.recordedAt] ?? 0
        tally.onlyHere = counts[.onlyHere] ?? 0
        tally.onlyThere = counts[.onlyThere] ?? 0
    }

    // MARK: Entries that both have

    /// How the two versions of an entry differ.
    private struct Difference {
        let isEdited: Bool
        let isRecordedAtAnotherTime: Bool
        let isRehashed: Bool
    }

    private func walk(_ entries: Int64, _ progress: (Int64) -> Void) throws {
        let here = try CopyCursor(self.here, from: start, most: entries)
        let there = try CopyCursor(self.there, from: start)
        try here.step()
        try there.step()
        while here.isAtRow || there.isAtRow {
            let lag = !there.isAtRow ? -1 : !here.isAtRow ? 1 : here.seq &+ shift &- there.seq
            if lag < 0 {
                try tables.addHere(here)
            } else if lag > 0 {
                try tables.addThere(there)
            } else if try !comparePair(here, there) {
                continue
            }
            if lag <= 0 { try here.step() }
            if lag >= 0 { try there.step() }
            if here.count % 5_000 == 0 { progress(here.count) }
        }
    }

    /// Compares entries that stand in the same place.
    /// - Returns: false where the two copies were aligned anew, and nothing has been compared.
    private func comparePair(_ here: CopyCursor, _ there: CopyCursor) throws -> Bool {
        if here.bytes.isSame(as: there.bytes) {
            tally.unchanged += 1
            runs.add(here: here.seq, there: there.seq)
        } else if here.isCounterpart(of: there) {
            try note(here.seq, there.seq, difference(here, there))
        } else if try !align(here, there) {
            try tables.addHere(here)
            try tables.addThere(there)
        } else {
            return false
        }
        return true
    }

    /// Goes on to the nearest entry that both have.
    /// - Returns: false where none is near, and both stand where they stood.
    private func align(_ here: CopyCursor, _ there: CopyCursor) throws -> Bool {
        // No step back, not even where a column that should hold numbers holds none.
        guard let next = try realignment.next(here: here.seq, there: there.seq),
            next.here >= here.seq, next.there >= there.seq, next != (here.seq, there.seq)
        else { return false }
        while here.isAtRow, here.seq < next.here {
            try tables.addHere(here)
            try here.step()
        }
        while there.isAtRow, there.seq < next.there {
            try tables.addThere(there)
            try there.step()
        }
        shift = next.there &- next.here
        return true
    }

    private func difference(_ here: CopyCursor, _ there: CopyCursor) -> Difference {
        guard let content = here.content, let other = there.content else {
            return Difference(isEdited: true, isRecordedAtAnotherTime: false, isRehashed: false)
        }
        return Difference(
            isEdited: !content.isSame(as: other),
            isRecordedAtAnotherTime: !content.at.isSame(as: other.at),
            isRehashed: !content.link.isSame(as: other.link))
    }

    private func note(_ here: Int64, _ there: Int64, _ difference: Difference) throws {
        runs.add(here: here, there: there)
        if difference.isRehashed {
            tally.rehashed += 1
            let known = rehashed ?? here...here
            rehashed = min(known.lowerBound, here)...max(known.upperBound, here)
        }
        if !difference.isRecordedAtAnotherTime { tally.keptTime += 1 }
        if difference.isEdited {
            try tables.note(.edited, here: here, there: there)
        } else if difference.isRecordedAtAnotherTime {
            try tables.note(.recordedAt, here: here, there: there)
        }
    }

    // MARK: Entries that one of them has

    /// Gaps beyond these are left as they are: what is in them was put in and taken out.
    private static let mostGaps = 10_000
    private static let longestGap = 100

    /// Of entries without a counterpart that stand in the same place between others, those that
    /// are plainly one entry: of the program and of one kind, or other in source and id alone.
    /// - Returns: the ends of what both have.
    private func pairInGaps(
        of runs: [PairedRun]
    ) throws -> (here: Int64, there: Int64) {
        var end = (here: start, there: start)
        for (index, run) in runs.enumerated() {
            if index < ChangeSearch.mostGaps, run.here > end.here, run.there > end.there {
                _ = try pairInGap(end.here..<run.here, end.there..<run.there, isLast: false)
            }
            end = (run.hereEnd, run.thereEnd)
        }
        guard !runs.isEmpty,
            try pairInGap(end.here..<Int64.max, end.there..<Int64.max, isLast: true)
        else { return end }
        return (.max, .max)
    }

    /// - Parameter isLast: whether nothing that both have follows; then only what the program
    ///   wrote is taken for one entry.
    private func pairInGap(
        _ hereRange: Range<Int64>, _ thereRange: Range<Int64>, isLast: Bool
    ) throws -> Bool {
        let most = ChangeSearch.longestGap + 1
        let ours = try tables.singles("here", hereRange, most: most)
        let others = try tables.singles("there", thereRange, most: most)
        guard !ours.isEmpty, ours.count == others.count, ours.count < most else { return false }
        let pairs = Array(zip(ours, others))
        for (seq, other) in pairs {
            guard try isOneEntry(seq, other, isLast: isLast) else { return false }
        }
        for (seq, other) in pairs {
            try tables.pair(seq, other)
            try tables.note(.edited, here: seq, there: other)
        }
        return true
    }

    private func isOneEntry(_ seq: Int64, _ other: Int64, isLast: Bool) throws -> Bool {
        guard let (one, oneBytes) = try version(seq, here),
            let (two, twoBytes) = try version(other, there),
            let content = one.content, let others = two.content, content.kind == others.kind
        else { return false }
        if content.source == ChangeSearch.program, others.source == ChangeSearch.program {
            return true
        }
        guard !isLast, let members = RecordDifference.members(oneBytes, twoBytes) else {
            return false
        }
        return Set(members.map(\.path)).isSubset(of: ["/at", "/id", "/source"])
    }

    private static let program = "aidledger"

    // MARK: The list

    private func listed() throws -> [LedgerChange] {
        try tables.list(most: LedgerChanges.mostListed).map { kinds, seq, other in
            let one = try seq.flatMap { try version($0, here) }
            let two = try other.flatMap { try version($0, there) }
            let members: [RecordDifference.Member]? =
                if let one, let two { RecordDifference.members(one.bytes, two.bytes) } else { [] }
            return LedgerChange(
                kinds: kinds, here: one?.version, there: two?.version, members: members)
        }
    }

    private func version(
        _ seq: Int64, _ database: Database
    ) throws -> (version: LedgerChange.Version, bytes: [UInt8])? {
        let row = try CopyCursor(database, from: seq, most: 1)
        try row.step()
        guard row.isAtRow, row.seq == seq else { return nil }
        return (
            LedgerChange.Version(seq: seq, row.bytes, stored: row.leafHash), Array(row.bytes)
        )
    }
}
