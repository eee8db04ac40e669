internal import AidRecords
package import TransparencyLog

/// Why nothing is published, in words that say what to do next. The folder is as it was.
package enum PublishingRefusal: Error, Hashable, Sendable {
    case noCheckpoint(String)
    case notAFolder(String)
    case foreignFolder(String, found: String)
    case badCheckpoint(String, reason: String)
    case networkFileSystem(String)
    case busy(String)
    /// What is in the folder is not the beginning of this ledger.
    case conflict(String, Conflict)
    case damaged(ledger: String, message: String)

    package enum Conflict: Hashable, Sendable {
        case notSigned(reason: String)
        case larger(published: Int64, ledger: Int64)
        case otherRoot(size: Int64, published: RootHash, ledger: RootHash)
    }
}

extension PublishingRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noCheckpoint(let path):
            "\(path) has no checkpoint yet, and what is published is what was signed: "
                + "`aidledger checkpoint \(path)` signs one"
        case .notAFolder(let path): "\(path) is not a folder; say a new or an empty one"
        case .foreignFolder(let path, let found):
            "\(path) holds other files (\(found)) and no checkpoint; nothing was written to it: "
                + "say a new or an empty folder"
        case .badCheckpoint(let path, let reason):
            "\(path) is not a checkpoint (\(reason)), and nothing was written beside it: "
                + "say a new or an empty folder"
        case .networkFileSystem(let path):
            "\(path) lies on a network file system, whose locks cannot be trusted: "
                + "publish to a local disk and copy the folder from there, its checkpoint last"
        case .busy(let path):
            "somebody else is publishing to \(path); try again when they have finished"
        case .conflict(let path, let conflict):
            "\(path) is not the beginning of this ledger: \(conflict). Nothing in the folder was "
                + "changed; keep it, for it is evidence, and find out which of the two is the true one"
        case .damaged(let path, let message):
            "\(path) is damaged and is not published: \(message); `aidledger verify \(path)` "
                + "says more. What was published before stands"
        }
    }
}

extension PublishingRefusal.Conflict: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notSigned(let reason): "its checkpoint is of another log or a forgery: \(reason)"
        case .larger(let published, let ledger):
            "its checkpoint covers \(grouped(published)) entries, and the newest of the ledger "
                + "\(grouped(ledger)): the ledger's end was cut off or it was rolled back"
        case .otherRoot(let size, let published, let ledger):
            "at \(grouped(size)) entries its root hash is \(published.hex), and the ledger's is "
                + "\(ledger.hex): two histories were signed with one key"
        }
    }
}
