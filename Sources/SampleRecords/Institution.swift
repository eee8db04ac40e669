/// A hospital or pharmacy under agreement, with an invented name and number.
struct Institution {
    let code: String
    let name: String
    /// 0 ungraded, 1 to 3.
    let level: Int
    let area: Int
    let type: String
    let services: [String]

    /// The places of a county's patients, in the order in which `County.institutions` has them.
    enum Slot {
        static let clinic = 0
        static let countyHospital = 1
        static let pharmacy = 2
        static let cityHospital = 3
        static let cityHospitalTwo = 4
        static let elsewhere = 5
        static let count = 6
    }

    static func own(of place: Place) -> [Institution] {
        [
            make(place.code, 1, place.name + "样例乡镇卫生院", 1, "乡镇卫生院"),
            make(place.code, 2, place.name + "试验人民医院", 2, "综合医院"),
            make(place.code, 3, place.name + "测试大药房", 0, "零售药店"),
        ]
    }

    static func shared(by city: City) -> [Institution] {
        let seat = city.counties[0].code
        let referral = city.referralHospital
        return [
            make(seat, 4, city.name + "样例中心医院", 3, "综合医院"),
            make(seat, 5, city.name + "试验专科医院", 3, "专科医院"),
            make(referral.area, 6, referral.name, 3, "综合医院"),
        ]
    }

    static func make(
        _ area: Int, _ number: Int, _ name: String, _ level: Int, _ type: String
    ) -> Institution {
        let letter = level == 0 ? "P" : "H"
        let services =
            switch level {
            case 0: ["pharmacy"]
            case 1: ["inpatient", "outpatient", "chronic-outpatient"]
            default: ["inpatient", "outpatient", "chronic-outpatient", "special-outpatient"]
            }
        return Institution(
            code: letter + String(area) + "9900" + String(number), name: name, level: level,
            area: area, type: type, services: services)
    }
}
