internal import AidRecords
internal import GRDB
internal import PolicyRules

/// Reads the records that are judged from their tables' rows.
enum BenefitRows {
    /// What stands before the columns of a kind: see `PersonStream`.
    private static let first = PersonStream.columnsBefore

    static let subsidyColumns = [
        "area", "occurredOnDay", "year", "scheme", "category", "premiumFen", "subsidyFen", "fund",
        "approvedOnDay", "topUpOf_source", "topUpOf_id",
    ]

    static func subsidy(_ row: RawStatement, _ cases: CaseRecords) -> Subsidy {
        let head = head(row, cases)
        return Subsidy(
            head: head, year: Int(row.integer(first + 2)), scheme: row.text(first + 3),
            category: row.text(first + 4), premium: row.integer(first + 5),
            subsidy: row.integer(first + 6), fund: row.text(first + 7),
            approvedOn: row.date(first + 8), topUpOf: row.optionalKey(first + 9))
    }

    static let approvalColumns = [
        "area", "occurredOnDay", "category", "aidType", "year", "amountFen", "approvedOnDay",
        "resolution_source", "resolution_id",
    ]

    static func approval(
        _ row: RawStatement, _ cases: CaseRecords, claims: [RecordKey]
    ) -> Approval {
        let head = head(row, cases)
        return Approval(
            head: head, category: row.text(first + 2), aidType: row.text(first + 3),
            claims: claims, year: Int(row.integer(first + 4)), amount: row.integer(first + 5),
            approvedOn: row.date(first + 6), resolution: row.optionalKey(first + 7))
    }

    static let claimColumns =
        [
            "area", "occurredOnDay", "category", "scheme", "benefitYear", "institution",
            "visit_type", "visit_admittedOnDay", "visit_dischargedOnDay", "visit_periodFromDay",
            "visit_periodToDay", "visit_month", "settledAtSeconds", "referral",
        ] + amounts.map { "amounts_\($0)Fen" }

    private static let amounts = [
        "total", "compliant", "ownExpense", "overLimit", "advanceSelfPay", "basicPaid",
        "majorIllnessPaid", "employeeLargePaid", "civilServantPaid", "enterprisePaid",
        "medicalAidPaid", "secondAidPaid", "tiltAidPaid", "targetedFundPaid", "charityPaid",
        "supplementPaid", "hospitalBorne", "accountPaid", "accountMutualPaid", "cashPaid",
    ]

    static func claim(_ row: RawStatement, _ cases: CaseRecords) -> Claim {
        var head = head(row, cases)
        let settledAt = Moment(unixSeconds: row.integer(first + 12))
        head.orderSeconds = settledAt.unixSeconds
        return Claim(
            head: head, category: row.text(first + 2), scheme: row.text(first + 3),
            benefitYear: Int(row.integer(first + 4)), institution: row.text(first + 5),
            visitType: row.text(first + 6), admittedOn: row.date(first + 7),
            dischargedOn: row.date(first + 8), periodFrom: row.optionalDate(first + 9),
            periodTo: row.optionalDate(first + 10), month: row.optionalText(first + 11),
            settledOn: settledAt.dayInChina, referral: row.text(first + 13),
            amounts: amounts(row, from: first + 14), review: cases.reviews[head.key])
    }

    /// What a record leaves out is null, which SQLite gives as 0.
    private static func amounts(_ row: RawStatement, from first: Int) -> ClaimAmounts {
        var result = ClaimAmounts()
        result.total = row.integer(first)
        result.compliant = row.integer(first + 1)
        result.ownExpense = row.integer(first + 2)
        result.overLimit = row.integer(first + 3)
        result.advanceSelfPay = row.integer(first + 4)
        result.basicPaid = row.integer(first + 5)
        result.majorIllnessPaid = row.integer(first + 6)
        result.employeeLargePaid = row.integer(first + 7)
        result.civilServantPaid = row.integer(first + 8)
        result.enterprisePaid = row.integer(first + 9)
        result.medicalAidPaid = row.integer(first + 10)
        result.secondAidPaid = row.integer(first + 11)
        result.tiltAidPaid = row.integer(first + 12)
        result.targetedFundPaid = row.integer(first + 13)
        result.charityPaid = row.integer(first + 14)
        result.supplementPaid = row.integer(first + 15)
        result.hospitalBorne = row.integer(first + 16)
        result.accountPaid = row.integer(first + 17)
        result.accountMutualPaid = row.integer(first + 18)
        result.cashPaid = row.integer(first + 19)
        return result
    }

    private static func head(_ row: RawStatement, _ cases: CaseRecords) -> RecordHead {
        let key = RecordKey(source: row.text(2), id: row.text(3))
        let midnight = row.integer(first + 1) * 86_400 - Moment.chinaOffsetSeconds
        return RecordHead(
            seq: row.integer(1), key: key, area: row.text(first), orderSeconds: midnight,
            exceptions: cases.exceptions[key] ?? [])
    }
}
