/// S11 and A1 to A3: steps out of order, and officials who do what several should do.
extension Simulation {
    /// On which day each step of an application is taken, counted from the first; none where it is
    /// left out.
    private struct Steps {
        var means: Int? = 3
        var publicityEnds: Int? = 14
        var approval = 18
        var payment = 24
        var type = "second"
        /// Who takes the steps; whoever should where it is nobody.
        var registrar: String?
        var decider: String?
        var cashier: String?
        var approvalSecond: Int?
    }

    private mutating func run(
        _ steps: Steps, for claim: SettledClaim, _ planted: FraudCase, subject: String = "",
        notesAll: Bool = true
    ) {
        let member = claim.member
        let start = today + 4
        on(start) { simulation in
            let application = simulation.by(steps.registrar) {
                $0.apply(for: claim, type: steps.type)
            }
            if notesAll { simulation.fraud.note(planted, application, subject: subject) }
            if let means = steps.means {
                simulation.on(start + means) { simulation in
                    let checked = simulation.checkMeans(application, of: claim)
                    if planted.rule == "S11" { simulation.fraud.note(planted, checked) }
                }
            }
            if let end = steps.publicityEnds {
                simulation.on(start + max(end, 1)) { simulation in
                    let held = simulation.publicise(
                        application, at: member.county, from: start + (end - 7), to: start + end)
                    if planted.rule == "S11" { simulation.fraud.note(planted, held) }
                }
            }
            simulation.on(start + steps.approval) { simulation in
                let fen = min(
                    simulation.due(claim, type: steps.type).fen, claim.amounts.cash)
                var decision = Decision(claim: claim, type: steps.type, fen: fen)
                decision.application = application
                decision.approver = steps.decider
                simulation.fraud.second = steps.approvalSecond
                let approval = simulation.by(steps.decider) { $0.decide(decision) }
                simulation.fraud.second = nil
                simulation.fraud.note(planted, approval, subject: subject)
                simulation.payOut(steps, approval, fen, start, member, planted, notesAll)
            }
        }
    }

    private mutating func payOut(
        _ steps: Steps, _ approval: Reference, _ fen: Int, _ start: Day, _ member: Member,
        _ planted: FraudCase, _ isNoted: Bool
    ) {
        on(start + steps.payment) { simulation in
            let payment = simulation.by(steps.cashier) {
                $0.pay(Payment(basis: .approval(approval), member: member, fen: fen))
            }
            if isNoted { simulation.fraud.note(planted, payment) }
        }
    }

    private mutating func by(
        _ name: String?, _ act: (inout Simulation) -> Reference
    ) -> Reference {
        fraud.operatorName = name
        defer { fraud.operatorName = nil }
        return act(&self)
    }

    /// A claim of which much is left, on a Monday, so that all steps can fall on office days.
    private mutating func claimForAid(
        _ stage: Stage, _ member: Member, _ months: ClosedRange<Int> = 3...8,
        bill: @escaping (inout RandomSource) -> Bill = { _ in
            Bill(nights: 9, components: Amounts(total: 3_000_000), diagnosis: "I63.9")
        },
        _ act: @escaping (inout Simulation, SettledClaim) -> Void
    ) {
        let drawn = day(in: stage, from: months.lowerBound, to: months.upperBound)
        on(drawn + (7 - drawn.weekday)) { simulation in
            let due = bill(&simulation.random)
            let claim = simulation.settle(member, due)
            act(&simulation, claim)
        }
    }

    // MARK: Out of order

    mutating func plantWrongSequence(_ number: Int) {
        let setting = Setting.guangdong.through(2018...2022)
        let shapes: [(String, Steps)] = [
            ("before-publicity-ended", Steps(publicityEnds: 21, approval: 18)),
            ("means-after-approval", Steps(means: 20, publicityEnds: 14)),
            ("no-publicity", Steps(publicityEnds: nil)), ("no-means", Steps(means: nil)),
            ("means-after-publicity", Steps(means: 15, publicityEnds: 14)),
        ]
        let (shape, steps) = shapes[number % shapes.count]
        plant("S11", shape, in: setting) { $0.takeSteps($1, $2, steps) }
        plantLookAlike("S11", "same-day", in: setting) {
            $0.takeSteps($1, $2, Steps(means: 7, publicityEnds: 14, approval: 14, payment: 14))
        }
    }

