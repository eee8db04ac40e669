enum VisitType: String, CaseIterable {
    case inpatient, outpatient, pharmacy
    case chronicOutpatient = "chronic-outpatient"
    case specialOutpatient = "special-outpatient"

    /// Code of the national interface (med_type).
    var nationalCode: String {
        switch self {
        case .inpatient: "21"
        case .outpatient: "11"
        case .chronicOutpatient: "14"
        case .specialOutpatient: "140201"
        case .pharmacy: "41"
        }
    }
}

/// One person of one county of the simulation.
struct Member: Hashable {
    let county: Int
    let index: Int
}

/// A visit before it is settled.
struct Visit {
    var member: Member
    /// Set for a child that is known by its certificate of birth only.
    var newborn: Day?
    let type: VisitType
    var slot: Int
    let admitted: Day
    let discharged: Day
    var totalFen: Int
    let diagnosis: String
    var isManual = false
    /// A bill that takes the person's aid beyond the annual cap.
    var isHuge = false
    var isEmergency = false
    /// After the person's last day, and yet with aid.
    var isAfterEnd = false
    /// Basis points of the total, where it is not left to chance.
    var ownExpenseShare: Int?
    /// All components of the bill, likewise.
    var components: Amounts?
    /// By so much insurance pays at too low a ratio, in basis points.
    var basicShortfall = 0
    var majorIllnessShortfall = 0
    var corrects: Reference?
    var referral: Reference?
}

enum Diagnosis {
    static func draw(for visit: VisitType, from random: inout RandomSource) -> String {
        let list =
            switch visit {
            case .inpatient: inpatient
            case .chronicOutpatient: chronic
            case .specialOutpatient: special
            case .outpatient, .pharmacy: common
            }
        return list[random.below(list.count)]
    }

    private static let inpatient = [
        "I63.9", "I25.1", "J44.1", "J18.9", "K80.2", "M51.2", "S72.0", "C34.9", "C50.9", "C18.9",
        "N18.5", "E11.9", "I50.9", "K35.8", "F20.9", "A16.2", "H25.9", "I61.9", "K92.2", "N20.0",
    ]
    private static let chronic = ["I10", "E11.9", "J44.9", "I25.1", "F20.9", "M06.9", "B18.1"]
    private static let special = ["N18.5", "C34.9", "C50.9", "D66", "Z94.0", "C91.0"]
    private static let common = ["J06.9", "K29.5", "M54.5", "J20.9", "R51", "N39.0"]
}
