/// What a city declares of its standards: a figure for most, and one for each that differs.
extension Standards {
    // MARK: Insurance

    var insurance: [Parameter] {
        var list = [
            Parameter(name: "basic-cap", value: .fen(basicCap)),
            Parameter(name: "basic-deductible", value: .fen(0)),
        ]
        for level in 1...3 {
            list.append(
                Parameter(
                    name: "basic-deductible", value: .fen(baseDeductible(level: level)),
                    visitType: .inpatient, institutionLevel: level))
        }
        return list + basicRatios(isEmployee: false) + basicRatios(isEmployee: true) + majorIllness
    }

    private func basicRatios(isEmployee: Bool) -> [Parameter] {
        let scheme = isEmployee ? "employee" : "resident"
        let stays = (1...3).map { level in
            Parameter(
                name: "basic-ratio",
                value: .ratio(
                    baseRatio(visit: .inpatient, level: level, isEmployee: isEmployee)),
                visitType: .inpatient, institutionLevel: level, scheme: scheme)
        }
        let others = VisitType.allCases.filter { $0 != .inpatient }.map { visit in
            Parameter(
                name: "basic-ratio",
                value: .ratio(baseRatio(visit: visit, level: 2, isEmployee: isEmployee)),
                visitType: visit, scheme: scheme)
        }
        return stays + others
    }

    private var majorIllness: [Parameter] {
        let base = Self.majorIllness
        var list = [
            Parameter(
                name: "major-illness-scope", value: .codes(majorIllnessScope.map(\.rawValue))),
            Parameter(name: "major-illness-deductible", value: .fen(base.deductible)),
            Parameter(name: "major-illness-ratio", value: .ratio(base.ratio)),
            Parameter(name: "major-illness-cap", value: .fen(base.cap)),
        ]
        // Elsewhere the documents themselves say what is better for whom.
        guard isGuangdong else { return list }
        for category in Category.favouredInGuangdong {
            list.append(
                Parameter(
                    name: "major-illness-deductible",
                    value: .fen(majorIllnessDeductible(for: category, isEmployee: false)),
                    category: category, scheme: "resident"))
            list.append(
                Parameter(
                    name: "major-illness-ratio",
                    value: .ratio(majorIllnessRatio(for: category, isEmployee: false)),
                    category: category, scheme: "resident"))
        }
        return list
    }

    // MARK: Aid

    var aid: [Parameter] {
        let categories = Group.categories(in: city, year: year)
        var list = VisitType.allCases.flatMap { visit in
            parameters("aid-ratio", of: categories, visit) { category in
                // What the document lays down exactly need not be laid down again.
                let isExact =
                    aidRatioFloor(for: category, visit: .inpatient) > 0
                    && (visit != .inpatient || category == .tekun)
                return isExact ? nil : aidRatio(for: category, visit: visit).map { .ratio($0) }
            }
        }
        list += parameters("annual-cap", of: categories, nil) { category in
            annualCap(for: category).map { .fen($0) }
        }
        list.append(Parameter(name: "deductible", value: .fen(0)))
        if isGuangdong {
            list.append(
                Parameter(name: "major-illness-aid-ratio", value: .ratio(majorIllnessAidRatio)))
            list.append(Parameter(name: "second-aid-tiers", value: .tiers(Self.secondAidTiers)))
            if hasTiltAid {
                list.append(Parameter(name: "tilt-ratio", value: .ratio(tiltRatio)))
                list.append(Parameter(name: "tilt-cap", value: .fen(tiltCap)))
            }
        }
        return list
    }

    /// The commonest value for all categories, and one for each that has another.
    private func parameters(
        _ name: String, of categories: [Category], _ visit: VisitType?,
        value: (Category) -> Parameter.Value?
    ) -> [Parameter] {
        let values = categories.map(value)
        let known = values.compactMap(\.self)
        guard
            let common = known.max(by: { first, second in
                known.count { $0 == first } < known.count { $0 == second }
            })
        else { return [] }
        return [Parameter(name: name, value: common, visitType: visit)]
            + zip(categories, values).compactMap { category, value in
                guard let value, value != common else { return nil }
                return Parameter(name: name, value: value, category: category, visitType: visit)
            }
    }

    // MARK: Every year

    var yearly: [Parameter] {
        var list = [
            Parameter(name: "premium", value: .fen(premium), scheme: "resident"),
            Parameter(name: "premium", value: .fen(employeePremium), scheme: "employee"),
            Parameter(name: "disposable-income", value: .fen(disposableIncome)),
            Parameter(name: "rural-disposable-income", value: .fen(ruralIncome)),
            Parameter(name: "dibao-standard", value: .fen(dibaoStandard)),
            Parameter(name: "collection-start", value: .date(Day(year - 1, 9, 1))),
            Parameter(name: "collection-end", value: .date(Day(year - 1, 12, 31))),
        ]
        if hasTiltAid {
            list.append(Parameter(name: "warning-line", value: .fen(ruralIncome)))
            list.append(Parameter(name: "tilt-deductible", value: .fen(tiltDeductible)))
        }
        let categories = Group.categories(in: city, year: year)
        for category in categories where aidDeductible(for: category, visit: .inpatient) > 0 {
            list.append(
                Parameter(
                    name: "deductible",
                    value: .fen(aidDeductible(for: category, visit: .inpatient)),
                    category: category, visitType: isGuangdong ? nil : .inpatient))
        }
        return list + subsidies(of: categories)
    }

    private func subsidies(of categories: [Category]) -> [Parameter] {
        let isLocal = isGuangdong && year >= Group.changeYear
        return categories.flatMap { category -> [Parameter] in
            guard let subsidy = subsidy(for: category) else { return [] }
            let schemes =
                (subsidy.form == "fixed" || isLocal ? ["resident"] : [])
                + (isGuangdong ? ["employee"] : [])
            return schemes.map { scheme in
                Parameter(
                    name: "subsidy-standard", value: .fen(subsidy.fen), category: category,
                    scheme: scheme)
            }
        }
    }
}

extension Category {
    fileprivate static let favouredInGuangdong: [Category] = [
        .tekun, .orphan, .dibao, .registeredPoor, .targetedPoverty,
    ]
}
