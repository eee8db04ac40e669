import AidRecords
import PolicyRules
import Testing

/// What holds for every locality and every person. `AIDLEDGER_SEED` sets the seed, to search
/// further than each run does.
@Suite struct PropertyTests {
    private static let seeds = (0..<40).map { SeededRandom.seed &+ $0 }

    /// All grounds with one seed, each with a history of its own.
    private func forEachGround(
        _ seed: UInt64, _ body: (inout RandomHistory, Adjudicator) throws -> Void
    ) throws {
        let codes = try CaseCodes()
        let settings = try CaseSetting.all(codes: codes)
        for ground in RandomHistory.grounds {
            let setting = try #require(settings[ground.setting])
            var made = RandomHistory(setting, year: ground.year, codes: codes, seed: seed)
            try body(
                &made, Adjudicator(try CaseRuling.ruling(setting, parameters: made.parameters)))
        }
    }

    @Test(arguments: seeds) func everyRecordIsJudgedOnce(seed: UInt64) throws {
        try forEachGround(seed) { made, adjudicator in
            let history = try made.history(made.records())
            let judged = adjudicator.judge(history).map(\.seq).sorted()
            #expect(judged == history.records.map(\.head.seq), "\(made.setting.name), seed \(seed)")
        }
    }

    @Test(arguments: seeds) func amountsLieInTheirBounds(seed: UInt64) throws {
        try forEachGround(seed) { made, adjudicator in
            let records = made.records()
            let history = try made.history(records)
            let bounds = YearBounds(history, made)
            for judgement in adjudicator.judge(history) {
                let wrong = bounds.wrong(judgement)
                #expect(
                    wrong.isEmpty,
                    "\(made.setting.name), seed \(seed), record \(judgement.seq) of \(records): \(wrong)"
                )
            }
        }
    }

    @Test(arguments: seeds) func tracesAddUp(seed: UInt64) throws {
        try forEachGround(seed) { made, adjudicator in
            let history = try made.history(made.records())
            for record in history.records {
                let seq = record.head.seq
                let explained = try #require(adjudicator.explain(history, seq: seq))
                for trace in [explained.asRecorded, explained.reperformed] {
                    for step in trace.steps where step.formula != .words {
                        #expect(
                            step.result == TraceArithmetic.value(step.formula),
                            "\(made.setting.name), seed \(seed), record \(seq): \(step)")
                    }
                }
                guard let expected = explained.judgement.expected else { continue }
                let last = explained.asRecorded.steps.last { $0.result != nil }
                #expect(
                    last?.result == expected, "\(made.setting.name), seed \(seed), record \(seq)")
            }
        }
    }

    @Test(arguments: seeds) func orderOfRecordsDoesNotMatter(seed: UInt64) throws {
        try forEachGround(seed) { made, adjudicator in
            let history = try made.history(made.records())
            var shuffled = history
            shuffled.records.shuffle(using: &made.random)
            let one = adjudicator.judge(history).sorted { $0.seq < $1.seq }
            let other = adjudicator.judge(shuffled).sorted { $0.seq < $1.seq }
            #expect(one == other, "\(made.setting.name), seed \(seed)")
        }
    }

    /// By the visit and cumulatively; where the one passes into the other, and where a locality
    /// has laid down less for the other, more cost may well mean less aid.
    @Test(arguments: seeds) func moreCostIsNeverLessAid(seed: UInt64) throws {
        try forEachGround(seed) { made, adjudicator in
            guard made.general("aid-base-mode") != .codes(["per-visit-then-cumulative"]) else {
                return
            }
            let claims = (0..<3).map { _ in made.claim(withOwnExpense: false) }
            var history = try made.history(claims)
            history.certifications = Array(history.certifications.prefix(1))
            // The newest claim, so that no later one is touched.
            let latest = history.records.max { $0.head.orderSeconds < $1.head.orderSeconds }
            guard case .claim(var claim)? = latest else { return }
            history.records.removeAll { $0.head.seq == claim.head.seq }
            var before: Int64 = 0
            for _ in 0..<5 {
                var grown = history
                grown.records.append(.claim(claim))
                let judgement = adjudicator.judge(grown).first { $0.seq == claim.head.seq }
                guard let expected = judgement?.expected else { return }
                #expect(expected >= before, "\(made.setting.name), seed \(seed): \(claim.amounts)")
                before = expected
                let more = 1 + made.random.fen(3_000_000)
                claim.amounts.compliant += more
                claim.amounts.total += more
                claim.amounts.cashPaid += more
            }
        }
    }
}

/// Between what the aid that was due on a year's records must lie.
private struct YearBounds {
    private let history: PersonHistory
    private let cap: Int64?
    private let isByTheVisit: Bool

    init(_ history: PersonHistory, _ made: RandomHistory) {
        self.history = history
        isByTheVisit = made.general("aid-base-mode") == .codes(["per-visit"])
        if case .fen(let fen)? = made.general("annual-cap") { cap = fen } else { cap = nil }
    }

    func wrong(_ judgement: Judgement) -> [String] {
        var wrong: [String] = []
        let parts = judgement.components
        let amounts = [
            judgement.expected, judgement.expectedMost, judgement.reperformed, parts.medicalAid,
            parts.secondAid, parts.tiltAid, parts.targetedFund, parts.hospital, parts.basic,
            parts.majorIllness,
        ]
        if amounts.contains(where: { ($0 ?? 0) < 0 }) { wrong.append("an amount below zero") }
        if let least = judgement.expected, let most = judgement.expectedMost, least > most {
            wrong.append("the least \(least) is above the most \(most)")
        }
        guard let record = history.records.first(where: { $0.head.seq == judgement.seq }) else {
            return wrong + ["a judgement of nothing"]
        }
        let aid = parts.medicalAid ?? 0
        if case .claim(let claim) = record, aid > base(of: claim) {
            wrong.append("aid \(aid) above the base \(base(of: claim))")
        }
        let limited = aid + (parts.secondAid ?? 0)
        if let cap, limited > max(0, cap - paid(before: record)) {
            wrong.append("\(limited) above what the cap \(cap) leaves")
        }
        return wrong
    }

    /// What insurance left of the claim, or of the year up to it where aid is cumulative.
    private func base(of claim: Claim) -> Int64 {
        isByTheVisit ? burden(claim) : claims(upTo: claim).reduce(0) { $0 + burden($1) }
    }

    private func burden(_ claim: Claim) -> Int64 {
        let amounts = claim.amounts
        let insured = amounts.basicPaid + amounts.majorIllnessPaid + amounts.employeeLargePaid
        return amounts.compliant + amounts.overLimit + amounts.advanceSelfPay - insured
    }

    private func claims(upTo claim: Claim) -> [Claim] {
        history.records.compactMap { record in
            guard case .claim(let other) = record,
                (other.head.orderSeconds, other.head.key)
                    <= (claim.head.orderSeconds, claim.head.key)
            else { return nil }
            return other
        }
    }

    /// Medical and second aid, and approvals but those of tilt aid.
    private func paid(before record: BenefitRecord) -> Int64 {
        let earlier = history.records.filter {
            ($0.head.orderSeconds, $0.head.key) < (record.head.orderSeconds, record.head.key)
        }
        return earlier.reduce(0) { sum, record in
            switch record {
            case .claim(let claim): sum + claim.amounts.medicalAidPaid + claim.amounts.secondAidPaid
            case .approval(let approval): sum + (approval.aidType == "tilt" ? 0 : approval.amount)
            case .subsidy: sum
            }
        }
    }
}
