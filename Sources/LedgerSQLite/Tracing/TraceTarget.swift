internal import AidRecords
package import Findings
internal import Foundation
internal import GRDB
internal import PolicyRules

/// What somebody asks to be traced.
package enum TraceTarget: Sendable {
    case person(String)
    case account(String)
    case institution(String)
    case `operator`(String)
    case entry(EntryName)

    /// An entry by its number, or by the sender's own.
    package enum EntryName: Sendable {
        case seq(Int64)
        case record(source: String, id: String)

        /// Reads a number, or `source/id`. A source holds no slash; an id may.
        package init?(_ text: String) {
            if let seq = Int64(text), seq >= 0 {
                self = .seq(seq)
                return
            }
            guard let slash = text.firstIndex(of: "/"), slash != text.startIndex else { return nil }
            let id = text[text.index(after: slash)...]
            guard !id.isEmpty else { return nil }
            self = .record(source: String(text[..<slash]), id: String(id))
        }
    }
}

/// Why something cannot be traced.
package enum TraceRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case notAPseudonym(TraceSubject.Kind, String)
    case unknown(TraceSubject)
    case noEntry(String, size: Int64)
    case notMoney(seq: Int64, kind: String)

    package var description: String {
        switch self {
        case .notAPseudonym(.account, let text):
            "`\(printable(text))` is no account's pseudonym: that is a: and 32 hex digits, as "
                + "`aidledger show` prints it of a payment"
        case .notAPseudonym(_, let text):
            "`\(printable(text))` is no person's pseudonym: that is p: and 32 hex digits, as "
                + "`aidledger show` prints it; by identity number: trace LEDGER person "
                + "--id-number -"
        case .unknown(let subject): TraceRefusal.unknown(subject)
        case .noEntry(let name, let size) where Int64(name).map((0..<size).contains) == true:
            "entry \(name) is MISSING in the tables, and the ledger is said to have \(grouped(size)): "
                + "`aidledger verify` tells what happened to it"
        case .noEntry(let name, let size):
            "there is no entry \(printable(name)): the ledger has \(grouped(size)) entries, "
                + "numbered from 0; a sender's own number is given as source/id"
        case .notMoney(let seq, let kind):
            "entry \(seq) is \(kind): money is followed from a settlement (claim.settled), a "
                + "subsidy (enrolment.subsidised) or an approval (aid.approved)"
        }
    }

    private static func unknown(_ subject: TraceSubject) -> String {
        let id = printable(subject.id)
        switch subject.kind {
        case .person:
            return "no entry of this ledger names the person \(id)"
        case .account:
            return "no entry of this ledger names the account \(id)"
        case .institution:
            return "no entry names the institution `\(id)`: give its code exactly as records have "
                + "it (`aidledger show` of a settlement prints it)"
        default:
            return "no entry names `\(id)`: give the operator's id exactly as records have it "
                + "(`aidledger show` prints it)"
        }
    }
}

extension TraceTarget.EntryName {
    /// The number of the entry and its bytes.
    func find(_ database: Database) throws -> (seq: Int64, bytes: [UInt8]) {
        let row: Row?
        let name: String
        switch self {
        case .seq(let seq):
            name = "\(seq)"
            row = try Row.fetchOne(
                database, sql: "SELECT seq, bytes FROM entry WHERE ledger = 1 AND seq = ?",
                arguments: [seq])
        case .record(let source, let id):
            name = "\(source)/\(id)"
            row = try Row.fetchOne(
                database,
                sql: "SELECT seq, bytes FROM entry WHERE ledger = 1 AND source = ? AND id = ?",
                arguments: [source, id])
        }
        guard let row else {
            let size = try Int64.fetchOne(database, sql: "SELECT max(seq) + 1 FROM entry") ?? 0
            throw TraceRefusal.noEntry(name, size: size)
        }
        return (row["seq"], Array(row["bytes"] as Data))
    }

    /// The kind that an entry's bytes say.
    static func kind(of bytes: [UInt8], _ catalogue: KindCatalogue) -> Kind? {
        let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return (object?["kind"] as? String).flatMap(catalogue.kind)
    }
}
