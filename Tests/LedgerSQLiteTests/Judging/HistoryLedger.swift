import Foundation
import GRDB
import LedgerSQLite
import PolicyRules

/// A ledger of a few records, and the histories that are read from it.
final class HistoryLedger {
    private let ledger: TestLedger
    private var files = 0

    init() throws { ledger = try TestLedger() }

    /// Two persons, and where they are registered.
    static let one = person("110101199001010010", hukou: "150502")
    static let other = person("110101199001010037", hukou: "440103")

    static func person(_ number: String, hukou: String) -> String {
        #"{"idType":"resident-id","idNumber":"\#(number)","name":"张样例","hukouArea":"\#(hukou)"}"#
    }

    /// A record of the source `s`.
    static func record(
        _ kind: String, _ id: String, on day: String = "2024-03-05", _ body: String
    ) -> String {
        #"{"kind":"\#(kind)","source":"s","id":"\#(id)","area":"150502","occurredOn":"\#(day)","#
            + #""operator":"u1","body":{\#(body)}}"#
    }

    static func claim(_ id: String, of person: String, on day: String = "2024-03-05") -> String {
        record(
            "claim.settled", id, on: day,
            #""person":\#(person),"category":"dibao","scheme":"resident","#
                + #""enrolledArea":"150502","benefitYear":2024,"institution":"H1","#
                + #""visit":{"type":"inpatient","admittedOn":"\#(day)","dischargedOn":"\#(day)","#
                + #""diagnosis":"J06.9","settlement":"final"},"invoiceNo":"F1","#
                + #""settledAt":"\#(day)T00:30:00+08:00","channel":"one-stop","#
                + #""referral":"not-needed","amounts":{"totalFen":2100,"compliantFen":1900,"#
                + #""ownExpenseFen":100,"overLimitFen":60,"advanceSelfPayFen":40,"#
                + #""basicPaidFen":1001,"majorIllnessPaidFen":202,"medicalAidPaidFen":303,"#
                + #""tiltAidPaidFen":4,"cashPaidFen":590}"#)
    }

    static func reversal(_ id: String, of reversed: String) -> String {
        record(
            "entry.reversed", id,
            #""reverses":{"source":"s","id":"\#(reversed)"},"reason":"样例""#)
    }

    static func merger(_ id: String, _ from: String, into: String) -> String {
        record(
            "person.merged", id,
            #""from":\#(from),"into":\#(into),"reason":"number-corrected""#)
    }

    static func certification(_ id: String, from: String, to: String? = nil) -> String {
        let end = to.map { #","validTo":"\#($0)""# } ?? ""
        return record(
            "eligibility.certified", id,
            #""person":\#(one),"category":"dibao","department":"civil-affairs","#
                + #""certifiedArea":"150502","basis":"standing","validFrom":"\#(from)","#
                + #""docNo":"1号"\#(end)"#)
    }

    static func ending(_ id: String, _ category: String, on day: String) -> String {
        record(
            "eligibility.ended", id,
            #""person":\#(one),"category":"\#(category)","endedOn":"\#(day)","reason":"exit""#)
    }

    func take(_ records: [String]) throws {
        files += 1
        let result = try ledger.importing(ledger.write("\(files).jsonl", records))
        guard result.accepted == records.count else { throw Refused() }
    }

    struct Refused: Error {}

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try DatabaseQueue(path: ledger.paths.ledger).read(body)
    }

    /// Of all who have records that are judged, in order of their numbers.
    func histories() throws -> [PersonHistory] {
        try read { database in
            var histories: [PersonHistory] = []
            try HistoryReader(database, CaseRecords(database)).forEach(in: 0..<Int64.max) {
                histories.append($0.history)
            }
            return histories
        }
    }
}

extension PersonHistory {
    /// The ids of the records, in order.
    var ids: [String] { records.map(\.head.key.id).sorted() }
}
