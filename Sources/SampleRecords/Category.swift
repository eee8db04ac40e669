/// The categories of aid that the sample's persons belong to.
enum Category: String {
    case tekun, orphan, dibao
    case dibaoEdge = "dibao-edge"
    case povertyProne = "poverty-prone"
    case povertyReturned = "poverty-returned"
    case illnessPoverty = "illness-poverty"
    case expenditurePoverty = "expenditure-poverty"
    case registeredPoor = "registered-poor"
    case lowIncome = "low-income"
    case lowIncomeElderly = "low-income-elderly"
    case lowIncomeMinor = "low-income-minor"
    case lowIncomeDisabled = "low-income-disabled"
    case lowIncomeIll = "low-income-ill"
    case lowIncomeMental = "low-income-mental"
    case laidOff1960s = "laid-off-1960s"
    case mentalHardship = "mental-hardship"
    case mentalDangerous = "mental-dangerous"
    case targetedPoverty = "targeted-poverty"
    case otherHardship = "other-hardship"

    /// The office that certifies it.
    func certifier(in year: Int) -> String {
        switch self {
        case .registeredPoor, .targetedPoverty, .povertyProne, .povertyReturned: "poverty-relief"
        case .otherHardship: "county-government"
        default: "civil-affairs"
        }
    }

    /// Known only after the person has applied.
    var isOnApplication: Bool {
        self == .illnessPoverty || self == .expenditurePoverty || self == .lowIncomeIll
    }
}

/// A group of a city's aided persons: their category before 2023 and since, when the documents of
/// 2022 changed the names, and the ages at which it occurs.
struct Group {
    let before: Category
    let since: Category
    /// In hundredths of a city's persons.
    let weight: Int
    let born: ClosedRange<Int>
    /// Held besides, as long as the documents know it; premiums are subsidised by it.
    var beside: Category?

    /// 2023, the first year of the documents of 2022.
    static let changeYear = 2023
    /// The last year of Jiangmen's plan for persons under targeted poverty alleviation.
    static let lastTargetedYear = 2020

    /// The category by which aid is paid.
    func category(in year: Int) -> Category {
        if year >= Self.changeYear { return since }
        let isOver = before == .targetedPoverty && year > Self.lastTargetedYear
        return isOver ? beside ?? before : before
    }

    func subsidyCategory(in year: Int) -> Category {
        held(in: year).last ?? category(in: year)
    }

    /// All categories held in a year.
    func held(in year: Int) -> [Category] {
        let category = category(in: year)
        guard let beside, beside != category, before == since || year < Self.changeYear else {
            return [category]
        }
        return [category, beside]
    }

    /// The years on whose first day the categories held are others than before.
    var changes: [Int] {
        [Self.lastTargetedYear + 1, Self.changeYear].filter { held(in: $0 - 1) != held(in: $0) }
    }

    static func drawn(in city: Int, by hash: UInt64) -> Group {
        var rest = Int(hash % 100)
        for group in ofCity[city] {
            if rest < group.weight { return group }
            rest -= group.weight
        }
        return ofCity[city][0]
    }

    static func groups(of city: Int) -> [Group] { ofCity[city] }

    private static let ofCity: [[Group]] = [
        guangdong(targeted: 0), guangdong(targeted: 14),
        tongliao, liupanshui,
    ]

    private static func guangdong(targeted: Int) -> [Group] {
        [
            Group(before: .dibao, since: .dibao, weight: 40 - targeted, born: 1938...2012),
            Group(
                before: .targetedPoverty, since: .povertyProne, weight: targeted,
                born: 1945...2008, beside: .registeredPoor),
            Group(before: .tekun, since: .tekun, weight: 10, born: 1932...1965),
            Group(before: .registeredPoor, since: .povertyProne, weight: 14, born: 1945...2008),
            Group(before: .lowIncome, since: .dibaoEdge, weight: 10, born: 1955...2000),
            Group(before: .lowIncomeElderly, since: .dibaoEdge, weight: 6, born: 1932...1957),
            Group(before: .lowIncomeMinor, since: .orphan, weight: 4, born: 2009...2016),
            Group(before: .lowIncomeDisabled, since: .dibaoEdge, weight: 6, born: 1950...2005),
            Group(before: .lowIncomeIll, since: .expenditurePoverty, weight: 6, born: 1950...2005),
            Group(
                before: .illnessPoverty, since: .illnessPoverty, weight: 4,
                born: 1950...2000),
        ]
    }

    private static let tongliao = [
        Group(before: .dibao, since: .dibao, weight: 42, born: 1938...2012),
        Group(before: .tekun, since: .tekun, weight: 12, born: 1932...1965),
        Group(before: .orphan, since: .orphan, weight: 3, born: 2009...2016),
        Group(before: .registeredPoor, since: .povertyReturned, weight: 18, born: 1945...2008),
        Group(before: .registeredPoor, since: .povertyProne, weight: 9, born: 1945...2008),
        Group(before: .lowIncome, since: .dibaoEdge, weight: 9, born: 1950...2005),
        Group(before: .illnessPoverty, since: .illnessPoverty, weight: 5, born: 1950...2005),
        Group(before: .otherHardship, since: .otherHardship, weight: 2, born: 1950...2005),
    ]

    private static let liupanshui = [
        same(.dibao, 38, 1938...2012), same(.tekun, 10, 1932...1965),
        same(.laidOff1960s, 5, 1928...1944), same(.mentalHardship, 5, 1950...2000),
        same(.mentalDangerous, 3, 1955...2000), same(.lowIncomeElderly, 8, 1932...1957),
        same(.lowIncomeMinor, 5, 2010...2016), same(.lowIncomeDisabled, 6, 1950...2005),
        same(.lowIncomeIll, 5, 1950...2005),
        Group(
            before: .mentalHardship, since: .mentalHardship, weight: 3, born: 1950...2005,
            beside: .lowIncomeMental),
        same(.registeredPoor, 9, 1945...2008), same(.otherHardship, 3, 1950...2005),
    ]

    private static func same(_ category: Category, _ weight: Int, _ born: ClosedRange<Int>)
        -> Group
    {
        Group(before: category, since: category, weight: weight, born: born)
    }
}

extension Category {
    /// As tables in Chinese name it.
    var words: String {
        switch self {
        case .tekun: "特困人员"
        case .orphan: "孤儿"
        case .dibao: "低保对象"
        case .dibaoEdge: "低保边缘家庭成员"
        case .povertyProne: "易返贫致贫人口"
        case .povertyReturned: "返贫致贫人口"
        case .illnessPoverty: "因病致贫重病患者"
        case .expenditurePoverty: "支出型困难家庭重病患者"
        case .registeredPoor: "建档立卡贫困人员"
        case .lowIncome: "低收入家庭成员"
        case .lowIncomeElderly: "低收入家庭老年人"
        case .lowIncomeMinor: "低收入家庭未成年人"
        case .lowIncomeDisabled: "低收入家庭重度残疾人"
        case .lowIncomeIll: "低收入家庭重病患者"
        case .lowIncomeMental: "低收入家庭精神障碍患者"
        case .laidOff1960s: "精减退职老职工"
        case .mentalHardship: "困难精神障碍患者"
        case .mentalDangerous: "肇事肇祸精神障碍患者"
        case .targetedPoverty: "精准扶贫重点帮扶对象"
        case .otherHardship: "其他特殊困难人员"
        }
    }
}
