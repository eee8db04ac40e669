package import AidRecords

/// Everything on a ledger that touches one subject, and who is linked with it.
package struct SubjectTrace: Sendable {
    /// The state of the ledger that it was read from.
    package struct Origin: Hashable, Sendable {
        package let name: String
        package let size: Int64
        package let rootHash: String
        /// Whether the tables of this state were verified against its entries.
        package var isVerified = false

        package init(name: String, size: Int64, rootHash: String) {
            self.name = name
            self.size = size
            self.rootHash = rootHash
        }
    }

    /// What is traced.
    package enum Start: Hashable, Sendable {
        case subject(TraceSubject)
        case entry(seq: Int64, source: String, id: String)
    }

    package var origin: Origin
    package let start: Start
    /// The pseudonyms that are one person with the one that is traced, in order.
    package var merged: [String] = []
    /// In time order: `TraceEntry.isEarlier`.
    package var entries: [TraceEntry] = []
    package var links = LinkSearch.Answer()
    /// What subjects are called: masked names, the names of institutions.
    package var labels: [TraceSubject: String] = [:]
    /// What was shown to whoever gave a reason for it, by pseudonym and in the order of the fields.
    package var revealed: [String: [(field: String, value: String)]] = [:]
    /// Whether detectors' findings were looked up.
    package var hasFindings = false
    /// Things to be said of the trace as a whole.
    package var notes: [Words] = []

    package init(origin: Origin, start: Start) {
        self.origin = origin
        self.start = start
    }

    /// The sum of the amounts of a kind's entries that stand, and how many there are. Entries whose
    /// amounts are not the subject's own (`TraceEntry.isOwn`) are counted apart.
    package struct KindTotal: Hashable, Sendable {
        package let kind: String
        package var count = 0
        package var ofOthers = 0
        package var reversed = 0
        package var amountFen: Int64 = 0
    }

    /// By kind, in the order of their names.
    package var totals: [KindTotal] {
        var totals: [String: KindTotal] = [:]
        for entry in entries {
            totals[entry.kind, default: KindTotal(kind: entry.kind)].add(entry)
        }
        return totals.values.sorted { $0.kind < $1.kind }
    }

    /// The findings of all entries, each once, in the order of their ids, with their entries.
    package var findings: [(finding: EntryFinding, entries: [Int64])] {
        var entriesOf: [EntryFinding: [Int64]] = [:]
        for entry in entries {
            for finding in entry.findings { entriesOf[finding, default: []].append(entry.seq) }
        }
        return entriesOf.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension SubjectTrace.KindTotal {
    fileprivate mutating func add(_ entry: TraceEntry) {
        guard !entry.isReversed else {
            reversed += 1
            return
        }
        guard entry.isOwn else {
            ofOthers += 1
            return
        }
        count += 1
        let (sum, isTooMuch) = amountFen.addingReportingOverflow(entry.amountFen ?? 0)
        amountFen = isTooMuch ? .max : sum
    }
}
