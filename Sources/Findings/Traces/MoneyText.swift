internal import AidRecords

/// A money trace for a terminal.
package enum MoneyText {
    package static func lines(_ trace: MoneyTrace, _ word: TraceWording) -> [String] {
        let money = MoneyWording(word: word, labels: trace.labels)
        let entry = trace.entry
        let names = entry.subjects.map { word.full($0, trace.labels) }
        var lines = [
            money.title(trace),
            "  \(entry.day)  " + printable(entry.area) + "  "
                + names.joined(separator: word("，", ", ")),
            word("  总额 ", "  total ") + "\(Fen(trace.totalFen))"
                + (trace.payersFen == nil ? "" : word("；", "; ") + money.balance(trace)),
        ]
        if entry.isReversed {
            lines.append("  " + word("此记录已被冲正", "this record was reversed"))
        }
        for leg in trace.legs { lines += told(leg, money) }
        if !trace.receipts.isEmpty {
            lines += [
                "",
                word(
                    "资金当年收入（不对应到单笔）",
                    "What the funds received that year (not divided among records)"),
            ]
            lines += TraceText.table(trace.receipts.map { cells($0, money) }, alignedRight: [4])
        }
        return lines + [""] + money.totals(trace)
    }

    private static func told(_ leg: MoneyLeg, _ money: MoneyWording) -> [String] {
        let word = money.word
        var lines = [
            "",
            "\(money.payer(leg))  \(Fen(leg.dueFen))  "
                + money.arrival(leg),
        ]
        if leg.role != .afterwards {
            lines += TraceText.table(
                leg.components.map { ["  ", word($0.words), "\(Fen($0.fen))"] },
                alignedRight: [2])
        }
        lines += TraceText.table(
            leg.steps.map { step in
                [
                    "  ", word("记录 \(step.seq)", "entry \(step.seq)"), step.day.description,
                    money.kind(step), "\(Fen(step.amountFen))", money.way(step),
                    money.details(step),
                ]
            }, alignedRight: [4])
        return lines + leg.notes.map { "    " + printable(word($0)) }
    }

    static func cells(_ receipt: MoneyReceipt, _ money: MoneyWording) -> [String] {
        let word = money.word
        return [
            "  " + word.code(receipt.fund, of: "fund"),
            word.code(receipt.fundSource, of: "fund-source"), printable(receipt.area),
            money.place(receipt.toAccount), "\(Fen(receipt.amountFen))",
            word(
                "\(grouped(receipt.count)) 笔",
                receipt.count == 1 ? "1 entry" : "\(grouped(receipt.count)) entries"),
        ]
    }
}

/// A money trace for programs.
package enum MoneyJSON {
    package static func bytes(_ trace: MoneyTrace, _ word: TraceWording) -> [UInt8] {
        let entry = trace.entry
        var members: [String: CanonicalValue] = [
            "ledger": TraceJSON.origin(trace.origin), "seq": .integer(entry.seq),
            "kind": .string(entry.kind), "source": .string(entry.source), "id": .string(entry.id),
            "day": .string(entry.day.description), "area": .string(entry.area),
            "state": .string(entry.isReversed ? "reversed" : "stands"),
            "subjects": .array(entry.subjects.map { TraceJSON.subject($0, trace.labels) }),
            "totalFen": .integer(trace.totalFen), "legs": .array(trace.legs.map { leg($0, word) }),
            "receipts": .array(trace.receipts.map(receipt)),
            "missingLeastFen": .integer(trace.missingLeastFen),
            "missingMostFen": .integer(trace.missingMostFen),
            "excessLeastFen": .integer(trace.excessLeastFen),
            "excessMostFen": .integer(trace.excessMostFen),
        ]
        members["payersFen"] = trace.payersFen.map { .integer($0) }
        return CanonicalValue.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    }

    private static func leg(_ leg: MoneyLeg, _ word: TraceWording) -> CanonicalValue {
        let role =
            switch leg.role {
            case .fund: "fund"
            case .borne: "borne"
            case .other: "other"
            case .afterwards: "afterwards"
            }
        var members: [String: CanonicalValue] = [
            "role": .string(role), "dueFen": .integer(leg.dueFen),
            "components": .array(
                leg.components.map {
                    .object(["name": .string(word($0.words)), "fen": .integer($0.fen)])
                }),
            "steps": .array(leg.steps.map { step($0, word) }),
            "notes": .array(leg.notes.map { .string(word($0)) }),
        ]
        members["fund"] = leg.fund.map { .string($0) }
        members["arrivedLeastFen"] = leg.arrivedLeastFen.map { .integer($0) }
        members["arrivedMostFen"] = leg.arrivedMostFen.map { .integer($0) }
        return .object(members)
    }

    private static func step(_ step: MoneyStep, _ word: TraceWording) -> CanonicalValue {
        .object([
            "seq": .integer(step.seq), "kind": .string(step.kind),
            "day": .string(step.day.description), "amountFen": .integer(step.amountFen),
            "from": .string(step.from), "to": .string(step.to),
            "state": .string(step.isReversed ? "reversed" : "stands"),
            "details": .array(step.details.map { .string(word($0)) }),
        ])
    }

    private static func receipt(_ receipt: MoneyReceipt) -> CanonicalValue {
        .object([
            "fund": .string(receipt.fund), "fundSource": .string(receipt.fundSource),
            "area": .string(receipt.area), "toAccount": .string(receipt.toAccount),
            "count": .integer(receipt.count), "amountFen": .integer(receipt.amountFen),
        ])
    }
}
