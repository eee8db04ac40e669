/// Steps of supervision that follow from an earlier one.
enum SupervisionStep {
    case review(SettledClaim)
    case answer(Finding)
    case rectify(Finding)
    case acceptComplaint(Reference, city: Int)
    case closeComplaint(Reference, city: Int)
    case noteCase(String, Reference, city: Int)
    case closeCase(String, city: Int, outcome: String)
    case reopenCase(String, city: Int)
}

/// One problem that an inspection found.
struct Finding {
    let inspection: String
    let number: Int
    let county: Int
    let city: Int

    /// On late lists, or on costs outside the catalogue.
    var rule: String {
        switch city {
        case City.tongliao: number == 1 ? "T07" : "T38"
        case City.liupanshui: number == 1 ? "L20" : "L22"
        default: number == 1 ? "G05" : "G30"
        }
    }
}

extension Simulation {
    mutating func supervise(_ step: SupervisionStep) {
        switch step {
        case .review(let claim): concludeReview(of: claim)
        case .answer(let finding): answer(finding)
        case .rectify(let finding): rectify(finding)
        case .acceptComplaint(let complaint, let city): accept(complaint, city)
        case .closeComplaint(let complaint, let city): close(complaint, city)
        case .noteCase(let name, let entry, let city): noteCase(name, entry, city)
        case .closeCase(let name, let city, let outcome): closeCase(name, city, outcome)
        case .reopenCase(let name, let city): reopenCase(name, city)
        }
    }

    /// The year of supervision of a city, each step on its day.
    mutating func runSupervision(of city: Int, month: Int, day: Int) {
        switch (month, day) {
        case (1, 16): publishChannel(city)
        case (4, 18): checkInsurer(of: city)
        case (5, 15): receiveComplaint(city)
        case (6, 25): concludeAudit(city)
        case (7, 10): circulateProgress(city)
        case (9, 11): inspect(city)
        case (9, 20): grantException(city)
        case (10, 20): openCase(city)
        case (11, 25): concludeEvaluation(city)
        default: break
        }
    }

    private func firstCounty(of city: Int) -> Int {
        counties.firstIndex { $0.place.city == city } ?? 0
    }

    private func claim(in city: Int) -> SettledClaim? {
        counties.first { $0.place.city == city && $0.recentClaim != nil }?.recentClaim
    }

    // MARK: Inspections

    private mutating func inspect(_ city: Int) {
        let site = site(ofCity: city)
        let name = "DC-" + String(City.all[city].code) + "-" + String(year)
        let day = today
        let inspected = counties.filter { $0.place.city == city }.map(\.place.code)
        record(.inspectionHeld, at: site, by: .supervision) { line in
            line.text("inspection", name)
            line.text("level", "city")
            line.number("year", day.year)
            line.texts("areas", inspected.map { String($0) })
            line.texts("departments", ["civil-affairs", "finance", "health"])
            line.date("fromDate", day - 4)
            line.date("toDate", day)
        }
        for number in 1...2 {
            let finding = Finding(
                inspection: name, number: number, county: firstCounty(of: city), city: city)
            write(finding)
            agenda.add(.supervise(.answer(finding)), on: (today + 14).officeDay)
            agenda.add(.supervise(.rectify(finding)), on: (today + 50 + number * 7).officeDay)
        }
    }

    private mutating func write(_ finding: Finding) {
        let place = counties[finding.county].place
        let entries = counties[finding.county].recentClaim.map { [$0.reference] } ?? []
        let deadline = today + 60
        record(.inspectionFound, at: site(ofCity: finding.city), by: .supervision) { line in
            line.text("inspection", finding.inspection)
            line.text("number", String(finding.number))
            line.text("department", finding.number == 1 ? "civil-affairs" : "health")
            line.code("area", digits: place.code, 6)
            line.texts("basis", [finding.rule])
            line.references("entries", entries)
            line.text("summary", finding.number == 1 ? "名单更新报送不及时" : "个别病例目录外费用偏高")
            if finding.number == 2 { line.number("amountFen", 126_000) }
            line.date("deadline", deadline)
        }
    }

