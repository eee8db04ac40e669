/// A row of the mapping `aid-approvals-zh`.
enum ApprovalRow {
    static let header = [
        "审批编号", "审批日期", "地区", "经办人", "经办部门", "经办时间", "姓名", "证件类型", "证件号码",
        "出生日期", "性别", "联系电话", "住址", "家庭户编号", "户籍地", "常住地", "救助对象类别",
        "救助类型", "申请编号", "结算单号", "待遇年度", "救助基数（元）", "核算金额（元）", "救助金额（元）",
        "审批人", "审批部门", "协调机制纪要编号",
    ].joined(separator: ",")

    static let departments = [
        "civil-affairs": "民政部门", "medical-security": "医疗保障部门",
    ]

    static func words(ofAidType type: String) -> String {
        switch type {
        case "second": "二次救助"
        case "tilt": "倾斜救助"
        case "above-cap": "突破封顶线救助"
        case "case-by-case": "一事一议救助"
        case "major-illness": "重特大疾病医疗救助"
        case "outpatient": "门诊救助"
        default: "基本救助"
        }
    }
}

extension Simulation {
    mutating func writeRow(of approval: Approval) {
        var row = CSVRow()
        row.approvalHead(envelope)
        row.approved(approval.person)
        row.approval(approval)
        row.end()
        line.bytes.append(contentsOf: row.bytes)
    }
}

extension CSVRow {
    fileprivate mutating func approvalHead(_ envelope: Envelope) {
        id(envelope.reference)
        date(envelope.occurredOn)
        number(envelope.reference.areaCode)
        text(envelope.operatorName)
        text(envelope.department.flatMap { ApprovalRow.departments[$0] })
        time(envelope.occurredOn, second: envelope.occurredSecond)
    }

    fileprivate mutating func approved(_ person: Person) {
        text(person.name)
        text(person.idType.words)
        text(person.number(of: person.idType))
        date(person.born)
        text(person.isFemale ? "女" : "男")
        text(person.phone)
        text(person.address)
        text(person.householdNumber)
        number(person.place.code)
        number(person.place.code)
    }

    fileprivate mutating func approval(_ approval: Approval) {
        let aidCase = approval.aidCase
        text(aidCase.claim.category.words)
        text(ApprovalRow.words(ofAidType: aidCase.type))
        id(aidCase.application)
        id(aidCase.claim.reference)
        number(aidCase.year)
        yuan(approval.grant.base)
        yuan(approval.grant.gross)
        yuan(approval.grant.fen)
        text(approval.approver)
        text(ApprovalRow.departments[approval.department])
        id(aidCase.resolution)
    }
}
