internal import AidRecords
internal import Foundation
package import LedgerCore
package import TransparencyLog

/// One entry in which two copies of a ledger differ.
package struct LedgerChange: Sendable {
    /// The names are those of `verify --json`.
    package enum Kind: String, Sendable, CaseIterable {
        case edited, inserted, deleted, reordered
        /// After the last entry that both copies have.
        case onlyHere = "only-here"
        case onlyThere = "only-there"
        case recordedAt = "recorded-at"

        /// In which order they are told.
        var rank: Int64 {
            switch self {
            case .edited, .inserted, .deleted, .reordered: 0
            case .onlyHere, .onlyThere: 1
            case .recordedAt: 2
            }
        }

        /// Seen from the other copy.
        package var mirrored: Kind {
            switch self {
            case .inserted: .deleted
            case .deleted: .inserted
            case .onlyHere: .onlyThere
            case .onlyThere: .onlyHere
            case .edited, .reordered, .recordedAt: self
            }
        }
    }

    package let kinds: [Kind]
    package let here: Version?
    package let there: Version?
    /// The values that differ, where both copies have the entry; nil where one cannot be read.
    package let members: [RecordDifference.Member]?

    /// An entry as one copy has it.
    package struct Version: Sendable {
        package let seq: Int64
        /// As its bytes give it.
        package let leafHash: LeafHash
        /// Whether the copy holds that leaf hash for it.
        package let fitsStoredHash: Bool
        /// Nil where the bytes cannot be read.
        package let content: Content?

        package struct Content: Decodable, Sendable {
            package let kind: String
            package let source: String
            package let id: String
        }

        init(seq: Int64, _ bytes: UnsafeBufferPointer<UInt8>, stored: UnsafeBufferPointer<UInt8>) {
            self.seq = seq
            leafHash = LeafHash(entry: UnsafeRawBufferPointer(bytes))
            fitsStoredHash = (try? LeafHash(stored)) == leafHash
            content = try? JSONDecoder().decode(Content.self, from: Data(bytes))
        }
    }
}

/// How two copies of a ledger differ after the beginning that they share.
package struct LedgerChanges: Sendable {
    package let tally: ChangeTally
    /// Those that are told one by one: a thousand at most, `tally` counts all.
    package let listed: [LedgerChange]
    /// From the first entry to the last whose content both have, and whose link or number
    /// differs, as they are numbered here.
    package let rehashed: ClosedRange<Int64>?

    package static let mostListed = 1_000
}