    private mutating func answer(_ finding: Finding) {
        record(.inspectionAnswered, at: site(ofCity: finding.city), by: .supervision) { line in
            line.text("inspection", finding.inspection)
            line.text("number", String(finding.number))
            line.text("unit", finding.number == 1 ? "样例区民政局" : "样例区卫生健康局")
            line.flag("accepts", true)
            line.text("statement", "属实，即行整改")
        }
    }

    private mutating func rectify(_ finding: Finding) {
        let day = today
        record(
            .inspectionRectified, at: site(ofCity: finding.city), by: .supervision, attach: true
        ) { line in
            line.text("inspection", finding.inspection)
            line.text("number", String(finding.number))
            line.date("rectifiedOn", day)
            line.text("evidence", "整改报告及附件")
            line.text("acceptedBy", "联合督查组")
            line.date("acceptedOn", day)
        }
    }

    // MARK: Audit, evaluation, circulars

    private mutating func concludeAudit(_ city: Int) {
        let site = site(ofCity: city)
        let audited = year - 1
        let docNo = documentNumber("审", at: site, number: 1)
        record(.auditConcluded, at: site, by: .supervision) { line in
            line.number("year", audited)
            line.text("fund", Fund.medicalAid.code)
            line.text("by", City.all[city].name + "审计局")
            line.text("docNo", docNo)
            line.text("summary", "基金收支基本合规，个别支付超过规定时限")
        }
    }

    private mutating func concludeEvaluation(_ city: Int) {
        let site = site(ofCity: city)
        let score = 7_800 + random.below(2_000)
        let grade = score >= 9_000 ? "优" : score >= 8_000 ? "良" : "中"
        let evaluated = year - 1
        let docNo = documentNumber("绩效", at: site, number: 1)
        record(.evaluationConcluded, at: site, by: .supervision) { line in
            line.number("year", evaluated)
            line.text("fund", Fund.medicalAid.code)
            line.text("by", "样例会计师事务所")
            line.flag("thirdParty", true)
            line.number("scoreBasisPoints", score)
            line.text("grade", grade)
            line.texts("usedFor", ["appraisal", "funding"])
            line.text("docNo", docNo)
        }
    }

    private mutating func circulateProgress(_ city: Int) {
        let site = site(ofCity: city)
        let period = Month(today.firstOfMonth - 1)
        let docNo = documentNumber("通报", at: site, number: 1)
        record(.progressCirculated, at: site, by: .supervision) { line in
            line.month("period", period)
            line.text("docNo", docNo)
        }
    }

    private mutating func checkInsurer(of city: Int) {
        let day = today
        record(.insurerChecked, at: site(ofCity: city), by: .supervision) { line in
            line.text("insurer", Self.insurerCode(of: city))
            line.text("by", day.year >= 2019 ? "medical-security" : "insurance-regulator")
            line.date("checkedOn", day)
            line.text("outcome", "合格")
            line.text("summary", "资格、服务和资金管理符合合同约定")
        }
    }

    private mutating func grantException(_ city: Int) {
        guard let claim = claim(in: city) else { return }
        let docNo = documentNumber("例外", at: claim.member.county, number: 1)
        let rule = [City.tongliao: "T41", City.liupanshui: "L16"][city] ?? "G09"
        record(.exceptionGranted, at: claim.member.county, by: .approval) { line in
            line.text("rule", rule)
            line.reference("subject", claim.reference)
            line.text("by", "医疗救助联席会议")
            line.text("docNo", docNo)
            line.text("reason", "病情需要使用目录外药品")
        }
    }

    private mutating func concludeReview(of claim: SettledClaim) {
        let fen = claim.amounts.outside
        let day = today
        record(.reviewConcluded, at: claim.member.county, by: .insurance) { line in
            line.references("claims", [claim.reference])
            line.month("period", Month(claim.day))
            line.texts(
                "organisers",
                [
                    day.year >= 2019 ? "medical-security-agency" : "social-insurance-agency",
                    "health",
                ])
            line.number("expertCount", 3 + claim.reference.serial % 3)
            line.number("reviewedFen", fen)
            line.number("acceptedFen", fen)
            line.number("rejectedFen", 0)
            line.date("heldOn", day)
        }
    }

