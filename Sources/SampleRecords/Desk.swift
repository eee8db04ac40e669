/// The place in an office where a record is entered. Whoever registers, checks, approves and pays
/// are different people.
enum Desk: Int {
    case registry = 1
    case insurance, checking, approval, cashier, treasury, hospital, supervision

    func operatorName(area: Int, number: Int) -> String {
        "u"
            + string {
                $0.append(decimal: area, digits: 6)
                $0.append(decimal: rawValue)
                $0.append(decimal: number, digits: 2)
            }
    }

    /// The office; duties moved from civil affairs and human resources to medical security in
    /// 2018 and 2019.
    func department(in year: Int) -> String? {
        let isNew = year >= 2019
        return switch self {
        case .registry: "civil-affairs"
        case .insurance: isNew ? "medical-security-agency" : "social-insurance-agency"
        case .checking: "township"
        case .approval: isNew ? "medical-security" : "civil-affairs"
        case .cashier: isNew ? "medical-security-agency" : "civil-affairs"
        case .treasury: "finance"
        case .hospital: nil
        case .supervision: isNew ? "medical-security" : "civil-affairs"
        }
    }
}
