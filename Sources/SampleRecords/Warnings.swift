/// A person's yearly burden that passed a line, to be pushed with the month's data.
struct Warning {
    let member: Member
    let code: String
    let burden: Int
}

extension Simulation {
    /// The burden counts after basic and major-illness insurance, not after aid.
    mutating func warn(about claim: SettledClaim, _ person: Person) {
        let standards = standards(claim.member.county, in: year)
        guard standards.hasTiltAid else { return }
        let index = state(of: claim.member)
        let state = benefitYears[index]
        let burden = state.burden - state.majorIllnessPaid
        guard !state.isWarned, burden > standards.ruralIncome / 2 else { return }
        benefitYears[index].isWarned = true
        let code =
            burden > standards.ruralIncome ? "illness-to-poverty" : "illness-return"
        let warning = Warning(member: claim.member, code: code, burden: burden)
        let nextMonth = (today.firstOfMonth + 31).firstOfMonth
        agenda.add(.warn(warning), on: (nextMonth + 5).officeDay)
    }

    mutating func raise(_ warning: Warning) {
        let person = person(warning.member)
        let day = today
        let reference = record(.warningRaised, at: warning.member.county, by: .supervision) {
            line in
            line.person("person", person)
            line.text("warning", warning.code)
            line.number("burdenFen", warning.burden)
            line.date("pushedOn", day)
            line.text(
                "toDepartment",
                warning.code == "illness-return" ? "poverty-relief" : "civil-affairs")
        }
        agenda.add(
            .answerWarning(reference, county: warning.member.county),
            on: (today + 8 + random.below(18)).officeDay)
    }

    mutating func answer(_ warning: Reference, in county: Int) {
        let outcomes = ["纳入救助范围", "已在名单内", "不符合条件"]
        let outcome = outcomes[random.below(outcomes.count)]
        record(.warningAnswered, at: county, by: .registry) { line in
            line.reference("warning", warning)
            line.text("outcome", outcome)
        }
    }
}
