/// Where and when a case takes place.
struct Stage {
    let county: Int
    let city: Int
    let year: Int

    /// The persons of cases have numbers beyond all others.
    static let firstIndex = 90_000
}

/// Where and when a case can take place.
struct Setting {
    var cities = [City.guangzhou, City.jiangmen, City.tongliao, City.liupanshui]
    var years = 2017...2025
    /// Whether a rulebook must be in force from the year's first day.
    var isJudged = true

    static let anywhere = Setting()
    static let guangdong = Setting(cities: [City.guangzhou, City.jiangmen])
    /// Where and when second aid is given.
    static let secondAid = guangdong.through(2018...2022)
    static let tongliao = Setting(cities: [City.tongliao])
    static let liupanshui = Setting(cities: [City.liupanshui])
    /// Jiangmen's plan for persons under targeted poverty alleviation.
    static let targeted = Setting(cities: [City.jiangmen], years: 2018...2020)

    func through(_ years: ClosedRange<Int>) -> Setting {
        Setting(cities: cities, years: years, isJudged: isJudged)
    }
}

extension Simulation {
    /// Begins a case somewhere in the setting; none where the sample has no such place.
    mutating func plant(
        _ rule: String, _ shape: String, in setting: Setting, grade: String = "F",
        also: [String] = [], isSound: Bool = false,
        _ act: (inout Simulation, FraudCase, Stage) -> Void
    ) {
        guard let stage = drawStage(setting) else { return }
        let planted = fraud.open(rule, shape, grade: grade, also: also, isSound: isSound)
        act(&self, planted, stage)
    }

    /// Something sound that looks like a case of the rule.
    mutating func plantLookAlike(
        _ rule: String, _ shape: String, in setting: Setting, also: [String] = [],
        _ act: (inout Simulation, FraudCase, Stage) -> Void
    ) {
        plant(rule, shape, in: setting, grade: "", also: also, isSound: true, act)
    }

    mutating func drawStage(_ setting: Setting) -> Stage? {
        var stages: [Stage] = []
        for county in counties.indices {
            let place = counties[county].place
            guard setting.cities.contains(place.city) else { continue }
            for year in plan.years where setting.years.contains(year) && year >= place.firstYear {
                guard !setting.isJudged || isJudged(place.city, on: Day(year, 1, 1)) else {
                    continue
                }
                stages.append(Stage(county: county, city: place.city, year: year))
            }
        }
        return stages.isEmpty ? nil : stages[random.below(stages.count)]
    }

    // MARK: Time

    mutating func planFraud() {
        guard fraud.isActive else { return }
        fraud.change(&random)
        for number in 0..<fraud.ofEachRule { plantAll(number) }
        fraud.change(&random)
    }

    mutating func performDeeds() {
        guard fraud.isActive else { return }
        var due = fraud.take(today)
        while !due.isEmpty {
            fraud.change(&random)
            for deed in due { deed(&self) }
            fraud.change(&random)
            due = fraud.take(today)
        }
    }

    mutating func on(_ day: Day, _ deed: @escaping Deed) {
        guard day >= today, day <= plan.lastDay else { return }
        fraud.add(deed, on: day)
    }

    /// A day of the year from March on, and before the last months, with room for what follows.
    mutating func day(in stage: Stage, from month: Int = 3, to last: Int = 9) -> Day {
        Day(stage.year, month, 1) + random.below((last - month + 1) * 30)
    }
}
