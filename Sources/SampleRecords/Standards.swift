/// Plausible figures of a city and year, which the sample both declares by `parameter.set` and
/// settles by; where the city's document lays a figure down, it is the document's. All amounts in
/// fen, all ratios in basis points.
struct Standards {
    let city: Int
    let year: Int

    var isGuangdong: Bool { city == City.guangzhou || city == City.jiangmen }
    private var isNew: Bool { year >= Group.changeYear }
    private var isNewTongliao: Bool { isNew && city == City.tongliao }

    // MARK: Enrolment

    /// A resident's own premium for the year.
    var premium: Int { Self.premiums[min(max(year - 2017, 0), Self.premiums.count - 1)] }
    private static let premiums = [
        15_000, 18_000, 22_000, 25_000, 28_000, 32_000, 35_000, 38_000, 40_000,
    ]

    /// An employee's own contributions of the year.
    var employeePremium: Int { 96_000 + (year - 2017) * 7_200 }

    /// What a subsidy is, and at least must be.
    struct Subsidy {
        let form: String
        let fen: Int
        var fund = "medical-aid"
        /// What the document itself demands.
        var floor = 0
    }

    /// Subsidy of a resident of the category, nil when the category gets none.
    func subsidy(for category: Category) -> Subsidy? {
        switch city {
        case City.liupanshui: liupanshuiSubsidy(for: category)
        case City.tongliao: tongliaoSubsidy(for: category)
        default: guangdongSubsidy(for: category)
        }
    }

    private var fullSubsidy: Subsidy { Subsidy(form: "full", fen: premium) }

    private func guangdongSubsidy(for category: Category) -> Subsidy? {
        switch category {
        case .lowIncome, .illnessPoverty, .targetedPoverty: nil
        case .povertyProne: Subsidy(form: "fixed", fen: rounded(premium * 6 / 10))
        default: fullSubsidy
        }
    }

    private func tongliaoSubsidy(for category: Category) -> Subsidy? {
        switch category {
        case .tekun, .orphan: fullSubsidy
        case .dibao, .povertyReturned, .registeredPoor:
            Subsidy(form: "fixed", fen: rounded(premium / 2), floor: share(premium, 4_500))
        default: nil
        }
    }

    private func liupanshuiSubsidy(for category: Category) -> Subsidy {
        switch category {
        case .tekun, .laidOff1960s, .mentalDangerous: fullSubsidy
        case .dibao: Subsidy(form: "fixed", fen: 3_000, floor: 1_000)
        case .registeredPoor:
            Subsidy(form: "fixed", fen: rounded(premium / 2), fund: "social-undertakings")
        case .otherHardship: Subsidy(form: "full", fen: premium, fund: "county-budget")
        case .mentalHardship: Subsidy(form: "fixed", fen: 1_000)
        default: Subsidy(form: "fixed", fen: 2_000, floor: 1_000)
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

    /// The ratio before anything is added for persons in difficulty.
    func baseRatio(visit: VisitType, level: Int, isEmployee: Bool) -> Int {
        let resident =
            switch visit {
            case .inpatient: [9_000, 9_000, 8_000, 7_000][level]
            case .chronicOutpatient, .specialOutpatient: 7_000
            case .outpatient, .pharmacy: 5_000
            }
        return isEmployee ? resident + 800 : resident
    }

    func basicRatio(visit: VisitType, level: Int, isEmployee: Bool) -> Int {
        let ratio = baseRatio(visit: visit, level: level, isEmployee: isEmployee)
        guard city == City.liupanshui, !isEmployee else { return ratio }
        switch visit {
        case .inpatient: return min(ratio + 1_000, 9_500)
        case .chronicOutpatient, .specialOutpatient: return ratio + 500
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

    /// The types of visit whose cost counts.
    var majorIllnessScope: [VisitType] {
        city == City.liupanshui ? [.inpatient] : [.inpatient, .specialOutpatient]
    }

    /// Before anything is changed for persons in difficulty; the cap is a year's.
    static let majorIllness = (deductible: 1_400_000, ratio: 6_000, cap: 30_000_000)

    /// Annual deductible; residents of the favoured categories have half of it.
    func majorIllnessDeductible(for category: Category, isEmployee: Bool) -> Int {
        if isEmployee { return Self.majorIllness.deductible }
        if city == City.liupanshui { return 0 }
        return Self.majorIllness.deductible / (isFavoured(category) ? 2 : 1)
    }

    func majorIllnessRatio(for category: Category, isEmployee: Bool) -> Int {
        if isEmployee { return Self.majorIllness.ratio }
        if city == City.liupanshui { return 8_000 }
        return Self.majorIllness.ratio + (isFavoured(category) ? 500 : 0)
    }

    /// Nil where there is no cap.
    func majorIllnessCap(for category: Category, isEmployee: Bool) -> Int? {
        isNewTongliao && isFavoured(category) && !isEmployee ? nil : Self.majorIllness.cap
    }

    func isFavoured(_ category: Category) -> Bool {
        switch category {
        case .tekun, .dibao, .povertyReturned: true
        case .orphan, .registeredPoor, .targetedPoverty: !isNewTongliao
        default: false
        }
    }
}
