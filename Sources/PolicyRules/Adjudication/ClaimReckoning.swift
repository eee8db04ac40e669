import AidRecords

/// One claim reckoned layer by layer in one of the two worlds.
struct ClaimReckoning {
    private(set) var basic: Result<Due, Gap>
    private(set) var majorIllness: Result<Due, Gap>
    private(set) var aid: Result<ClaimAid.Outcome, Gap>
    /// nil where no such settlement is in force.
    private(set) var whole: Result<WholeSettlementReckoning.Result, Gap>?
    private(set) var pen: Pen

    /// Reckons, and adds the claim to the course of its year.
    init(
        _ at: ClaimCase, _ course: inout Course, _ pen: Pen
    ) {
        let (setting, claim) = (at.setting, at.claim)
        self.pen = pen
        var year = course[setting.year]
        let layers = InsuranceLayers(at: at)
        var layerPen = Pen(isTracing: course.isReperformed && pen.trace != nil)
        basic = Self.result { () throws(Gap) in try layers.basic(year, &layerPen) }
        let basicPaid = course.isReperformed ? basic.sum(claim.amounts.basicPaid) : nil
        let basicCounted = basicPaid ?? claim.amounts.basicPaid
        majorIllness = Self.result { () throws(Gap) in
            try layers.majorIllness(basicPaid: basicCounted, year, &layerPen)
        }
        let majorPaid = course.isReperformed ? majorIllness.sum(claim.majorIllnessPaid) : nil
        let majorCounted = majorPaid ?? claim.majorIllnessPaid
        for rule in layerPen.rules { self.pen.cite(rule) }
        if course.isReperformed {
            for step in layerPen.trace?.steps ?? [] { self.pen.write(step, rule: step.rule) }
            year.gap = year.gap ?? basic.gap ?? majorIllness.gap
        }
        year.basicPaid += basicCounted
        let isInScope = (try? at.isInMajorIllnessScope.get()) ?? true
        year.addMajorIllness(
            burden: isInScope ? max(0, claim.amounts.compliant - basicCounted) : 0,
            paid: majorCounted, under: layers.regime())
        let soFar = year
        var aidPen = self.pen
        let reckoning = ClaimAid(at: at)
        aid = Self.result { () throws(Gap) in
            if let gap = soFar.gap { throw gap }
            return try reckoning.reckon(
                basicPaid: basicCounted, majorIllnessPaid: majorCounted, soFar, &aidPen)
        }
        self.pen = aidPen
        let paid = PaidAid(claim, aid, isReperformed: course.isReperformed)
        let atCounter = paid.whole
        settleWhole(at, aidAtCounter: atCounter)
        if course.isReperformed { year.gap = year.gap ?? aid.gap }
        remember(at, paid, basicCounted + majorCounted, &year, &course)
        course[setting.year] = year
    }

    private static func result<Value>(
        _ body: () throws(Gap) -> Value
    ) -> Result<Value, Gap> {
        do { return .success(try body()) } catch { return .failure(error) }
    }

    private mutating func settleWhole(
        _ at: ClaimCase, aidAtCounter: Int64
    ) {
        let (setting, claim) = (at.setting, at.claim)
        guard let whole = WholeSettlementReckoning(at),
            case .success(let aid) = aid
        else { return }
        guard whole.isFor || claim.amounts.targetedFundPaid + claim.amounts.hospitalBorne > 0
        else { return }
        let base = setting.categories.isEmpty ? 0 : aid.base
        var wholePen = pen
        self.whole = Self.result { () throws(Gap) in
            try whole.reckon(left: max(0, base - aidAtCounter), &wholePen)
        }
        pen = wholePen
    }

    private func remember(
        _ at: ClaimCase, _ paid: PaidAid, _ insurance: Int64, _ year: inout YearCourse,
        _ course: inout Course
    ) {
        let claim = at.claim
        let outcome = try? aid.get()
        year.add(
            medical: paid.medical + (outcome?.advanced ?? 0), second: paid.second, tilt: paid.tilt)
        let base =
            outcome?.base
            ?? max(0, claim.amounts.compliant - insurance - claim.otherInsurance)
        if outcome?.isInScope ?? true { year.bases += base }
        year.leftInScope += base
        if let outcome { year.byCategory = outcome.byCategory }
        guard course.remembersClaims else { return }
        course.claims[claim.head.key] = ClaimMemory(
            at: at, entitlement: aid.flatMap(\.entitlement),
            medicalAidPaid: paid.medical, secondAidPaid: paid.second,
            residual: claim.amounts.leftToPerson, rules: pen.rules)
    }

    /// Whether every layer paid what was due, so that nothing changes when all is reckoned anew.
    func isAsPaid(_ claim: Claim) -> Bool {
        guard basic.sum(claim.amounts.basicPaid) == claim.amounts.basicPaid,
            majorIllness.sum(claim.majorIllnessPaid) == claim.majorIllnessPaid,
            case .success = aid
        else { return false }
        let due = PaidAid(claim, aid, isReperformed: true)
        return due == PaidAid(claim, aid, isReperformed: false)
    }

    // MARK: What the judgement shows

    func concludedTrace(_ claim: Claim) -> Trace {
        guard var trace = pen.trace else { return Trace() }
        guard let aid = try? aid.get() else { return trace }
        let parts: [TraceStep.Term] = [
            .init("aid.due", aid.medical.least), .init("second.due", aid.second.least),
            .init("tilt.due", aid.tilt.least),
        ]
        trace.conclude(aid.whole, of: parts, paid: claim.amounts.aidPaid)
        return trace
    }

    var components: Judgement.Components {
        var components = Judgement.Components()
        components.basic = (try? basic.get())?.least
        components.majorIllness = (try? majorIllness.get())?.least
        if let aid = try? aid.get() {
            components.medicalAid = aid.medical.least
            components.secondAid = aid.second.least
            components.tiltAid = aid.tilt.least
        }
        if let whole = try? whole?.get() {
            components.targetedFund = whole.fund
            components.hospital = whole.hospital
        }
        return components
    }

    func layerVerdicts(_ claim: Claim) -> Judgement.Layers {
        var layers = Judgement.Layers()
        layers.basic = (try? basic.get())?.verdict(on: claim.amounts.basicPaid)
        layers.majorIllness = (try? majorIllness.get())?.verdict(on: claim.majorIllnessPaid)
        return layers
    }
}

/// Aid on a claim as it goes on counting: as paid, or what would lawfully have been paid instead.
struct PaidAid: Hashable {
    let medical: Int64
    let second: Int64
    let tilt: Int64

    var whole: Int64 { medical + second + tilt }

    init(_ claim: Claim, _ aid: Result<ClaimAid.Outcome, Gap>, isReperformed: Bool) {
        let paid = claim.amounts
        guard isReperformed, case .success(let due) = aid else {
            medical = paid.medicalAidPaid
            second = paid.secondAidPaid
            tilt = paid.tiltAidPaid
            return
        }
        medical = due.medical.nearest(to: paid.medicalAidPaid)
        second = due.second.nearest(to: paid.secondAidPaid)
        tilt = due.tilt.nearest(to: paid.tiltAidPaid)
    }
}

extension Result where Success == Due, Failure == Gap {
    /// The lawful sum nearest to what was paid.
    fileprivate func sum(_ paid: Int64) -> Int64? { (try? get())?.nearest(to: paid) }
}

extension Result where Failure == Gap {
    fileprivate var gap: Gap? { if case .failure(let gap) = self { gap } else { nil } }
}