    // MARK: Complaints

    private mutating func publishChannel(_ city: Int) {
        let day = today
        record(.channelPublished, at: site(ofCity: city), by: .supervision) { line in
            line.text("channel", "电话12393（样例）")
            line.date("publishedOn", day)
            line.text("where", City.all[city].name + "人民政府网站")
        }
    }

    private mutating func receiveComplaint(_ city: Int) {
        let county = firstCounty(of: city)
        let code = counties[county].institutions[Institution.Slot.countyHospital].code
        let subject = claim(in: city).map { person($0.member) }
        let isAboutPerson = year % 2 == 0
        let complaint = record(.complaintReceived, at: site(ofCity: city), by: .supervision) {
            line in
            line.open("about")
            if isAboutPerson, let subject { line.person("person", subject) }
            line.text("institution", code)
            line.close()
            line.text("channel", "举报电话")
            line.text("summary", "反映医院重复收取检查费")
        }
        agenda.add(
            .supervise(.acceptComplaint(complaint, city: city)), on: (today + 3).officeDay)
        agenda.add(
            .supervise(.closeComplaint(complaint, city: city)), on: (today + 33).officeDay)
    }

    private mutating func accept(_ complaint: Reference, _ city: Int) {
        let day = today
        record(.complaintAccepted, at: site(ofCity: city), by: .supervision) { line in
            line.reference("complaint", complaint)
            line.date("acceptedOn", day)
        }
    }

    private mutating func close(_ complaint: Reference, _ city: Int) {
        let day = today
        record(.complaintClosed, at: site(ofCity: city), by: .supervision) { line in
            line.reference("complaint", complaint)
            line.date("closedOn", day)
            line.text("outcome", "不属实")
        }
    }

    // MARK: Cases

    private mutating func openCase(_ city: Int) {
        guard let claim = claim(in: city) else { return }
        let code = counties[claim.member.county].institutions[claim.slot].code
        let name = "AJ-" + String(City.all[city].code) + "-" + String(year)
        record(.caseOpened, at: site(ofCity: city), by: .supervision) { line in
            line.text("case", name)
            line.openList("subjects")
            line.open()
            line.text("institution", code)
            line.close()
            line.closeList()
            line.text("summary", "核查住院费用异常偏高的线索")
        }
        follow(name, claim.reference, city)
    }

    /// Notes, a first closing, a second look, and the end.
    private mutating func follow(_ name: String, _ entry: Reference, _ city: Int) {
        let steps: [(Int, SupervisionStep)] = [
            (12, .noteCase(name, entry, city: city)),
            (26, .closeCase(name, city: city, outcome: "dismissed")),
            (40, .reopenCase(name, city: city)),
            (60, .closeCase(name, city: city, outcome: "confirmed")),
        ]
        for (days, step) in steps.prefix(year % 3 == 0 ? 2 : 4) {
            agenda.add(.supervise(step), on: (today + days).officeDay)
        }
    }

    private mutating func noteCase(_ name: String, _ entry: Reference, _ city: Int) {
        record(.caseNoted, at: site(ofCity: city), by: .supervision) { line in
            line.text("case", name)
            line.text("note", "已调取该次住院病历和费用清单")
            line.references("entries", [entry])
        }
    }

    private mutating func closeCase(_ name: String, _ city: Int, _ outcome: String) {
        record(.caseClosed, at: site(ofCity: city), by: .supervision) { line in
            line.text("case", name)
            line.text("outcome", outcome)
        }
    }

    private mutating func reopenCase(_ name: String, _ city: Int) {
        record(.caseReopened, at: site(ofCity: city), by: .supervision) { line in
            line.text("case", name)
            line.text("reason", "收到新的举报材料")
        }
    }
}
