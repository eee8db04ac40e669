/// Plausible figures of a city and year, which the sample both declares by `parameter.set` and
/// settles by. All amounts in fen, all ratios in basis points.
struct Standards {
    let city: Int
    let year: Int

    private var isNew: Bool { year >= Group.changeYear }

    // MARK: Enrolment

    /// A resident's own premium for the year.
    var premium: Int { Self.premiums[min(max(year - 2017, 0), Self.premiums.count - 1)] }
    private static let premiums = [
        15_000, 18_000, 22_000, 25_000, 28_000, 32_000, 35_000, 38_000, 40_000,
    ]

    /// An employee's own contributions of the year.
    var employeePremium: Int { 96_000 + (year - 2017) * 7_200 }

    /// Subsidy of a resident of the category, nil when the category gets none.
    func subsidy(for category: Category) -> (form: String, fen: Int, fund: String)? {
        switch city {
        case City.liupanshui: liupanshuiSubsidy(for: category)
        case City.tongliao: tongliaoSubsidy(for: category)
        default:
            category == .povertyProne
                ? ("fixed", rounded(premium * 6 / 10), "medical-aid")
                : ("full", premium, "medical-aid")
        }
    }

    private func tongliaoSubsidy(for category: Category) -> (String, Int, String)? {
        switch category {
        case .tekun, .orphan: ("full", premium, "medical-aid")
        case .dibao, .povertyReturned, .registeredPoor, .povertyProne:
            ("fixed", rounded(premium / 2), "medical-aid")
        default: nil
        }
    }

    private func liupanshuiSubsidy(for category: Category) -> (String, Int, String)? {
        switch category {
        case .tekun, .laidOff1960s, .mentalDangerous: ("full", premium, "medical-aid")
        case .dibao: ("fixed", 3_000, "medical-aid")
        case .registeredPoor: ("fixed", rounded(premium / 2), "social-undertakings")
        case .otherHardship: ("full", premium, "county-budget")
        default: ("fixed", 1_000, "medical-aid")
        }
    }

    private func rounded(_ fen: Int) -> Int { (fen + 999) / 1_000 * 1_000 }

    // MARK: Incomes

    /// All residents' disposable income a head in the year before.
    var disposableIncome: Int { grown(Self.incomes[city]) }
    var ruralIncome: Int { grown(Self.ruralIncomes[city]) }
    /// The subsistence allowance of a year.
    var dibaoStandard: Int { grown(Self.dibaoStandards[city]) }

    private static let incomes = [4_800_000, 2_300_000, 1_900_000, 1_600_000]
    private static let ruralIncomes = [2_100_000, 1_500_000, 1_150_000, 850_000]
    private static let dibaoStandards = [1_080_000, 860_000, 640_000, 520_000]

    /// Six per cent a year from 2017, to whole yuan.
    private func grown(_ start: Int) -> Int {
        (0..<max(0, year - 2017)).reduce(start) { fen, _ in fen * 106 / 100 } / 100 * 100
    }

    // MARK: Basic insurance

    /// A resident's ratio before anything is added for persons in difficulty.
    func baseRatio(visit: VisitType, level: Int) -> Int {
        switch visit {
        case .inpatient: [9_000, 9_000, 8_000, 7_000][level]
        case .chronicOutpatient, .specialOutpatient: 7_000
        case .outpatient, .pharmacy: 5_000
        }
    }

    func basicRatio(visit: VisitType, level: Int, isEmployee: Bool) -> Int {
        let ratio = baseRatio(visit: visit, level: level) + (isEmployee ? 800 : 0)
        guard city == City.liupanshui, !isEmployee else { return ratio }
        switch visit {
        case .inpatient: return min(ratio + 1_000, 9_500)
        case .chronicOutpatient: return ratio + 500
        default: return ratio
        }
    }

    func basicDeductible(visit: VisitType, level: Int, isEmployee: Bool) -> Int {
        guard visit == .inpatient, city != City.liupanshui || isEmployee else { return 0 }
        return baseDeductible(level: level)
    }

    /// What basic insurance pays at most for a person and year.
    let basicCap = 15_000_000

    /// A stay's deductible before any is waived.
    func baseDeductible(level: Int) -> Int { [20_000, 20_000, 50_000, 90_000][level] }

    // MARK: Major-illness insurance

    /// Annual deductible; the favoured categories have half of it.
    func majorIllnessDeductible(for category: Category) -> Int {
        guard city != City.liupanshui else { return 0 }
        return isFavoured(category) ? 700_000 : 1_400_000
    }

    func majorIllnessRatio(for category: Category) -> Int {
        guard city != City.liupanshui else { return 8_000 }
        return isFavoured(category) ? 6_500 : 6_000
    }

    private func isFavoured(_ category: Category) -> Bool {
        switch category {
        case .tekun, .orphan, .dibao, .povertyReturned, .registeredPoor, .targetedPoverty: true
        default: false
        }
    }

    // MARK: Medical aid

    func aidRatio(for category: Category, isInpatient: Bool) -> Int {
        switch city {
        case City.tongliao where isNew: tongliaoRatio(for: category, isInpatient: isInpatient)
        case City.liupanshui, City.tongliao:
            switch category {
            case .tekun: 10_000
            case .dibao, .orphan, .laidOff1960s: 7_000
            default: 6_000
            }
        default: guangdongRatio(for: category)
        }
    }

    private func tongliaoRatio(for category: Category, isInpatient: Bool) -> Int {
        guard isInpatient else { return 7_000 }
        switch category {
        case .tekun: return 10_000
        case .orphan: return 9_000
        case .dibao, .povertyReturned: return 7_000
        default: return 6_000
        }
    }

    private func guangdongRatio(for category: Category) -> Int {
        switch category {
        case .tekun, .orphan: 10_000
        case .dibao: 8_500
        case .registeredPoor, .targetedPoverty, .povertyProne: 8_000
        case .illnessPoverty, .expenditurePoverty: 6_000
        default: 7_000
        }
    }

    /// Annual deductible of the aid itself.
    func aidDeductible(for category: Category) -> Int {
        guard isNew, city != City.liupanshui else { return 0 }
        switch category {
        case .dibaoEdge: return disposableIncome / 10 / 10_000 * 10_000
        case .illnessPoverty, .expenditurePoverty: return disposableIncome / 4 / 10_000 * 10_000
        default: return 0
        }
    }

    /// Nil where there is no cap.
    func annualCap(for category: Category) -> Int? {
        if city == City.tongliao, isNew { return category == .tekun ? nil : 13_000_000 }
        switch city {
        case City.guangzhou: return isNew ? 20_000_000 : 15_000_000
        case City.jiangmen: return isNew ? 10_000_000 : 8_000_000
        case City.tongliao: return 5_000_000
        default: return 3_000_000
        }
    }

    // MARK: Tilt aid

    var tiltDeductible: Int { disposableIncome / 10 / 10_000 * 10_000 }
    let tiltRatio = 7_000
    var tiltCap: Int { city == City.tongliao ? 5_000_000 : 3_000_000 }
    var hasTiltAid: Bool { isNew && city != City.liupanshui }

    // MARK: Targeted poverty alleviation

    func hasTargetedFund(for category: Category) -> Bool {
        city == City.jiangmen && category == .targetedPoverty && year <= 2020
    }
}
