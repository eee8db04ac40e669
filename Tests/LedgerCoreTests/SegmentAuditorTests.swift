import AidRecords
import Foundation
import LedgerCore
import Testing
import TransparencyLog

/// Drives the auditor with a small chain and one change at a time. However the chain is divided
/// into segments, the same must be found.
@Suite struct SegmentAuditorTests {
    private let catalogue: KindCatalogue
    private let chain: [SequencedEntry]
    private let root: RootHash

    init() throws {
        let file = """
            kind: ledger.created
            group: ledger
            program: true
            title: {zh: 甲, en: A}
            about: {zh: 甲, en: A}
            fields: {n: {type: count, zh: 甲, en: A}}
            """
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "ledger/kinds")
        var files: [String: String] = [:]
        for name in ["codes.yaml", "envelope.yaml", "person.yaml"] {
            files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        files["ledger.created.yaml"] = file
        files["x.y.yaml"] = file.replacing("ledger.created", with: "x.y")
        catalogue = try KindCatalogue(files: files)
        var sequencer = Sequencer()
        var entries: [SequencedEntry] = []
        for index in 0..<9 {
            let kind = try #require(catalogue.kind(index == 0 ? "ledger.created" : "x.y"))
            let entry = ProgramEntry(
                kind: kind, area: "150500", occurredOn: CivilDate(dayNumber: 0), operator: "o",
                body: .object(["n": .integer(Int64(index))]))
            entries.append(
                try sequencer.append(
                    PreparedRecord(entry, seq: Int64(index)), at: Moment(unixSeconds: Int64(index)))
            )
        }
        chain = entries
        root = sequencer.frontier.rootHash
    }

    private struct Row {
        var seq: Int64
        var bytes: [UInt8]
        var leafHash: [UInt8]
        var subtreeHashes: [UInt8]
        /// Whether the store keeps the entry's bytes and leaf hash only.
        var isBare = false

        func withStored(_ body: (StoredEntry) -> Void) {
            let id = Array(String(seq).utf8)
            Array("aidledger".utf8).withUnsafeBufferPointer { source in
                id.withUnsafeBufferPointer { id in
                    bytes.withUnsafeBufferPointer { bytes in
                        leafHash.withUnsafeBufferPointer { leafHash in
                            subtreeHashes.withUnsafeBufferPointer { subtreeHashes in
                                body(
                                    StoredEntry(
                                        seq: seq, source: isBare ? nil : source,
                                        id: isBare ? nil : id, bytes: bytes, leafHash: leafHash,
                                        subtreeHashes: isBare ? nil : subtreeHashes))
                            }
                        }
                    }
                }
            }
        }
    }

    private var rows: [Row] {
        chain.map {
            Row(
                seq: $0.index.value, bytes: $0.bytes, leafHash: $0.leafHash.bytes,
                subtreeHashes: NodeHash.concatenate($0.subtreeHashes))
        }
    }

    /// What is found, which must not depend on the length of the segments.
    private func problems(_ rows: [Row], size: Int64 = 9) -> [String] {
        let whole = problems(rows, size: size, segmentLength: 16)
        for length: Int64 in [1, 2, 4, 8] {
            let parts = problems(rows, size: size, segmentLength: length)
            #expect(parts.sorted() == whole.sorted(), "segments of \(length)")
        }
        return whole
    }

    private func problems(_ rows: [Row], size: Int64, segmentLength: Int64) -> [String] {
        var found: [String] = []
        let end = (rows.map(\.seq).max() ?? -1) + 1
        let segments = Segment.all(of: max(size, end), length: segmentLength)
        var assembly = SegmentAssembly()
        for segment in segments {
            let outcome = audit(rows, segment, isLast: segment == segments.last) {
                found.append($0.description)
            }
            assembly.append(outcome) { found.append($0.description) }
        }
        assembly.finish(end: end, headSize: size, headRoot: root.bytes) {
            found.append($0.description)
        }
        return found
    }

    private func audit(
        _ rows: [Row], _ segment: Range<Int64>, isLast: Bool, report: (LedgerProblem) -> Void
    ) -> Segment.Outcome {
        var reader = EntryReader(catalogue: catalogue)
        var auditor = SegmentAuditor(segment)
        var next: LeafHash?
        for row in rows {
            row.withStored { stored in
                let unreadable: String?
                do {
                    try reader.read(stored.bytes)
                    unreadable = nil
                } catch { unreadable = "\(error)" }
                if row.seq == segment.lowerBound - 1 {
                    auditor.follow(Segment.Leaf(of: stored), at: reader.entry.at)
                } else if segment.contains(row.seq) {
                    auditor.check(
                        stored, entry: reader.entry, unreadable: unreadable, report: report)
                } else if row.seq == segment.upperBound {
                    next = try? LeafHash(hexDigits: reader.entry.prev(in: stored.bytes))
                }
            }
        }
        return auditor.finish(next: next, isLast: isLast, report: report)
    }

    private func altered(_ index: Int) -> [UInt8] {
        Array(
            String(decoding: rows[index].bytes, as: UTF8.self)
                .replacing("\"n\":\(index)", with: "\"n\":77").utf8)
    }

    @Test func soundChainHasNoProblem() { #expect(problems(rows).isEmpty) }

    @Test(arguments: [1, 3, 8])
    func alteredBytesAreToldFromAnAlteredHash(_ index: Int) {
        var changed = rows
        changed[index].bytes = altered(index)
        #expect(problems(changed) == ["entry \(index): bytes altered"])
        changed = rows
        changed[index].leafHash[0] ^= 1
        #expect(problems(changed) == ["entry \(index): stored leaf hash altered"])
    }

    /// As in a published folder.
    @Test func whatAStoreDoesNotKeepIsNotMissed() {
        var bare = rows
        for index in bare.indices { bare[index].isBare = true }
        #expect(problems(bare).isEmpty)
        bare[3].bytes = altered(3)
        #expect(problems(bare) == ["entry 3: bytes altered"])
        bare[3].leafHash = LeafHash(entry: bare[3].bytes).bytes
        #expect(
            problems(bare) == [
                "entry 4: does not follow on the entry before it",
                "the root hash of the head is not that of the entries",
            ])
    }

    @Test func missingEntriesAreCountedOut() {
        var changed = rows
        changed.removeSubrange(3...5)
        #expect(problems(changed) == ["entries 3–5 missing"])
        changed = rows
        changed.remove(at: 2)
        #expect(problems(changed) == ["entry 2 missing"])
        changed = rows
        changed.removeLast(2)
        #expect(
            problems(changed) == ["entries 7–8 missing at the end: the head says 9 entries"])
    }

    @Test func alteredTreeHashesAreNamed() {
        var changed = rows
        changed[3].subtreeHashes[40] ^= 1
        #expect(problems(changed) == ["entry 3: tree hashes altered"])
    }

    @Test func swappedEntriesDoNotFollow() {
        var changed = rows
        changed.swapAt(4, 5)
        changed[4].seq = 4
        changed[5].seq = 5
        let found = problems(changed)
        #expect(found.contains("entry 4: its bytes say that it is entry 5"))
        #expect(found.contains("entry 4: does not follow on the entry before it"))
    }

    @Test func headThatIsNotOfTheEntriesIsNoticed() {
        #expect(problems(rows, size: 8) == ["the head says 8 entries, there are 9"])
    }
}
