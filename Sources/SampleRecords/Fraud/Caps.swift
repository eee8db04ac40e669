/// S4, S5, S6 and C9: the annual cap, the consent to pass it, and what is deducted of earlier aid.
extension Simulation {
    /// What one stay must cost for aid to reach the basis points of the year's cap.
    private func total(reaching part: Int, of stage: Stage, as category: Category = .dibao) -> Int?
    {
        let standards = standards(stage.county, in: stage.year)
        guard let cap = standards.annualCap(for: category) else { return nil }
        let settlement = Settlement(
            standards: standards, category: category, visit: .inpatient, level: 3,
            isEmployee: false)
        let wished = share(cap, part)
        var low = 100_000
        var high = 2_000_000_000
        while low < high {
            let middle = (low + high) / 2
            var amounts = Amounts(total: middle)
            var sums = BenefitYear(year: stage.year)
            settlement.pay(&amounts, &sums)
            if amounts.aidDue < wished { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static let longStay = 30

    private func largeBill(_ part: Int, _ stage: Stage) -> Bill? {
        total(reaching: part, of: stage).map { total in
            Bill(
                slot: Institution.Slot.cityHospital, nights: Self.longStay,
                components: Amounts(total: total), diagnosis: "C91.0")
        }
    }

    // MARK: Above the cap

    mutating func plantAboveCap(_ number: Int) {
        switch number % 4 {
        case 0:
            plant("S4", "one-fen", in: .anywhere, also: ["C9", "S2"]) {
                guard let bill = $0.largeBill(11_000, $2) else { return }
                $0.claim($1, $2, Entrance(), bill) { $0.amounts.medicalAid += 1 }
            }
        case 1:
            plant("S4", "all-that-was-reckoned", in: .anywhere, also: ["C9", "S2"]) {
                guard let bill = $0.largeBill(10_800, $2) else { return }
                $0.claim($1, $2, Entrance(), bill) { $0.amounts.medicalAid = $0.amounts.aidDue }
            }
        case 2:
            plant("S4", "no-resolution", in: .guangdong, also: ["C9", "S2", "S5"]) {
                $0.approveAboveCap($1, $2, Consent(isMissing: true))
            }
        default:
            let late = Setting(cities: [City.tongliao], years: 2023...2025)
            plant("S4", "tilt", in: late, also: ["C9", "S2"]) {
                $0.approveTilt($1, $2, over: 100_00)
            }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("S4", "at-cap", in: .anywhere, also: ["C9"]) {
                guard let bill = $0.largeBill(10_500, $2) else { return }
                $0.claim($1, $2, Entrance(), bill)
            }
        case 1:
            plantLookAlike("S4", "resolved", in: .guangdong, also: ["C9"]) {
                $0.approveAboveCap($1, $2, Consent())
            }
        default:
            let late = Setting(cities: [City.tongliao], years: 2023...2025)
            plantLookAlike("S4", "tilt-apart", in: late, also: ["C9"]) {
                $0.approveTilt($1, $2, over: 0)
            }
        }
    }

    /// What becomes of the coordination mechanism's consent; as it stands here, all is well.
    struct Consent {
        var isMissing = false
        var isLate = false
        var otherYear = false
        var isOfAnother = false
        /// What it allows less than is granted, in hundredths.
        var shortBy = 0
        var departments = 5
        var uses = 1
    }

    private mutating func approveAboveCap(
        _ planted: FraudCase, _ stage: Stage, _ consent: Consent
    ) {
        guard let bill = largeBill(11_500, stage) else { return }
        let member = cast(stage)
        let other = consent.isOfAnother ? cast(stage) : member
        let begins = day(in: stage, from: 3, to: 7)
        on(begins) { simulation in
            let claim = simulation.settle(member, bill)
            let fen = share(claim.amounts.compliantLeft, 3_000) / 10_000 * 10_000
            guard fen > 0 else { return }
            simulation.decideAboveCap(planted, claim, fen, consent, for: other)
        }
    }

    private mutating func decideAboveCap(
        _ planted: FraudCase, _ claim: SettledClaim, _ fen: Int, _ consent: Consent,
        for other: Member
    ) {
        let member = claim.member
        let granted = consent.otherYear ? year - 1 : year
        let already = benefitYears[state(of: member)].aid
        let allowed = already + fen - fen / 100 * consent.shortBy
        on((today + 4).officeDay) { simulation in
            let application = simulation.apply(for: claim, type: "above-cap")
            simulation.on((simulation.today + 3).officeDay) { simulation in
                simulation.checkMeans(application, of: claim)
            }
            simulation.on((simulation.today + 14).officeDay) { simulation in
                simulation.publicise(
                    application, at: member.county, from: simulation.today - 8,
                    to: simulation.today - 1)
                var resolution: Reference?
                if !consent.isMissing {
                    resolution = simulation.resolve(
                        on: other, year: granted, total: allowed,
                        departments: consent.departments)
                }
                simulation.approveAboveCap(
                    planted, claim, fen, application, resolution, consent)
            }
        }
    }

    private mutating func approveAboveCap(
        _ planted: FraudCase, _ claim: SettledClaim, _ fen: Int, _ application: Reference,
        _ resolution: Reference?, _ consent: Consent
    ) {
        let member = claim.member
        for use in 1...consent.uses {
            on((today + 2 + use * 9).officeDay) { simulation in
                var decision = Decision(claim: claim, type: "above-cap", fen: fen)
                decision.application = application
                decision.resolution = resolution
                // Dated back to before the mechanism met.
                if consent.isLate { decision.approvedOn = simulation.today - 18 }
                let approval = simulation.decide(decision)
                simulation.fraud.note(planted, approval)
                if let resolution { simulation.fraud.note(planted, resolution) }
                simulation.on((simulation.today + 15).officeDay) { simulation in
                    simulation.pay(
                        Payment(basis: .approval(approval), member: member, fen: fen))
                }
            }
        }
    }

    private mutating func approveTilt(_ planted: FraudCase, _ stage: Stage, over fen: Int) {
        guard let bill = largeBill(14_000, stage) else { return }
        let member = cast(stage)
        on(day(in: stage, from: 3, to: 7)) { simulation in
            let claim = simulation.settle(member, bill)
            let cap = simulation.standards(stage.county, in: stage.year).tiltCap
            let due = min(cap, simulation.due(claim, type: "tilt").fen)
            // Only a cap that is reached can be passed.
            guard due == cap || fen == 0, due > 0 else { return }
            simulation.takeThrough(
                claim, type: "tilt", more: due - simulation.due(claim, type: "tilt").fen + fen
            ) { $0.fraud.note(planted, $1) }
        }
    }

    // MARK: Consent

    mutating func plantMisusedConsent(_ number: Int) {
        let shapes: [(String, Consent)] = [
            ("held-after", Consent(isLate: true)), ("other-year", Consent(otherYear: true)),
            ("other-person", Consent(isOfAnother: true)), ("too-small", Consent(shortBy: 40)),
            ("too-few-departments", Consent(departments: 2)), ("used-twice", Consent(uses: 2)),
        ]
        let (shape, consent) = shapes[number % shapes.count]
        let also = shape == "too-few-departments" ? ["C9", "S4"] : ["C9", "S2", "S4"]
        plant("S5", shape, in: .guangdong, also: also) { $0.approveAboveCap($1, $2, consent) }
        switch number % 2 {
        case 0:
            plantLookAlike("S5", "three-departments", in: .guangdong, also: ["C9"]) {
                $0.approveAboveCap($1, $2, Consent(departments: 3))
            }
        default:
            plantLookAlike("S5", "more-than-granted", in: .guangdong, also: ["C9"]) {
                $0.approveAboveCap($1, $2, Consent(shortBy: -20))
            }
        }
    }

    // MARK: Offset

    mutating func plantMissingOffsets(_ number: Int) {
        let old = Setting.guangdong.through(2018...2022)
        plant("S6", number % 2 == 0 ? "nothing-deducted" : "half-deducted", in: old, also: ["S2"]) {
            $0.approveMajorIllness($1, $2, deducting: number % 2 == 0 ? 0 : 5_000)
        }
        plantLookAlike("S6", "deducted", in: old) {
            $0.approveMajorIllness($1, $2, deducting: 10_000)
        }
    }

    /// Aid on the year's burden together, of which earlier aid is to be deducted.
    private mutating func approveMajorIllness(
        _ planted: FraudCase, _ stage: Stage, deducting part: Int
    ) {
        let member = cast(stage)
        on(day(in: stage, from: 3, to: 7)) { simulation in
            // A burden above the major-illness deductible, of which aid pays less than at the end.
            let claim = simulation.settle(
                member,
                Bill(
                    slot: Institution.Slot.cityHospital, nights: 20,
                    components: Amounts(total: 6_500_000), diagnosis: "C50.9"))
            let kept = share(claim.amounts.medicalAid, 10_000 - part)
            simulation.takeThrough(
                claim, type: "major-illness", more: kept,
                deducted: claim.amounts.medicalAid - kept
            ) {
                $0.fraud.note(planted, $1)
            }
        }
    }

    // MARK: Near the cap

    mutating func plantNearCap(_ number: Int) {
        let part = [9_600, 9_990, 9_520, 9_800][number % 4]
        plant("C9", "near", in: .anywhere, grade: "S") {
            guard let bill = $0.largeBill(part, $2) else { return }
            $0.claim($1, $2, Entrance(), bill)
        }
        plantLookAlike("C9", "below", in: .anywhere) {
            guard let bill = $0.largeBill([9_400, 8_000][number % 2], $2) else { return }
            $0.claim($1, $2, Entrance(), bill)
        }
    }
}
