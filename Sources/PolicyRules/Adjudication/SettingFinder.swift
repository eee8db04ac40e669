import AidRecords

/// Finds what is in force for a record of one person.
struct SettingFinder {
    let ruling: Ruling
    let history: PersonHistory

    private var standing: Standing { Standing(certifications: history.certifications) }

    // MARK: Subsidies and approvals

    /// - Parameters:
    ///   - categoryDays: the days of which any decides the categories.
    func setting(
        area: String, category: String, year: Int, day: CivilDate, categoryDays: [CivilDate],
        _ pen: inout Pen
    ) throws(Gap) -> Setting {
        let area = ruling.area(area)
        let stack = try area.stack(of: area.spans(on: day), on: day)
        let held = categoryDays.map { standing.held(on: $0, settledOn: day, under: stack) }
        let categories = Set(held.joined()).sorted()
        let last = categoryDays.last ?? day
        return Setting(
            area: area, stack: stack, day: day, year: year, categories: categories,
            unheld: unheld(category, categories, on: last, settledOn: day, stack),
            nobody: nobody(category, categories, on: last, settledOn: day, stack))
    }

    // MARK: Claims

    func setting(of claim: Claim, _ pen: inout Pen) throws(Gap) -> Setting {
        let institution = ruling.institutions[claim.institution]
        var area = ruling.area(claim.head.area)
        var spans = try area.spans(for: claim)
        var stack = try area.stack(of: spans, on: claim.dischargedOn)
        if let other = try standardArea(of: claim, institution, stack, &pen), other != area.code {
            area = ruling.area(other)
            spans = try area.spans(for: claim)
            stack = try area.stack(of: spans, on: claim.dischargedOn)
        }
        let day = try area.attributionDay(claim, under: stack)
        for index in spans {
            let span = area.spans[index]
            guard case .laidDown(let name)? = span.attribution else { continue }
            pen.write(
                TraceStep("claim.attribution", details: ["date": name.rawValue]), rule: span.rule)
        }
        let categories = try categories(of: claim, area, stack, day)
        let (held, last) = categories
        return Setting(
            area: area, stack: stack, day: day, year: day.year, categories: held,
            unheld: unheld(claim.category, held, on: last, settledOn: claim.settledOn, stack),
            nobody: nobody(claim.category, held, on: last, settledOn: claim.settledOn, stack),
            institution: institution)
    }

    /// Whose standards hold for care outside the pooling area.
    private func standardArea(
        of claim: Claim, _ institution: Institution?, _ stack: PolicyStack, _ pen: inout Pen
    ) throws(Gap) -> String? {
        guard let institution,
            !AreaChain.areInOneCity(institution.area, claim.head.area)
        else { return nil }
        let matter = Matter(
            category: claim.category, scheme: claim.scheme, visit: claim.visitType, level: nil,
            fund: nil, year: claim.benefitYear, day: claim.dischargedOn)
        guard let provision = try stack.find(matter, \.standardArea) else { return nil }
        let area =
            switch provision.value {
            case .hukou: history.hukouArea
            case .certification:
                history.certifications.first {
                    $0.category == claim.category
                        && $0.covers(claim.dischargedOn, settledOn: claim.settledOn)
                }?.certifiedArea
            }
        pen.write(
            TraceStep(
                "claim.standard-area",
                details: ["area": area ?? claim.head.area, "institution": institution.area]),
            rule: provision.rule)
        return area
    }

    /// - Throws: `Gap` where the days that may be meant lead to different categories.
    private func categories(
        of claim: Claim, _ area: AreaRuling, _ stack: PolicyStack, _ attributionDay: CivilDate
    ) throws(Gap) -> (held: [String], day: CivilDate) {
        let days = ClaimDays(claim: claim)
        let matter = Matter(
            category: nil, scheme: claim.scheme, visit: claim.visitType, level: nil, fund: nil,
            year: attributionDay.year, day: attributionDay)
        let name: DateName? =
            switch stack.categoryDate {
            case .laidDown(let name): name
            default: area.code("category-date", matter)
            }
        let candidates = name.map { days.days($0) } ?? days.all
        let held = candidates.map {
            standing.held(on: $0, settledOn: claim.settledOn, under: stack)
        }
        guard let last = held.last, held.allSatisfy({ $0 == last }) else {
            throw name == nil
                ? area.missing("category-date", matter)
                : Gap(text: "the categories change between the days of the fees")
        }
        return (last, candidates[candidates.count - 1])
    }

    // MARK: Categories

    /// The clause by which the record's own category is not held: the one that bars its
    /// certification, else the one that says whom aid is for; empty where the documents do not
    /// speak of it. nil where it is held.
    private func unheld(
        _ category: String, _ held: [String], on day: CivilDate, settledOn: CivilDate,
        _ stack: PolicyStack
    ) -> String? {
        if held.contains(category) { return nil }
        let objection = standing.objection(
            to: category, on: day, settledOn: settledOn, under: stack)
        if let objection { return objection }
        // A category that no document here speaks of may still be held.
        if standing.isCovered(category, on: day, settledOn: settledOn) { return nil }
        return stack.category(category).first?.rule ?? ""
    }

    /// Why the person's standing is not known, where none of the categories held is one that the
    /// documents speak of.
    private func nobody(
        _ category: String, _ held: [String], on day: CivilDate, settledOn: CivilDate,
        _ stack: PolicyStack
    ) -> Gap? {
        guard held.isEmpty else { return nil }
        guard !history.certifications.isEmpty else {
            return Gap(text: "no certification of the person's category is on record")
        }
        let isObjectedTo =
            standing.objection(to: category, on: day, settledOn: settledOn, under: stack) != nil
        guard !isObjectedTo, standing.isCovered(on: day, settledOn: settledOn) else { return nil }
        return Gap(
            text: "the rulebooks in force do not speak of category \(category), nor of any"
                + " that the person holds on \(day)")
    }
}
