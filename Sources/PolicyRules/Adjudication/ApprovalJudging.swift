import AidRecords

extension PersonJudge {
    mutating func judge(_ approval: Approval) -> Opinion {
        var pen = Pen(isTracing: isTracing)
        var again = Pen(isTracing: isTracing)
        defer {
            recorded.add(approval)
            reperformed.add(approval)
        }
        do {
            let setting = try setting(of: approval, &pen)
            let first = try ApprovalReckoning(
                setting: setting, approval: approval, history: history, course: recorded
            ).reckon(&pen)
            let second = try? ApprovalReckoning(
                setting: setting, approval: approval, history: history, course: reperformed
            ).reckon(&again)
            return opinion(approval, setting, first, second?.due, pen, again)
        } catch {
            return cannotBeJudged(approval.head, approval.year, approval.amount, error, pen)
        }
    }

    /// The categories are those of the claims' days; without claims, of the approval's.
    private func setting(of approval: Approval, _ pen: inout Pen) throws(Gap) -> Setting {
        let days = approval.claims.compactMap { recorded.claims[$0]?.claim.dischargedOn }
        return try SettingFinder(ruling: ruling, history: history).setting(
            area: approval.head.area, category: approval.category, year: approval.year,
            day: approval.approvedOn,
            categoryDays: days.isEmpty ? [approval.approvedOn] : days, &pen)
    }

    private func opinion(
        _ approval: Approval, _ setting: Setting, _ found: ApprovalReckoning.Found,
        _ second: Due?, _ pen: Pen, _ again: Pen
    ) -> Opinion {
        var judgement = Judgement(
            seq: approval.head.seq, key: approval.head.key, year: approval.year,
            verdict: verdict(
                found.due, approval.amount, breach: found.breach,
                exceptions: approval.head.exceptions, rules: pen.rules),
            expected: found.due.least, expectedMost: found.due.most,
            reperformed: second?.least, actual: approval.amount,
            rulebooks: setting.stack.names, rules: pen.rules)
        judgement.breach = found.breach
        judgement.cite(found.breach?.rule)
        switch approval.aidType {
        case "tilt": judgement.components.tiltAid = found.due.least
        case "second": judgement.components.secondAid = found.due.least
        default: judgement.components.medicalAid = found.due.least
        }
        var (first, last) = (pen.trace ?? Trace(), again.trace ?? Trace())
        first.conclude(
            found.due, of: [.init("approval.due", found.due.least)], paid: approval.amount)
        if let second {
            last.conclude(second, of: [.init("approval.due", second.least)], paid: approval.amount)
        }
        return Opinion(judgement: judgement, asRecorded: first, reperformed: last)
    }
}

extension Course {
    /// The year goes on with what was approved.
    mutating func add(_ approval: Approval) {
        var year = self[approval.year]
        switch approval.aidType {
        case "tilt": year.tiltPaid += approval.amount
        case "regular", "outpatient", "major-illness":
            year.add(medical: approval.amount, second: 0, tilt: 0)
        default: year.add(medical: 0, second: approval.amount, tilt: 0)
        }
        self[approval.year] = year
        var rest = approval.amount
        for key in approval.claims {
            guard var memory = claims[key] else { continue }
            let share = min(rest, memory.residual)
            memory.residual -= share
            rest -= share
            switch approval.aidType {
            case "second": memory.secondAidPaid += share
            case "regular", "outpatient", "major-illness": memory.medicalAidPaid += share
            default: break
            }
            claims[key] = memory
        }
    }
}
