/// What comes round every year, month or day of the month.
extension Simulation {
    mutating func runCalendar(month: Int, day: Int) {
        if today == plan.firstDay { openLedger() }
        if month == 1, day == 1 { openYear() }
        for county in counties.indices where counties[county].isOpen {
            runCounty(county, month: month, day: day)
        }
        if month == 11, day == 1 { scheduleEnrolment() }
        runRules(month: month, day: day)
        for city in plan.cities { runSupervision(of: city, month: month, day: day) }
    }

    /// Counties whose code becomes valid this year begin; all set their parameters.
    private mutating func openYear() {
        for city in plan.cities { setYearParameters(of: city) }
        for county in counties.indices {
            let place = counties[county].place
            if !counties[county].isOpen, place.firstYear <= year {
                counties[county].isOpen = true
                openBooks(of: county)
                designateOwn(of: county)
                openLifecycle(of: county)
            }
            guard counties[county].isOpen else { continue }
            setYearParameters(at: county)
            budgetYear(of: county)
        }
    }

    private mutating func runCounty(_ county: Int, month: Int, day: Int) {
        receiveIncome(month: month, day: day, at: county)
        switch (month, day) {
        case (1, 25), (11, 20): transferSubsidies(of: county)
        case (3, 10) where counties[county].isPrepaying: prepay(at: county)
        case (6, 5): returnPrepayments(at: county)
        case (8, 20): adjustBudget(of: county)
        case (8, 24): shareEnrolmentList(of: county)
        case (10, 15): recover(year + county, at: county)
        default: break
        }
        switch day {
        case 1 where plan.isMonthly: planMonth(month, of: county)
        case 5: requestClearing(at: county)
        case 8: bookOffset(at: county)
        case 17: shareMonthlyLists(of: county)
        case 12 where month % 3 == 2 && bears(county): bear(in: county)
        default: break
        }
    }

    /// A newborn a quarter in large samples, one a year in a city's first county of small ones.
    private func bears(_ county: Int) -> Bool {
        let place = counties[county].place
        guard pace.hasRoom(emitted) else { return false }
        if plan.isMonthly { return true }
        return today.month == 5 && place.code == City.all[place.city].counties[0].code
    }

    mutating func endMonth() {
        guard plan.isMonthly else { return }
        for county in counties.indices {
            stateTotal(.claimSettled, at: county, from: today.firstOfMonth)
        }
    }

    mutating func endYear() {
        for county in counties.indices {
            for kind in Statements.kinds where !(plan.isMonthly && kind == .claimSettled) {
                stateTotal(kind, at: county, from: Day(year, 1, 1))
            }
            if counties[county].isOpen { closeBooks(of: county) }
        }
    }

    /// What the source says it sent of a kind.
    private mutating func stateTotal(_ kind: RecordKind, at county: Int, from: Day) {
        let total = statements.take(kind, at: county)
        let day = today
        var first = nextReference(kind, at: county)
        first.serial = total.firstSerial
        var last = first
        last.serial = total.lastSerial
        let serial = from.month == 1 && day.month == 12 ? 1 : day.month
        record(.sourceTotalled, at: county, by: .insurance, totalled: (kind, serial)) { line in
            line.text("recordKind", kind.name)
            line.date("periodFrom", from)
            line.date("periodTo", day)
            line.number("count", total.count)
            line.number("amountFen", total.fen)
            if total.count > 0 {
                line.text("firstId", first.id)
                line.text("lastId", last.id)
            }
            line.text("statedBy", kind.source + "系统管理员")
        }
    }

    // MARK: Lists

    private mutating func shareMonthlyLists(of county: Int) {
        if let planted = fraud.omissions.lists[Omissions.key(county, year, today.month)] {
            // What was not sent has no record: the next list stands for it.
            let next = nextReference(.listShared, at: county)
            let month = string { $0.append(decimal: today.month, digits: 2) }
            let area = String(counties[county].place.code)
            fraud.note(planted, next, subject: area + " " + String(year) + "-" + month)
            return
        }
        let state = counties[county]
        counties[county].added = 0
        counties[county].removed = 0
        shareList(
            "monthly-update", from: "civil-affairs", at: county, count: state.listed,
            added: state.added, removed: state.removed)
        guard pushesMonthly, standards(county, in: year).hasTiltAid else { return }
        shareList(
            "warning-push", from: "medical-security", at: county, count: random.below(6),
            added: 0, removed: 0)
        shareList(
            "warning-return", from: "poverty-relief", at: county, count: random.below(4),
            added: 0, removed: 0)
    }

    /// A document that wants it monthly is to be kept where breaches are looked for.
    private var pushesMonthly: Bool { plan.isMonthly || fraud.isActive }

    private mutating func shareEnrolmentList(of county: Int) {
        let listed = counties[county].listed
        shareList(
            "enrolment", from: "civil-affairs", at: county, count: listed, added: 0,
            removed: 0)
        shareList(
            "registered-poor", from: "poverty-relief", at: county, count: listed / 5,
            added: 0, removed: 0)
        if !pushesMonthly, standards(county, in: year).hasTiltAid {
            shareList(
                "warning-push", from: "medical-security", at: county, count: 2, added: 2,
                removed: 0)
            shareList(
                "warning-return", from: "poverty-relief", at: county, count: 1, added: 1,
                removed: 0)
        }
    }

    private mutating func shareList(
        _ purpose: String, from department: String, at county: Int, count: Int, added: Int,
        removed: Int
    ) {
        let insurer = year >= 2019 ? "medical-security" : "human-resources"
        let to = department == "medical-security" ? "civil-affairs" : insurer
        let digest = randomDigest()
        let day = today
        record(.listShared, at: county, by: .registry) { line in
            line.text("purpose", purpose)
            line.text("fromDepartment", department)
            line.text("toDepartment", to)
            if purpose == "enrolment" {
                line.text("period", String(day.year + 1))
            } else {
                line.month("period", Month(day))
            }
            line.number("count", count)
            line.number("added", added)
            line.number("removed", removed)
            line.text("sha256", digest)
            line.date("sharedOn", day)
        }
    }
}