    private mutating func takeSteps(
        _ planted: FraudCase, _ stage: Stage, _ steps: Steps, months: ClosedRange<Int> = 3...8
    ) {
        let member = cast(stage)
        claimForAid(stage, member, months) { $0.run(steps, for: $1, planted) }
    }

    // MARK: One for all

    private func clerk(_ stage: Stage, _ number: Int) -> String {
        "u" + String(counties[stage.county].place.code) + "9" + String(10 + number % 80)
    }

    mutating func plantOneHand(_ number: Int) {
        let setting = Setting.guangdong.through(2018...2022)
        plant("A1", "all-three", in: setting, grade: "S") { simulation, planted, stage in
            let name = simulation.clerk(stage, number)
            simulation.takeSteps(
                planted, stage, Steps(registrar: name, decider: name, cashier: name))
        }
        plantLookAlike("A1", "two-of-three", in: setting) { simulation, planted, stage in
            let name = simulation.clerk(stage, number + 40)
            simulation.takeSteps(planted, stage, Steps(registrar: name, cashier: name))
        }
    }

    mutating func plantApprovers(_ number: Int) {
        let setting = Setting.guangdong.through(2018...2022)
        if number == 0, plan.hasPeers {
            // Several times what a county approves in a year.
            let times = plan.entries / 1_000
            plant("A2", "concentration", in: setting, grade: "S") { $0.approveMuch($1, $2, times) }
        } else {
            plant("A2", "at-night", in: setting, grade: "S") { simulation, planted, stage in
                for hour in [2, 23, 4] {
                    let steps = Steps(
                        decider: simulation.clerk(stage, 70 + number),
                        approvalSecond: hour * 3_600 + 1_111)
                    let member = simulation.cast(stage)
                    let subject = simulation.clerk(stage, 70 + number)
                    simulation.claimForAid(stage, member) {
                        $0.run(steps, for: $1, planted, subject: subject, notesAll: false)
                    }
                }
            }
        }
        // July and August have no public holidays.
        plantLookAlike("A2", "in-hours", in: setting) {
            $0.takeSteps($1, $2, Steps(approvalSecond: 14 * 3_600 + 65), months: 7...7)
        }
    }

    private mutating func approveMuch(_ planted: FraudCase, _ stage: Stage, _ times: Int) {
        let name = clerk(stage, 79)
        for _ in 0..<times {
            let member = cast(stage)
            claimForAid(stage, member, bill: Self.severeBill) {
                $0.run(
                    Steps(decider: name), for: $1, planted, subject: name, notesAll: false)
            }
        }
    }

    /// As a city's hospital bills one, each another sum: so many alike at a county's hospital would
    /// make that an outlier too.
    private static func severeBill(_ random: inout RandomSource) -> Bill {
        let total = LogNormal.draw(median: 3_000_000, sigma: 600, from: &random)
        return Bill(
            slot: Institution.Slot.cityHospital, nights: 9, components: Amounts(total: total),
            diagnosis: "I63.9")
    }

    // MARK: Taken back

    mutating func plantReversals(_ number: Int) {
        guard number < 2, plan.hasPeers else { return }
        // Several times what an official takes back in a year.
        let times = plan.entries / 30_000
        plant("A3", "much-taken-back", in: .anywhere, grade: "S") {
            $0.takeBackMuch($1, $2, of: times * 2, times)
        }
        plantLookAlike("A3", "one-taken-back", in: .anywhere) {
            $0.takeBackMuch($1, $2, of: times * 2, 1)
        }
    }

    private mutating func takeBackMuch(
        _ planted: FraudCase, _ stage: Stage, of claims: Int, _ reversed: Int
    ) {
        let name =
            "u" + String(counties[stage.county].place.code) + "7" + String(50 + random.below(40))
        for number in 0..<claims {
            let member = cast(stage)
            on(day(in: stage)) { simulation in
                simulation.fraud.operatorName = name
                let claim = simulation.settle(member)
                simulation.fraud.operatorName = nil
                guard number < reversed else { return }
                simulation.on(simulation.today + 3) { simulation in
                    simulation.fraud.operatorName = name
                    let reversal = simulation.takeBack(claim.reference, at: stage.county)
                    simulation.fraud.operatorName = nil
                    simulation.unbook(claim)
                    simulation.fraud.note(planted, reversal, subject: name)
                }
            }
        }
    }
}
