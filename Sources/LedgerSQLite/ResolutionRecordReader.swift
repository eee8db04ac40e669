package import AidRecords
internal import Foundation
internal import GRDB
package import LedgerCore

/// Why an input record cannot be taken for a resolution of a ledger.
package enum ResolutionRecordRefusal: Error, Hashable, Sendable {
    case notARecord([String])
    case otherKind(String)
    case unknownPseudonym(String)
    /// Items from 1.
    case unknownPersons([Int])

    /// - Parameter file: where the record came from.
    package func description(of file: String) -> String {
        switch self {
        case .notARecord(let issues):
            "\(file) is not one record that could be imported: \(issues.joined(separator: "; "))"
        case .otherKind(let kind):
            "\(file) is a record of the kind \(kind), not \(RecordedResolution.kind)"
        case .unknownPseudonym(let pseudonym):
            "\(file): the pseudonym \(pseudonym) is not on this ledger"
        case .unknownPersons(let items):
            "\(file): the "
                + (items.count == 1
                    ? "person of item \(items[0]) is unknown here, and so has"
                    : "persons of items \(items.map(String.init).joined(separator: ", ")) are "
                        + "unknown here, and so have")
                + " no pseudonym that could be signed: import a record that names them first, "
                + "such as the application"
        }
    }
}

/// Reads input records of resolutions as they would stand in a ledger, without recording anything.
package final class ResolutionRecordReader {
    private let paths: LedgerPaths
    private let reader: LedgerReader
    private let catalogue: KindCatalogue
    private let keys: KeyRing
    private let surroundings: Surroundings

    /// - Throws: `StoreError`.
    package init(
        _ paths: LedgerPaths, catalogue: KindCatalogue, keys: KeyRing, surroundings: Surroundings
    ) throws {
        self.paths = paths
        self.catalogue = catalogue
        self.keys = keys
        self.surroundings = surroundings
        reader = try LedgerReader(paths)
    }

    /// The keys that departments have had put on the ledger.
    package func registeredKeys() throws -> [RegisteredKey] { try reader.keys().registered }

    /// Reads a record. Where persons stand with their particulars, vault and keys are needed.
    /// - Parameter record: one JSON object.
    /// - Throws: `ResolutionRecordRefusal`, `StoreError`.
    package func read(_ record: [UInt8]) throws -> RecordedResolution {
        var prepared = try prepared(record)
        try requireKnown(prepared.pseudonyms)
        try fillPersons(&prepared)
        let bytes = [UInt8](repeating: 0, count: 32).withUnsafeBytes { prev in
            prepared.entryBytes(
                at: Array(surroundings.now().description.utf8), prev: prev, seq: 0)
        }
        guard
            let recorded = RecordedResolution(
                entry: Data(bytes), origin: reader.identity.origin)
        else { throw ResolutionRecordRefusal.otherKind(prepared.kind.name) }
        let unknown = recorded.resolution.items.enumerated().filter { _, item in
            !item.person.hasPrefix("p:")
        }
        guard unknown.isEmpty else {
            throw ResolutionRecordRefusal.unknownPersons(unknown.map { $0.offset + 1 })
        }
        return recorded
    }

    private func prepared(_ record: [UInt8]) throws -> PreparedRecord {
        var parser = RecordReader(catalogue: catalogue)
        let outcome = record.withUnsafeBufferPointer { bytes in
            parser.read(bytes, today: surroundings.today)
        }
        switch outcome {
        case .refused(let issues):
            throw ResolutionRecordRefusal.notARecord(issues.map(\.description))
        case .record(let prepared):
            guard prepared.kind.name == RecordedResolution.kind else {
                throw ResolutionRecordRefusal.otherKind(prepared.kind.name)
            }
            return prepared
        }
    }

    private func requireKnown(_ pseudonyms: [String]) throws {
        try reader.read { database in
            for pseudonym in pseudonyms {
                let found = try Int64.fetchOne(
                    database, sql: "SELECT seq FROM subject WHERE ledger = 1 AND pseudonym = ?",
                    arguments: [pseudonym])
                guard found != nil else {
                    throw ResolutionRecordRefusal.unknownPseudonym(pseudonym)
                }
            }
        }
    }

    /// Fills the gaps of persons whom the vault knows.
    private func fillPersons(_ record: inout PreparedRecord) throws {
        guard !record.persons.isEmpty else { return }
        let vault = try VaultStore.openForReading(paths, keys, surroundings)
        guard let cipher = vault.cipher else {
            throw StoreError.missingKey(use: "vault", id: "", folder: paths.keys)
        }
        try vault.queue.read { database in
            for (offset, gap) in record.gaps {
                guard case .person(let index) = gap else { continue }
                let person = record.persons[index]
                let tag = cipher.tag(
                    type: person["idType"] ?? "", value: person["idNumber"] ?? "")
                if let known = try vault.pseudonym(database, tag: tag) {
                    record.fill(offset, with: known)
                }
            }
        }
        try vault.close()
    }

    /// How many departments have to sign a resolution, as its area has laid down for the day on
    /// which it was held: the most that holds for one of its items' years. Nil where nothing is.
    /// - Throws: `StoreError`.
    package func quorum(of resolution: Resolution) throws -> Int64? {
        try reader.read { database in
            try Set(resolution.items.map(\.year)).compactMap { year in
                try ResolutionRecordReader.quorum(
                    area: resolution.area, year: year, day: resolution.heldOn, database)
            }.max()
        }
    }

    /// The nearest area wins; in one area, what was laid down for the year, and then the latest.
    private static func quorum(
        area: String, year: Int, day: CivilDate, _ database: Database
    ) throws -> Int64? {
        let areas = [area, area.prefix(4) + "00", area.prefix(2) + "0000"]
        return try Int64.fetchOne(
            database,
            sql: """
                SELECT valueCount FROM live_parameter_set
                WHERE ledger = 1 AND name = 'resolution-quorum' AND valueCount IS NOT NULL
                  AND area IN (?, ?, ?) AND (year IS NULL OR year = ?)
                  AND (validFromDay IS NULL OR validFromDay <= ?)
                  AND (validToDay IS NULL OR validToDay >= ?)
                  AND category IS NULL AND scheme IS NULL AND visitType IS NULL
                  AND institutionLevel IS NULL AND fund IS NULL
                ORDER BY area DESC, year IS NULL, validFromDay IS NULL, validFromDay DESC,
                  occurredOnDay DESC, source DESC, id DESC
                LIMIT 1
                """,
            arguments: [areas[0], areas[1], areas[2], year, day.dayNumber, day.dayNumber])
    }
}
