/// Bills that take a person's aid to the annual cap and, where the documents provide for aid
/// above it, end in such an approval.
extension Simulation {
    mutating func settleHugeBills() {
        for county in counties.indices where counties[county].isOpen {
            for number in 0..<hugeBills(of: county) where hugeBillDay(county, number) == today {
                settleHugeBill(at: county)
            }
            if counties[county].hasTargetedFund(in: year), hugeBillDay(county, 9) == today {
                settleLargeOwnExpense(at: county)
            }
        }
    }

    /// Two a year in every county of a large sample, one in a city's first county of a small one.
    private func hugeBills(of county: Int) -> Int {
        if plan.isMonthly { return 2 }
        let place = counties[county].place
        if plan.years.count == 1 { return place.city == City.tongliao ? 2 : 3 }
        return place.code == City.all[place.city].counties[0].code ? 1 : 0
    }

    /// Early enough in the year for the whole procedure.
    private func hugeBillDay(_ county: Int, _ number: Int) -> Day {
        let code = counties[county].place.code
        let hash = mixed(plan.seed ^ UInt64(code * 10_000 + year) << 8 ^ UInt64(number))
        return Day(year, 3, 1) + Int(hash % 150)
    }

    private mutating func settleHugeBill(at county: Int) {
        guard let member = drawSufferer(at: county, isTargeted: false),
            let total = totalReachingCap(of: member)
        else { return }
        var visit = longStay(of: member, totalFen: total)
        if standards(county, in: year).isGuangdong {
            benefitYears[state(of: member)].enter(year)
            benefitYears[state(of: member)].isReserved = true
            visit.isHuge = true
        }
        settle(visit)
    }

    /// More than 10,000 yuan outside the catalogue, which experts must look at.
    private mutating func settleLargeOwnExpense(at county: Int) {
        guard let member = drawSufferer(at: county, isTargeted: true) else { return }
        var visit = longStay(of: member, totalFen: 24_000_000 + random.below(9_000_000))
        if isOutside(visit.slot, county) { visit.slot = Institution.Slot.countyHospital }
        visit.ownExpenseShare = 600 + random.below(300)
        settle(visit)
    }

    private func longStay(of member: Member, totalFen: Int) -> Visit {
        let free = today.number - benefitYears[state(of: member)].lastService - 1
        return Visit(
            member: member, type: .inpatient, slot: Institution.Slot.cityHospital,
            admitted: today - min(45, free), discharged: today, totalFen: totalFen,
            diagnosis: "C91.0")
    }

    private mutating func drawSufferer(at county: Int, isTargeted: Bool) -> Member? {
        for _ in 0..<400 {
            let index = random.below(counties[county].population)
            let member = Member(county: county, index: index)
            let person = person(member)
            let category = person.group.category(in: year)
            let standards = standards(county, in: year)
            let state = benefitYears[state(of: member)]
            let isFree =
                state.lastService < today.number - 3
                && !(state.year == year && state.isReserved)
            if isFree, !person.isEmployee, standards.annualCap(for: category) != nil,
                standards.aidDeductible(for: category, visit: .inpatient) == 0,
                !standards.isAidedOnApplication(category),
                standards.hasTargetedFund(for: category) == isTargeted,
                joins(person) < today - 50, isAided(person, on: Day(year, 12, 31))
            {
                return member
            }
        }
        return nil
    }

    /// Tries bills of rising totals on a copy of the person's sums.
    private func totalReachingCap(of member: Member) -> Int? {
        let category = person(member).group.category(in: year)
        let standards = standards(member.county, in: year)
        guard let cap = standards.annualCap(for: category) else { return nil }
        let settlement = Settlement(
            standards: standards, category: category, visit: .inpatient, level: 3,
            isEmployee: false)
        var total = 20_000_000
        while total < 1_000_000_000 {
            var trial = benefitYears[state(of: member)]
            trial.enter(year)
            var chance = random
            _ = settlement.settle(total, year: &trial, random: &chance)
            if trial.aid >= cap { return share(total, 11_500) }
            total = share(total, 12_000)
        }
        return nil
    }
}
