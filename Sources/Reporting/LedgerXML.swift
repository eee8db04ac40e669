internal import AidRecords
internal import LedgerCore

/// Writes what a document says of itself: of what it is, and which ledger it was drawn from.
struct LedgerXML {
    let request: ReportRequest
    let ledger: ReportedLedger
    let wording: Wording

    /// - Parameter parameters: the report's own.
    func head(_ parameters: [ReportDefinition.Parameter], _ writer: inout XMLWriter) {
        writer.open("parameters", scope)
        for parameter in parameters {
            let value = QueryValue.integer(request.settings[parameter.id] ?? parameter.standard)
            writer.empty(
                "parameter",
                [
                    ("id", parameter.id), ("title", wording.pick(parameter.title)),
                    ("value", value.keyText),
                    ("text", wording.text(value, parameter.type) ?? ""),
                ])
        }
        writer.close("parameters")
        writer.empty(
            "drawn",
            [
                ("at", request.drawnAt.description), ("atText", wording.time(request.drawnAt)),
                ("by", request.drawnBy),
            ])
        let attributes = [
            ("origin", ledger.origin), ("size", String(ledger.size)),
            ("sizeText", grouped(ledger.size)), ("rootHash", ledger.rootHash),
            ("vkey", ledger.verifierKey),
        ]
        guard let checkpoint = ledger.checkpoint else {
            return writer.empty("ledger", attributes + [("checkpoint", "none")])
        }
        writer.open(
            "ledger",
            attributes + [
                ("checkpoint", checkpoint.size == ledger.size ? "present" : "older"),
                ("checkpointSize", String(checkpoint.size)),
                ("checkpointSizeText", grouped(checkpoint.size)),
            ])
        writer.element("note", text: checkpoint.note)
        writer.close("ledger")
    }

    private var scope: [(String, String)] {
        switch request.scope {
        case .matter(let matter): return [("matter", matter.kind.rawValue), ("id", matter.id)]
        case .year(let year, let area):
            let days = ReportRequest.days(of: year)
            return [
                ("year", String(year)), ("area", area), ("areaName", wording.area(area)),
                ("fromDate", days.first.description), ("fromText", wording.date(days.first)),
                ("toDate", days.last.description), ("toText", wording.date(days.last)),
            ]
        }
    }

    func proofs(of entries: [Int64], _ writer: inout XMLWriter) throws {
        let proofs = try ledger.proofs(entries)
        let count = proofs.count { $0.path != nil }
        writer.open(
            "proofs", [("count", String(count)), ("countText", grouped(Int64(count)))])
        for proof in proofs {
            let attributes = [("seq", String(proof.seq)), ("leafHash", proof.leafHash)]
            guard let path = proof.path else {
                writer.empty("unproved", attributes)
                continue
            }
            writer.open("proof", attributes)
            for hash in path { writer.empty("hash", [("value", hash)]) }
            writer.close("proof")
        }
        writer.close("proofs")
    }

    func verification(_ writer: inout XMLWriter) throws {
        let found = try ledger.verification()
        let entries = found?.entries ?? 0
        let count = found?.problemCount ?? 0
        let problems =
            count == 0 ? [] : [("problems", String(count)), ("problemsText", grouped(count))]
        writer.open(
            "verification",
            [
                ("outcome", found.map { $0.isSound ? "sound" : "broken" } ?? "not-verified"),
                ("entries", String(entries)), ("entriesText", grouped(entries)),
            ] + problems
        )
        for check in found?.checks ?? [] {
            writer.empty(
                "check",
                [
                    ("id", check.id), ("outcome", check.outcome.rawValue),
                    ("count", String(check.count)), ("countText", grouped(check.count)),
                ])
        }
        for problem in found?.problems ?? [] {
            writer.empty(
                "problem",
                [("of", problem.area)] + (problem.seq.map { [("seq", String($0))] } ?? [])
                    + [("text", problem.text)])
        }
        writer.close("verification")
    }
}
