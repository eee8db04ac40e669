/// The kinds that intake accepts, with the system that sends each and the letters before its
/// serial numbers. A serial number runs without gaps within kind, area and year.
package enum RecordKind: Int, CaseIterable {
    case personMerged, personDied, eligibilityCertified, eligibilityEnded, entitlementCertified
    case listShared
    case enrolmentRecorded, premiumCollected, subsidyRequested, enrolmentSubsidised
    case enrolmentRefunded
    case institutionDesignated, insurerEngaged, insurerChecked, referralFiled, claimSettled
    case reviewConcluded, exceptionGranted, prepaymentMade, prepaymentReturned
    case clearingRequested, clearingPaid, offsetBooked
    case aidApplied, meansChecked, publicityHeld, publicityObjected, publicityResolved
    case resolutionAdopted, aidApproved, aidRefused, aidPaid, paymentReturned
    case fundReceived, fundBudgeted, fundTransferred, balanceStated, recoveryReceived
    case sourceTotalled
    case parameterSet, policyAdopted, dutyAssigned, warningRaised, warningAnswered
    case inspectionHeld, inspectionFound, inspectionAnswered, inspectionRectified
    case auditConcluded, evaluationConcluded, progressCirculated
    case channelPublished, complaintReceived, complaintAccepted, complaintClosed
    case caseOpened, caseNoted, caseClosed, caseReopened
    case entryReversed

    package var name: String { Self.table[rawValue].name }
    package var source: String { Self.table[rawValue].source }
    package var prefix: String { Self.table[rawValue].prefix }

    private static let table: [(name: String, source: String, prefix: String)] = [
        ("person.merged", "minzheng-rending", "HB-"),
        ("person.died", "minzheng-rending", "SW-"),
        ("eligibility.certified", "minzheng-rending", "RD-"),
        ("eligibility.ended", "minzheng-rending", "TC-"),
        ("entitlement.certified", "yb-canbao", "TZ-"),
        ("list.shared", "minzheng-rending", "MD-"),
        ("enrolment.recorded", "yb-canbao", "CB-"),
        ("premium.collected", "yb-canbao", "JF-"),
        ("subsidy.requested", "yb-canbao", "ZQ-"),
        ("enrolment.subsidised", "yb-canbao", "ZZ-"),
        ("enrolment.refunded", "yb-canbao", "TF-"),
        ("institution.designated", "yb-guanli", "DD-"),
        ("insurer.engaged", "yb-guanli", "BX-"),
        ("insurer.checked", "yb-guanli", "BJ-"),
        ("referral.filed", "yb-guanli", "ZY-"),
        ("claim.settled", "yb-jiesuan", ""),
        ("review.concluded", "yb-guanli", "PS-"),
        ("exception.granted", "yb-guanli", "LW-"),
        ("prepayment.made", "jingban-zhifu", "YF-"),
        ("prepayment.returned", "jingban-zhifu", "YT-"),
        ("clearing.requested", "jingban-zhifu", "QS-"),
        ("clearing.paid", "jingban-zhifu", "QF-"),
        ("offset.booked", "jingban-zhifu", "CJ-"),
        ("aid.applied", "minzheng-shenpi", "SQ-"),
        ("means.checked", "minzheng-shenpi", "HD-"),
        ("publicity.held", "minzheng-shenpi", "GS-"),
        ("publicity.objected", "minzheng-shenpi", "YY-"),
        ("publicity.resolved", "minzheng-shenpi", "YC-"),
        ("resolution.adopted", "minzheng-shenpi", "XT-"),
        ("aid.approved", "minzheng-shenpi", "SP-"),
        ("aid.refused", "minzheng-shenpi", "BY-"),
        ("aid.paid", "jingban-zhifu", "ZF-"),
        ("payment.returned", "jingban-zhifu", "TH-"),
        ("fund.received", "caizheng-jijin", "SR-"),
        ("fund.budgeted", "caizheng-jijin", "YS-"),
        ("fund.transferred", "caizheng-jijin", "HZ-"),
        ("fund.balance-stated", "caizheng-jijin", "YE-"),
        ("recovery.received", "caizheng-jijin", "ZH-"),
        ("source.totalled", "", "TJ-"),
        ("parameter.set", "yb-guanli", "CS-"),
        ("policy.adopted", "yb-guanli", "ZC-"),
        ("duty.assigned", "yb-guanli", "ZR-"),
        ("warning.raised", "yb-guanli", "YJ-"),
        ("warning.answered", "minzheng-rending", "YH-"),
        ("inspection.held", "lianhe-ducha", "DC-"),
        ("inspection.found", "lianhe-ducha", "WT-"),
        ("inspection.answered", "lianhe-ducha", "DF-"),
        ("inspection.rectified", "lianhe-ducha", "ZG-"),
        ("audit.concluded", "lianhe-ducha", "SJ-"),
        ("evaluation.concluded", "lianhe-ducha", "PJ-"),
        ("progress.circulated", "lianhe-ducha", "TB-"),
        ("channel.published", "tousu-jubao", "QD-"),
        ("complaint.received", "tousu-jubao", "TS-"),
        ("complaint.accepted", "tousu-jubao", "SL-"),
        ("complaint.closed", "tousu-jubao", "BJ-"),
        ("case.opened", "tousu-jubao", "AJ-"),
        ("case.noted", "tousu-jubao", "AB-"),
        ("case.closed", "tousu-jubao", "AA-"),
        ("case.reopened", "tousu-jubao", "AC-"),
        ("entry.reversed", "yb-jiesuan", "CX-"),
    ]
}

/// What names a record: its kind gives the source, the rest its serial number there.
package struct Reference: Equatable {
    package let kind: RecordKind
    /// The kind whose total a `source.totalled` states; it sends under that kind's source.
    package var totalled: RecordKind?
    package let areaCode: Int
    package let year: Int
    package var serial: Int

    package var source: String { (totalled ?? kind).source }

    package func appendID(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: kind.prefix.utf8)
        if let totalled { bytes.append(contentsOf: totalled.prefix.utf8) }
        bytes.append(decimal: areaCode, digits: 6)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: year, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: serial, digits: 7)
    }

    package var id: String { string { appendID(to: &$0) } }
}
