/// Who goes where today.
extension Simulation {
    mutating func settleVisits() {
        settleHugeBills()
        var due = pace.visitsToday(today, emitted: emitted)
        if today == plan.lastDay {
            fillLastDay()
            return
        }
        while due > 0, pace.hasRoom(emitted) {
            due -= 1
            visitOnce()
        }
    }

    /// The last day's visits make the count exact: each is one record and entails nothing.
    private mutating func fillLastDay() {
        while emitted + pace.closing < plan.entries {
            guard let member = drawMember(tries: 200) ?? drawAnybody() else { return }
            let person = person(member)
            settle(
                Visit(
                    member: member, type: .outpatient, slot: Institution.Slot.clinic,
                    admitted: today, discharged: today,
                    totalFen: 9_000 + Int(person.key % 9_000) + random.below(9_000),
                    diagnosis: "J06.9"))
        }
    }

    /// A person aided today whose sums of the year are not waiting for a decision.
    private mutating func drawMember(tries: Int) -> Member? {
        for _ in 0..<tries {
            var index = random.below(ordinaryPersons)
            var county = 0
            while index >= counties[county].population {
                index -= counties[county].population
                county += 1
            }
            let member = Member(county: county, index: index)
            guard counties[county].isOpen, isAided(person(member), on: today + -1) else {
                continue
            }
            let state = benefitYears[state(of: member)]
            let isBusy = state.year == year && state.isReserved
            if isBusy || state.lastService >= today.number { continue }
            if isAided(person(member), on: today) { return member }
        }
        return nil
    }

    /// In the smallest samples everybody may have been to hospital today.
    private func drawAnybody() -> Member? {
        for county in counties.indices where counties[county].isOpen {
            for index in 0..<counties[county].population {
                let member = Member(county: county, index: index)
                if isAided(person(member), on: today) { return member }
            }
        }
        return nil
    }

    private mutating func visitOnce() {
        guard let member = drawMember(tries: 12) else { return }
        let person = person(member)
        let type = drawType(for: person)
        let isTargeted = standards(member.county, in: year)
            .hasTargetedFund(for: person.group.category(in: year))
        var visit = draw(type, member, isTargeted: isTargeted)
        if visit.slot == Institution.Slot.elsewhere, !isTargeted, random.chance(1_500) {
            visit.isEmergency = true
            settle(visit)
        } else if visit.slot == Institution.Slot.elsewhere
            || isTargeted && isOutside(visit.slot, member.county)
        {
            refer(visit, person, isTargeted: isTargeted)
        } else if type == .inpatient, !isTargeted, random.chance(450) {
            // Paid by the person, and claimed by hand weeks later.
            visit.isManual = true
            postpone(visit, to: (today + 20 + random.below(25)).officeDay)
        } else {
            settle(visit)
        }
    }

    /// The targeted fund pays for care outside the person's county only after a referral.
    func isOutside(_ slot: Int, _ county: Int) -> Bool {
        counties[county].institutions[slot].area != counties[county].place.code
    }

    private mutating func postpone(_ visit: Visit, to day: Day) {
        guard day.year == visit.discharged.year else { return }
        reserveDays(of: visit)
        agenda.add(.settle(visit), on: day)
    }

    /// A bill that comes later, when the person's sums are free to change.
    mutating func settleLater(_ visit: Visit) {
        let state = benefitYears[state(of: visit.member)]
        if state.year == year, state.isReserved {
            let day = (today + 12).officeDay
            if day.year == visit.discharged.year { agenda.add(.settle(visit), on: day) }
        } else {
            settle(visit)
        }
    }

    private mutating func reserveDays(of visit: Visit) {
        benefitYears[state(of: visit.member)].lastService = visit.discharged.number
    }

    private mutating func drawType(for person: Person) -> VisitType {
        let draw = random.below(100)
        let isEntitled =
            (person.hasSpecialEntitlement || person.hasChronicEntitlement)
            && entitledOn(person) <= today
        if isEntitled, person.hasSpecialEntitlement, draw < 35 { return .specialOutpatient }
        if isEntitled, person.hasChronicEntitlement, draw < 55 { return .chronicOutpatient }
        switch draw {
        case ..<62: return .inpatient
        case ..<88: return .outpatient
        default: return .pharmacy
        }
    }

