/// Policies, duties, agreements and insurers.
extension Simulation {
    mutating func openLedger() {
        for city in plan.cities {
            designateShared(of: city)
            setStandingParameters(of: city)
            assignDuties(of: city, isNew: year >= 2019)
            engageInsurer(of: city)
        }
    }

    mutating func runRules(month: Int, day: Int) {
        for adoption in Adoption.all where plan.cities.contains(adoption.city) {
            if max(adoption.effectiveFrom, plan.firstDay) == today { adopt(adoption) }
        }
        guard month == 1, day == 2, today > plan.firstDay + 1 else { return }
        for city in plan.cities {
            if year == 2019 { assignDuties(of: city, isNew: true) }
            if year == Group.changeYear { setNewParameters(of: city) }
            if (year - 2017) % 3 == 0 { engageInsurer(of: city) }
        }
    }

    // MARK: Policies

    private mutating func adopt(_ adoption: Adoption) {
        let rulebook = rulebooks.first { $0.name == adoption.rulebook }
        record(.policyAdopted, at: site(ofCity: adoption.city), by: .supervision) { line in
            line.text("rulebook", adoption.rulebook)
            line.text("version", rulebook?.version ?? "1")
            line.text("sha256", rulebook?.sha256 ?? String(repeating: "0", count: 64))
            line.date("effectiveFrom", adoption.effectiveFrom)
            line.text("docNo", adoption.docNo)
        }
    }

    // MARK: Duties

    /// Medical aid moved from civil affairs and human resources to medical security.
    private mutating func assignDuties(of city: Int, isNew: Bool) {
        let duties = [
            ("救助审批", isNew ? "medical-security" : "civil-affairs"),
            ("救助结算", isNew ? "medical-security" : "human-resources"),
            ("身份认定", "civil-affairs"),
            ("基金监督", "finance"),
            ("费用控制", "health"),
        ]
        let site = site(ofCity: city)
        let docNo = documentNumber("职责", at: site, number: isNew ? 2 : 1)
        let day = today
        for (function, department) in duties {
            record(.dutyAssigned, at: site, by: .supervision) { line in
                line.text("function", function)
                line.text("department", department)
                line.date("validFrom", day)
                line.text("docNo", docNo)
            }
        }
    }

    // MARK: Agreements

    private mutating func designateShared(of city: Int) {
        for institution in Institution.shared(by: City.all[city]) {
            designate(institution, at: site(ofCity: city))
        }
    }

    mutating func designateOwn(of county: Int) {
        for slot in 0..<3 { designate(counties[county].institutions[slot], at: county) }
    }

    mutating func designate(_ institution: Institution, at site: Int) {
        let from = Day(2016, 12, 1)
        let agreement = agreementNumber(institution.code)
        record(.institutionDesignated, at: site, by: .supervision) { line in
            line.open("institution")
            line.text("code", institution.code)
            line.text("name", institution.name)
            line.number("level", institution.level)
            line.code("area", digits: institution.area, 6)
            line.text("type", institution.type)
            line.close()
            line.texts("services", institution.services)
            line.date("designatedFrom", from)
            line.text("agreementNo", agreement)
            line.oneStop(institution)
            if institution.level == 3 { line.flag("keyMonitoring", true) }
        }
    }

    private mutating func engageInsurer(of city: Int) {
        let site = site(ofCity: city)
        let from = Day(year, 1, 1)
        record(.insurerEngaged, at: site, by: .supervision) { line in
            line.open("insurer")
            line.text("code", Self.insurerCode(of: city))
            line.text("name", City.all[city].name + "样例人寿保险公司")
            line.close()
            line.text("scheme", "resident")
            line.date("fromDate", from)
            line.date("toDate", Day(from.year + 2, 12, 31))
            line.text("contractNo", "DB-" + String(City.all[city].code) + "-" + String(from.year))
        }
    }

    static func insurerCode(of city: Int) -> String { "B" + String(City.all[city].code) + "99" }
}

/// When a city adopted a rulebook.
struct Adoption {
    let rulebook: String
    let city: Int
    let effectiveFrom: Day
    let docNo: String

    static let all = [
        Adoption(
            rulebook: "guangdong-2017", city: City.guangzhou,
            effectiveFrom: Day(2017, 9, 27), docNo: "粤民发〔2017〕194号"),
        Adoption(
            rulebook: "guangdong-2017", city: City.jiangmen,
            effectiveFrom: Day(2017, 9, 27), docNo: "粤民发〔2017〕194号"),
        Adoption(
            rulebook: "jiangmen-2019", city: City.jiangmen,
            effectiveFrom: Day(2017, 1, 1), docNo: "江人社发〔2017〕16号"),
        Adoption(
            rulebook: "liupanshui-2017", city: City.liupanshui,
            effectiveFrom: Day(2017, 8, 24), docNo: "六盘水人社局发〔2017〕180号"),
        Adoption(
            rulebook: "guangdong-2022", city: City.guangzhou,
            effectiveFrom: Day(2023, 1, 1), docNo: "粤府办〔2022〕40号"),
        Adoption(
            rulebook: "guangdong-2022", city: City.jiangmen,
            effectiveFrom: Day(2023, 1, 1), docNo: "粤府办〔2022〕40号"),
        Adoption(
            rulebook: "tongliao-2022", city: City.tongliao,
            effectiveFrom: Day(2023, 1, 1), docNo: "通政办字〔2022〕143号"),
    ]
}

extension JSONLine {
    /// One-stop settlement came to the county, the city and the province one after the other.
    mutating func oneStop(_ institution: Institution) {
        openList("oneStop")
        let steps =
            institution.level == 3
            ? [("city", Day(2017, 1, 1)), ("province", Day(2018, 12, 1))]
            : [("county", Day(2017, 1, 1)), ("city", Day(2018, 6, 1))]
        for (scope, from) in steps {
            open()
            text("scope", scope)
            date("from", from)
            close()
        }
        closeList()
    }
}
