package import AidRecords
package import TransparencyLog

/// Something that is wrong with a ledger, and where.
package struct LedgerProblem: Hashable, Sendable {
    package enum Area: String, Sendable, CaseIterable {
        case entries, chain, tree, checkpoints
        case readModel = "read-model"
        case guards, vault, format
    }

    package let area: Area
    /// The entry concerned, if it is one.
    package let seq: Int64?
    package let text: String

    package init(_ area: Area, seq: Int64? = nil, _ text: String) {
        self.area = area
        self.seq = seq
        self.text = text
    }
}

extension LedgerProblem: CustomStringConvertible {
    package var description: String { seq.map { "entry \($0): \(text)" } ?? text }
}

/// Checks entries one after the other as they are read from the store, in order of `seq`, and
/// makes the tree anew.
///
/// After a gap, or an entry that does not fit, it goes on from what is there, so that one
/// change is told as one, and later ones are told too.
package struct EntryAuditor {
    package private(set) var frontier = TreeFrontier()
    /// The entry before, whose place in the tree is settled once its successor's `prev` is known.
    private var pending: Pending?
    /// The leaf hashes that the next entry may name; nil at the beginning.
    private var expectedPrev: [[UInt8]]?
    private var expectedSeq: Int64 = 0
    private var lastAt = Moment(unixSeconds: 0)

    private struct Pending {
        let seq: Int64
        /// As the bytes give it.
        let computed: LeafHash
        /// As the store holds it.
        let stored: LeafHash?
        let subtreeHashes: [UInt8]
    }

    /// The sizes at which the root is wanted, greatest first.
    private var wantedSizes: [Int64]
    /// The roots at those sizes, as the entries give them.
    package private(set) var roots: [Int64: RootHash] = [:]

    /// - Parameter sizes: those at which the root hash is to be kept, for checkpoints.
    package init(rootsAt sizes: Set<Int64> = []) {
        wantedSizes = sizes.filter { $0 > 0 }.sorted(by: >)
        if sizes.contains(0) { roots[0] = .ofEmptyTree }
    }

    /// What the store holds beside the bytes.
    package struct Row {
        package let seq: Int64
        package let source: String
        package let id: String
        package let leafHash: [UInt8]
        package let subtreeHashes: [UInt8]

        package init(
            seq: Int64, source: String, id: String, leafHash: [UInt8], subtreeHashes: [UInt8]
        ) {
            self.seq = seq
            self.source = source
            self.id = id
            self.leafHash = leafHash
            self.subtreeHashes = subtreeHashes
        }
    }

    /// - Parameters:
    ///   - bytes: the stored bytes.
    ///   - entry: what they say, or nil where they cannot be read (`unreadable` says why).
    package mutating func check(
        _ row: Row, bytes: UnsafeBufferPointer<UInt8>, entry: RecordedEntry?, unreadable: String?,
        report: (LedgerProblem) -> Void
    ) {
        let follows = row.seq == expectedSeq
        settle(follows ? entry?.prev : nil, report)
        checkSequence(row.seq, report)
        if bytes.count > Sequencer.longestEntry {
            report(.init(.entries, seq: row.seq, "longer than \(Sequencer.longestEntry) bytes"))
        }
        if let entry {
            checkContent(entry, row, report)
            if follows { checkLink(entry, row.seq, report) }
        } else {
            let reason = unreadable ?? "unreadable"
            report(.init(.entries, seq: row.seq, "bytes are not an entry: \(reason)"))
        }
        pending = Pending(
            seq: row.seq, computed: LeafHash(entry: UnsafeRawBufferPointer(bytes)),
            stored: try? LeafHash(bytes: row.leafHash), subtreeHashes: row.subtreeHashes)
        expectedPrev = [pending?.computed.bytes ?? [], row.leafHash]
        expectedSeq = row.seq + 1
    }

    /// Puts the pending entry into the tree, and where its bytes and its stored leaf hash do not
    /// agree, says which of them was altered: its successor holds the true one.
    private mutating func settle(_ next: [UInt8]?, _ report: (LedgerProblem) -> Void) {
        guard let entry = pending else { return }
        var leaf = entry.computed
        if entry.stored != entry.computed {
            if next == entry.computed.bytes {
                report(.init(.entries, seq: entry.seq, "stored leaf hash altered"))
            } else {
                report(.init(.entries, seq: entry.seq, "bytes altered"))
                leaf = entry.stored ?? entry.computed
            }
        }
        place(leaf, entry, report)
    }

    private mutating func place(
        _ leaf: LeafHash, _ entry: Pending, _ report: (LedgerProblem) -> Void
    ) {
        let completed = NodeHash.concatenate(frontier.append(leaf))
        if completed != entry.subtreeHashes, entry.seq == frontier.size.value - 1 {
            report(.init(.tree, seq: entry.seq, "tree hashes altered"))
        }
        if wantedSizes.last == frontier.size.value {
            roots[wantedSizes.removeLast()] = frontier.rootHash
        }
        pending = nil
    }

    private func checkSequence(_ seq: Int64, _ report: (LedgerProblem) -> Void) {
        guard seq != expectedSeq else { return }
        guard seq > expectedSeq else {
            return report(.init(.entries, seq: seq, "stands here twice"))
        }
        report(.init(.entries, "\(EntryAuditor.range(expectedSeq, seq - 1)) missing"))
    }

    private mutating func checkContent(
        _ entry: RecordedEntry, _ row: Row, _ report: (LedgerProblem) -> Void
    ) {
        func note(_ area: LedgerProblem.Area, _ text: String) {
            report(.init(area, seq: row.seq, text))
        }
        if !entry.isCanonical { note(.entries, "bytes are not in canonical form (RFC 8785)") }
        if entry.seq != row.seq { note(.chain, "its bytes say that it is entry \(entry.seq)") }
        if entry.source != row.source || entry.id != row.id {
            note(.entries, "the columns source and id are not what its bytes say")
        }
        if entry.at < lastAt { note(.chain, "recorded before the entry before it") }
        lastAt = entry.at
        if (row.seq == 0) != (entry.kind.name == "ledger.created") {
            note(.chain, "ledger.created must be entry 0, and nothing else")
        }
    }

    /// Whether the entry names one of the two leaf hashes that its predecessor may have.
    private func checkLink(
        _ entry: RecordedEntry, _ seq: Int64, _ report: (LedgerProblem) -> Void
    ) {
        let origin = [UInt8](repeating: 0, count: Digest32.byteCount)
        let names = expectedPrev ?? [origin]
        if !names.contains(entry.prev) {
            report(.init(.chain, seq: seq, "does not follow on the entry before it"))
        }
    }

    /// Looks at what should follow the last entry.
    package mutating func finish(
        headSize: Int64, headRoot: [UInt8], report: (LedgerProblem) -> Void
    ) {
        settleLast(headRoot, report)
        if expectedSeq < headSize {
            let missing = EntryAuditor.range(expectedSeq, headSize - 1)
            report(
                .init(.entries, "\(missing) missing at the end: the head says \(headSize) entries"))
        } else if expectedSeq > headSize {
            report(.init(.tree, "the head says \(headSize) entries, there are \(expectedSeq)"))
        } else if frontier.size.value == headSize, frontier.rootHash.bytes != headRoot {
            report(.init(.tree, "the root hash of the head is not that of the entries"))
        }
    }

    /// The last entry has no successor: of the last two leaf hashes, the true one gives the root.
    private mutating func settleLast(_ headRoot: [UInt8], _ report: (LedgerProblem) -> Void) {
        guard let entry = pending else { return }
        var tree = frontier
        _ = tree.append(entry.computed)
        settle(tree.rootHash.bytes == headRoot ? entry.computed.bytes : nil, report)
    }

    private static func range(_ first: Int64, _ last: Int64) -> String {
        first == last ? "entry \(first)" : "entries \(first)–\(last)"
    }
}