    private mutating func draw(_ type: VisitType, _ member: Member, isTargeted: Bool) -> Visit {
        let admitted = drawStay(type, member)
        let last = benefitYears[state(of: member)].readmission
        let isAgain = type == .inpatient && admitted.map(last.isRecent) == true
        // Who was discharged lately mostly comes to be looked at, and not to stay.
        let isSeen = isAgain && !random.chance(Readmission.admitted)
        let effective = type == .inpatient && (admitted == nil || isSeen) ? .outpatient : type
        let isSame = isAgain && !isSeen && random.chance(Readmission.same)
        var slot = isSame ? last.slot : drawSlot(isSeen ? .outpatient : type)
        if type == .specialOutpatient, isTargeted, isOutside(slot, member.county) {
            slot = Institution.Slot.countyHospital
        }
        let level = counties[member.county].institutions[slot].level
        let begun = effective == .inpatient ? admitted ?? today : today
        return Visit(
            member: member, type: effective, slot: slot, admitted: begun, discharged: today,
            totalFen: drawTotal(effective, level: level, days: begun.distance(to: today)),
            diagnosis: isSame ? last.diagnosis : Diagnosis.draw(for: effective, from: &random))
    }

    private mutating func drawSlot(_ type: VisitType) -> Int {
        let draw = random.below(100)
        switch type {
        case .pharmacy: return Institution.Slot.pharmacy
        case .inpatient:
            if draw < 25 { return Institution.Slot.clinic }
            if draw < 68 { return Institution.Slot.countyHospital }
            if draw < 86 { return Institution.Slot.cityHospital }
            return draw < 95 ? Institution.Slot.cityHospitalTwo : Institution.Slot.elsewhere
        case .specialOutpatient:
            return draw < 60 ? Institution.Slot.countyHospital : Institution.Slot.cityHospital
        case .outpatient, .chronicOutpatient:
            return draw < 55 ? Institution.Slot.clinic : Institution.Slot.countyHospital
        }
    }

    /// The day of admission of a stay that ends today, nil when the person was elsewhere until
    /// now.
    private mutating func drawStay(_ type: VisitType, _ member: Member) -> Day? {
        guard type == .inpatient else { return today }
        let wished = 2 + min(LogNormal.draw(median: 5, sigma: 900, from: &random), 60)
        let free = today.number - benefitYears[state(of: member)].lastService - 1
        let certified = joins(person(member)).distance(to: today)
        let possible = min(wished, free, certified, period(of: member.county).distance(to: today))
        return possible >= 2 ? today - possible : nil
    }

    /// The first day of the period in which all cost of one stay has to arise: Jiangmen's plan
    /// goes by the day of the cost.
    private func period(of county: Int) -> Day {
        guard counties[county].place.city == City.jiangmen else { return plan.firstDay - 365 }
        let provincial = Day(2017, 9, 27)
        return year == provincial.year && today >= provincial ? provincial : Day(year, 1, 1)
    }

    private mutating func drawTotal(_ type: VisitType, level: Int, days: Int) -> Int {
        let (median, sigma) =
            switch type {
            case .inpatient: ([150_000, 220_000, 620_000, 1_500_000][level], 1_050)
            case .outpatient: (16_000, 1_100)
            case .pharmacy: (9_000, 900)
            case .chronicOutpatient: (34_000, 900)
            case .specialOutpatient: (420_000, 700)
            }
        let longer = type == .inpatient ? median * (60 + days * 6) / 100 : median
        return max(1_000, LogNormal.draw(median: longer, sigma: sigma, from: &random))
    }

    /// Files a referral today, for a stay elsewhere in the coming days.
    private mutating func refer(_ visit: Visit, _ person: Person, isTargeted: Bool) {
        let stay = max(4, visit.admitted.distance(to: visit.discharged))
        let admitted = today + 1 + random.below(3)
        let discharged = admitted + stay
        guard isAided(person, on: discharged), discharged.year == year,
            admitted >= Day(2017, 9, 27) || discharged < Day(2017, 9, 27)
        else { return }
        let reference = writeReferral(visit, person, type: "basic")
        if isTargeted { writeReferral(visit, person, type: "targeted") }
        var later = Visit(
            member: visit.member, type: .inpatient, slot: visit.slot, admitted: admitted,
            discharged: discharged, totalFen: drawTotal(.inpatient, level: 3, days: stay),
            diagnosis: visit.diagnosis)
        later.referral = reference
        reserveDays(of: later)
        agenda.add(.settle(later), on: discharged)
    }

    @discardableResult
    mutating func writeReferral(_ visit: Visit, _ person: Person, type: String)
        -> Reference
    {
        let county = counties[visit.member.county]
        let day = today
        return record(.referralFiled, at: visit.member.county, by: .insurance) { line in
            line.person("person", person)
            line.text("type", type)
            line.text(
                "fromInstitution", county.institutions[Institution.Slot.countyHospital].code)
            line.text("toInstitution", county.institutions[visit.slot].code)
            line.date("filedOn", day)
            line.date("approvedOn", day)
            line.date("validTo", day + 180)
        }
    }
}
