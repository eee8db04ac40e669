/// The figures of medical aid itself.
extension Standards {
    /// Whether aid waits for the person's own application, and nothing is paid at the counter.
    func isAidedOnApplication(_ category: Category) -> Bool {
        switch category {
        case .tekun, .dibao: false
        case .illnessPoverty: city != City.liupanshui
        default: city == City.tongliao
        }
    }

    // MARK: Ratios

    /// Nil where no aid is laid down for the type of visit.
    func aidRatio(for category: Category, visit: VisitType) -> Int? {
        let isNew = year >= Group.changeYear
        switch visit {
        // Liupanshui's document leaves all of it to another, which gives nothing here.
        case .pharmacy: return city == City.liupanshui ? 0 : nil
        case .outpatient: return city == City.liupanshui ? 0 : isNew && isGuangdong ? 5_000 : nil
        case .inpatient, .chronicOutpatient, .specialOutpatient: break
        }
        switch city {
        case City.tongliao where isNew:
            return visit == .inpatient ? tongliaoRatio(for: category) : 7_000
        case City.liupanshui, City.tongliao: return olderRatio(for: category)
        default: return guangdongRatio(for: category)
        }
    }

    /// What the document itself demands of the ratio.
    func aidRatioFloor(for category: Category, visit: VisitType) -> Int {
        guard city == City.tongliao, year >= Group.changeYear, visit == .inpatient else { return 0 }
        return category == .dibao || category == .povertyReturned ? 7_000 : 6_000
    }

    private func olderRatio(for category: Category) -> Int {
        switch category {
        case .tekun: 10_000
        case .dibao, .orphan, .laidOff1960s: 7_000
        default: 6_000
        }
    }

    private func tongliaoRatio(for category: Category) -> Int {
        switch category {
        case .tekun: 10_000
        case .orphan: 9_000
        case .dibao, .povertyReturned: 7_500
        default: 6_500
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

    // MARK: Deductible and cap

    /// Annual deductible of the aid; in Tongliao one of stays in hospital only.
    func aidDeductible(for category: Category, visit: VisitType) -> Int {
        guard year >= Group.changeYear, city != City.liupanshui else { return 0 }
        if city == City.tongliao, visit != .inpatient { return 0 }
        switch category {
        case .dibaoEdge: return disposableIncome / 10 / 10_000 * 10_000
        case .illnessPoverty, .expenditurePoverty: return disposableIncome / 4 / 10_000 * 10_000
        default: return 0
        }
    }

    /// Nil where there is no cap.
    func annualCap(for category: Category) -> Int? {
        let isNew = year >= Group.changeYear
        if city == City.tongliao, isNew { return category == .tekun ? nil : 13_000_000 }
        switch city {
        case City.guangzhou: return isNew ? 20_000_000 : 15_000_000
        case City.jiangmen: return isNew ? 10_000_000 : 8_000_000
        case City.tongliao: return 5_000_000
        default: return 3_000_000
        }
    }

    // MARK: Aid on application

    /// Of the year's bases together, once the year's burden reaches the major-illness deductible.
    var majorIllnessAidRatio: Int { 9_000 }

    /// Of the total cost, each slice at its own ratio.
    static let secondAidTiers = [
        Parameter.Tier(from: 0, to: 3_000_000, ratio: 500),
        Parameter.Tier(from: 3_000_000, to: 10_000_000, ratio: 800),
        Parameter.Tier(from: 10_000_000, to: nil, ratio: 1_000),
    ]

    /// Second aid for a bill of this total.
    static func secondAid(for total: Int) -> Int {
        let sum = secondAidTiers.reduce(0) { sum, tier in
            sum + max(0, min(total, tier.to ?? total) - tier.from) * tier.ratio
        }
        return (sum + 5_000) / 10_000
    }

    // MARK: Tilt aid

    /// In Tongliao the disposable income itself, elsewhere a tenth of it.
    var tiltDeductible: Int {
        disposableIncome / (city == City.tongliao ? 1 : 10) / 10_000 * 10_000
    }
    var tiltRatio: Int { 7_000 }
    var tiltCap: Int { city == City.tongliao ? 5_000_000 : 3_000_000 }
    var hasTiltAid: Bool { year >= Group.changeYear && city != City.liupanshui }

    // MARK: Targeted poverty alleviation

    func hasTargetedFund(for category: Category) -> Bool {
        city == City.jiangmen && category == .targetedPoverty && year <= Group.lastTargetedYear
    }

    /// The targeted fund settles stays and special outpatient treatment whole.
    func settlesWhole(_ category: Category, _ visit: VisitType) -> Bool {
        hasTargetedFund(for: category) && (visit == .inpatient || visit == .specialOutpatient)
    }

    /// Own expense above it is for experts to look at.
    static let reviewedAbove = 1_000_000
}
