/// The columns of the mapping `settlement-5203`, in the order in which rows write them. Those
/// from `hshd_no` on are not the national interface's.
enum SettlementColumn {
    static let header = (head + identity + visit + amounts + local).joined(separator: ",")

    private static let head = [
        "setl_id", "init_setl_id", "refd_setl_flag", "setl_time", "insu_admdvs", "opter_id",
        "opt_time", "memo",
    ]

    private static let identity = [
        "psn_no", "psn_cert_type", "certno", "psn_name", "brdy", "gend", "tel", "addr",
        "psn_idet_type", "insutype", "year",
    ]
    private static let visit = [
        "fixmedins_code", "mdtrt_id", "med_type", "begndate", "enddate", "dise_codg", "invono",
    ]
    private static let amounts = [
        "medfee_sumamt", "inscp_scp_amt", "fulamt_ownpay_amt", "overlmt_selfpay",
        "preselfpay_amt", "hifp_pay", "hifmi_pay", "hifob_pay", "cvlserv_pay", "hifes_pay",
        "maf_pay", "oth_pay", "hosp_part_amt", "acct_pay", "acct_mulaid_pay", "cash_payamt",
        "act_pay_dedc",
    ]
    private static let local = [
        "hshd_no", "hukou_admdvs", "rsdc_admdvs", "setl_month", "setl_chnl", "clm_date",
        "refl_stas", "refl_id", "pay_later", "idty_shown", "maf_second_pay", "maf_tilt_pay",
        "tgt_fund_pay", "charity_pay", "cii_base", "cii_dedc", "maf_dedc", "maf_advance",
        "maf_advance_fund", "payee_acct", "payee_rlts", "payee_auth", "corr_setl_id",
    ]

    static let afterMemo =
        identity.count + visit.count + amounts.count + local.count
}

extension Simulation {
    mutating func writeRow(of claim: Claim) {
        var row = CSVRow()
        row.settlementHead(envelope, reverses: nil, second: claim.settledSecond, memo: nil)
        row.identity(claim)
        row.visit(claim)
        row.amounts(claim.amounts)
        row.local(claim, envelope)
        row.end()
        line.bytes.append(contentsOf: row.bytes)
    }

    /// A refund: the settlement's total negative, with nothing but what names it.
    mutating func writeRefundRow(of claim: SettledClaim) {
        var row = CSVRow()
        row.settlementHead(
            envelope, reverses: claim.reference, second: 36_000, memo: Reversal.reason)
        for index in 0..<SettlementColumn.afterMemo {
            if index == SettlementColumn.totalAfterMemo {
                row.yuan(-claim.amounts.total)
            } else {
                row.empty()
            }
        }
        row.end()
        line.bytes.append(contentsOf: row.bytes)
    }
}

extension SettlementColumn {
    /// Position of `medfee_sumamt` among the columns after `memo`.
    static let totalAfterMemo = identity.count + visit.count
}

extension CSVRow {
    fileprivate mutating func settlementHead(
        _ envelope: Envelope, reverses: Reference?, second: Int, memo: String?
    ) {
        id(envelope.reference)
        id(reverses)
        text(reverses == nil ? "0" : "1")
        time(envelope.occurredOn, second: second)
        number(envelope.reference.areaCode)
        text(envelope.operatorName)
        time(envelope.occurredOn, second: envelope.occurredSecond)
        text(memo)
    }

    fileprivate mutating func identity(_ claim: Claim) {
        let person = claim.person
        text(String(person.place.code) + string { $0.append(decimal: person.index, digits: 10) })
        text(claim.idType.nationalCode)
        text(person.number(of: claim.idType))
        text(person.name)
        date(person.born)
        text(person.isFemale ? "2" : "1")
        text(person.phone)
        text(person.address)
        text(claim.category.words)
        text(claim.scheme == "employee" ? "310" : "390")
        number(claim.benefitYear)
    }

    fileprivate mutating func visit(_ claim: Claim) {
        text(claim.institution.code)
        text(claim.admissionNo)
        text(claim.visit.type.nationalCode)
        date(claim.visit.admitted)
        date(claim.visit.discharged)
        text(claim.visit.diagnosis)
        text(claim.invoiceNo)
    }

    fileprivate mutating func amounts(_ amounts: Amounts) {
        yuan(amounts.total)
        yuan(amounts.compliant)
        yuan(amounts.ownExpense)
        yuan(amounts.overLimit)
        yuan(amounts.advanceSelfPay)
        yuan(amounts.basic)
        yuan(amounts.majorIllness)
        yuanUnlessZero(amounts.employeeLarge)
        empty()
        empty()
        yuan(amounts.medicalAid)
        yuanUnlessZero(amounts.supplement)
        yuanUnlessZero(amounts.hospitalBorne)
        yuanUnlessZero(amounts.account)
        empty()
        yuan(amounts.cash)
        yuan(amounts.deductible)
    }

    fileprivate mutating func local(_ claim: Claim, _ envelope: Envelope) {
        let amounts = claim.amounts
        text(claim.person.householdNumber)
        number(claim.person.place.code)
        number(claim.person.place.code)
        month(claim.visit.type == .specialOutpatient ? Month(claim.visit.discharged) : nil)
        text(claim.isManual ? "2" : "1")
        date(claim.isManual ? envelope.occurredOn - 6 : nil)
        text(claim.visit.isEmergency ? "2" : claim.visit.referral == nil ? "0" : "1")
        id(claim.visit.referral)
        text(claim.visit.type == .inpatient && !claim.isManual ? "1" : nil)
        text(claim.identityShown.joined(separator: "、"))
        yuanUnlessZero(amounts.secondAid)
        yuanUnlessZero(amounts.tiltAid)
        yuanUnlessZero(amounts.targetedFund)
        yuanUnlessZero(amounts.charity)
        yuanUnlessZero(amounts.majorIllnessBase)
        yuanUnlessZero(amounts.majorIllnessDeductible)
        yuanUnlessZero(amounts.medicalAid > 0 ? amounts.aidDeductible : 0)
        yuanUnlessZero(amounts.isAdvanced ? amounts.medicalAid : 0)
        text(amounts.isAdvanced ? "医疗保障精准扶贫资金" : nil)
        text(claim.payee?.account)
        text(claim.payee?.relationWords)
        text(claim.payee?.authorisation)
        id(envelope.corrects)
    }
}

extension Person.IDType {
    /// Code of the national interface (psn_cert_type), or words where its list has none.
    var nationalCode: String {
        switch self {
        case .residentID: "01"
        case .foreignPermanentResident: "07"
        case .passport: "08"
        case .hongKongMacauTaiwan, .birthCertificate: words
        }
    }

    var words: String {
        switch self {
        case .residentID: "居民身份证"
        case .passport: "护照"
        case .foreignPermanentResident: "外国人永久居留身份证"
        case .hongKongMacauTaiwan: "港澳台居民居住证"
        case .birthCertificate: "出生医学证明"
        }
    }
}

extension Payee {
    var relationWords: String { relation == "self" ? "本人" : "监护人" }
}
