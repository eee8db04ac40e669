/// A county-level area of one of the four cities.
struct Place {
    let code: Int
    let name: String
    /// Index into `City.all`.
    let city: Int
    /// The first year in which the code was valid from January on.
    var firstYear = 2017
}

/// One of the four cities whose documents the sample follows.
struct City {
    let code: Int
    let name: String
    let fullName: String
    let counties: [Place]
    /// A hospital elsewhere to which the city's patients are referred.
    let referralHospital: (area: Int, name: String)

    static let guangzhou = 0
    static let jiangmen = 1
    static let tongliao = 2
    static let liupanshui = 3

    static let all: [City] = [
        City(
            code: 440_100, name: "广州市", fullName: "广东省广州市",
            counties: counties(
                of: guangzhou,
                [
                    (440_103, "荔湾区"), (440_114, "花都区"), (440_105, "海珠区"), (440_118, "增城区"),
                    (440_104, "越秀区"), (440_106, "天河区"), (440_111, "白云区"), (440_112, "黄埔区"),
                    (440_113, "番禺区"), (440_115, "南沙区"), (440_117, "从化区"),
                ]),
            referralHospital: (110_101, "北京市样例专科医院")),
        City(
            code: 440_700, name: "江门市", fullName: "广东省江门市",
            counties: counties(
                of: jiangmen,
                [
                    (440_703, "蓬江区"), (440_781, "台山市"), (440_705, "新会区"), (440_783, "开平市"),
                    (440_704, "江海区"), (440_784, "鹤山市"), (440_785, "恩平市"),
                ]),
            referralHospital: (440_104, "广州市样例转诊医院")),
        City(
            code: 150_500, name: "通辽市", fullName: "内蒙古自治区通辽市",
            counties: counties(
                of: tongliao,
                [
                    (150_502, "科尔沁区"), (150_521, "科尔沁左翼中旗"), (150_525, "奈曼旗"),
                    (150_526, "扎鲁特旗"), (150_522, "科尔沁左翼后旗"), (150_523, "开鲁县"),
                    (150_524, "库伦旗"), (150_581, "霍林郭勒市"),
                ]),
            referralHospital: (150_102, "呼和浩特市样例转诊医院")),
        City(
            code: 520_200, name: "六盘水市", fullName: "贵州省六盘水市",
            counties: [
                Place(code: 520_201, name: "钟山区", city: liupanshui),
                Place(code: 520_203, name: "六枝特区", city: liupanshui),
                // Until 2017 this was the county 520222, until 2020 the next was 520221.
                Place(code: 520_281, name: "盘州市", city: liupanshui, firstYear: 2018),
                Place(code: 520_204, name: "水城区", city: liupanshui, firstYear: 2021),
            ],
            referralHospital: (520_103, "贵阳市样例转诊医院")),
    ]

    private static func counties(of city: Int, _ list: [(Int, String)]) -> [Place] {
        list.map { Place(code: $0.0, name: $0.1, city: city) }
    }
}
