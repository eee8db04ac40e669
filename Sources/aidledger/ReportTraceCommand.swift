internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

struct ReportTraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "List the entries behind a figure of a report.",
        discussion: """
            The report is given as XML (`--format xml`). Which entries a row rests on is found out \
            again from the ledger, as of the size that the report was drawn from, and the hash of \
            their set, and what they come to, is compared with the report's. Status 1 where it \
            differs.
            """)

    @Argument(help: "The report's XML.", completion: .file())
    var report: String

    @Argument(help: "The row's id, like income-by-source:central; of a total, the table's.")
    var row: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        let drawn = try reports.drawing.read(try DrawnReportFile.bytes(report))
        templates.tellOfMissing(drawn)
        let stated = drawn.figures.first { $0.id == row }
        guard let stated else {
            if drawn.hasAnnexes {
                throw UsageError(
                    "the report has no row \(row); where it stands in an annex, give the annex's page"
                )
            }
            throw ReportError.unknownRow(row, table: nil)
        }
        try reports.read(ledger, size: nil, for: nil) {
            try DrawnReportFile.requireLedger(drawn, $0)
        }
        let found = try reports.read(ledger, size: drawn.size, for: ReportDemand(drawn)) {
            snapshot in
            try DrawnReportFile.requireHistory(drawn, snapshot)
            let trace = try reports.drawing.trace(row, of: drawn.request, snapshot)
            return (trace: trace, entries: try EntryLine.all(trace.entries, snapshot))
        }
        let hasSet = found.trace.recordSet == stated.recordSet
        let agrees = hasSet && found.trace.cells == stated.cells
        if json.isWanted {
            Console.output(json: [
                "row": row, "cells": found.trace.cells, "statedCells": stated.cells,
                "stated": stated.recordSet,
                "recordSet": found.trace.recordSet, "agrees": agrees,
                "entries": found.entries.map(\.object),
            ])
        } else {
            Console.output(printable("\(row)  \(found.trace.cells.joined(separator: "  "))"))
            for entry in found.entries { Console.output(printable(entry.text)) }
            Console.output(
                "\(grouped(Int64(found.entries.count))) "
                    + (found.entries.count == 1 ? "entry" : "entries")
                    + ", record set \(found.trace.recordSet)")
        }
        guard agrees else {
            Console.error(
                "aidledger: the report states another "
                    + (hasSet
                        ? "figure: \(printable(stated.cells.joined(separator: "  ")))"
                        : "set: \(stated.recordSet)")
                    + ". Either the report or its templates were altered, or the ledger's tables: "
                    + "`aidledger report check` and `aidledger verify` say which")
            throw ExitCode(Status.answerIsNo.rawValue)
        }
    }
}

/// An entry behind a figure, as a line.
struct EntryLine {
    let seq: Int64
    let kind: String
    let occurredOn: String
    let area: String
    let source: String
    let id: String
    let leafHash: String

    var text: String {
        "\(grouped(seq).leftPadded(to: 11))  \(occurredOn)  \(area)  \(kind.padded(to: 22))  "
            + "\(source) \(id)"
    }

    var object: [String: Any] {
        [
            "seq": seq, "kind": kind, "occurredOn": occurredOn, "area": area, "source": source,
            "id": id, "leafHash": leafHash,
        ]
    }

    static func all(_ entries: [Int64], _ snapshot: LedgerSnapshot) throws -> [EntryLine] {
        try snapshot.leafHashes.read { leafHash in
            try entries.map { try EntryLine($0, snapshot, leafHash: leafHash($0).hex) }
        }
    }

}

extension EntryLine {
    private init(_ seq: Int64, _ snapshot: LedgerSnapshot, leafHash: String) throws {
        let entry = try JSONSerialization.jsonObject(with: Data(try snapshot.bytes(of: seq)))
        func text(_ name: String) -> String {
            (entry as? [String: Any])?[name] as? String ?? ""
        }
        self.init(
            seq: seq, kind: text("kind"), occurredOn: text("occurredOn"), area: text("area"),
            source: text("source"), id: text("id"), leafHash: leafHash)
    }
}
