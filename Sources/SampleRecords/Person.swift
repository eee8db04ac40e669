/// An invented person, computed anew from the seed whenever needed: nothing about particulars is
/// kept.
struct Person {
    let place: Place
    /// Index among the persons of the county.
    let index: Int
    let key: UInt64
    let group: Group
    let born: Day
    let isFemale: Bool
    /// Some change their number in 2021.
    var hasNewPhone = false
    /// When a planted person is on the list.
    var period: ClosedRange<Day>?
    /// What a planted person shares with others, or gives wrongly.
    var particulars = Particulars()

    /// Persons in a household: neighbours by index.
    static let householdSize = 3

    init(seed: UInt64, place: Place, index: Int) {
        self.place = place
        self.index = index
        key = mixed(seed ^ mixed(UInt64(place.code) << 32 | UInt64(index)))
        // The head of a household is grown up.
        let isHead = index % Self.householdSize == 0
        let drawn = Group.drawn(in: place.city, by: key >> 8 & 0xFFFF)
        group = isHead && drawn.born.lowerBound > 1985 ? Group.groups(of: place.city)[0] : drawn
        let last = isHead ? min(group.born.upperBound, 1985) : group.born.upperBound
        let cohort = group.born.lowerBound...last
        let year = cohort.lowerBound + Int(key >> 24 & 0xFFF) % cohort.count
        // Index mod 500 makes the sequence number, the rest of it the day of the month: so no
        // two of a county's first 14,000 persons have one number.
        let day = 1 + (index % 500 * 11 + index / 500) % 28
        born = Day(year, 1 + Int(key >> 36 & 0xFF) % 12, day)
        isFemale = key >> 44 & 1 == 1
    }

    func isAdult(on day: Day) -> Bool { day.number - born.number > 18 * 366 }

    /// Number of the household within the county.
    var household: Int { index / Self.householdSize }

    /// A child born while the sample runs, at first known by the certificate of birth only.
    init(seed: UInt64, place: Place, newborn number: Int, born: Day) {
        self.place = place
        index = Self.firstNewborn + number
        key =
            mixed(seed ^ mixed(UInt64(place.code) << 32 | UInt64(index))) & 0x00FF_FFFF_FFFF_FFFF
            | 0xFF00_0000_0000_0000
        group = Group(before: .dibao, since: .dibao, weight: 0, born: born.year...born.year)
        self.born = born
        isFemale = key >> 44 & 1 == 1
    }

    static let firstNewborn = 60_000

    /// One in thirty-two of working age is insured as an employee.
    var isEmployee: Bool {
        key >> 45 & 0x1F == 0 && (1962...1998).contains(born.year)
            && group.before != .tekun && group.before != .targetedPoverty
    }

    var hasChronicEntitlement: Bool { key >> 50 & 0x3 == 0 }
    var hasSpecialEntitlement: Bool { key >> 52 & 0xF == 0 }

    // MARK: Papers

    enum IDType: String {
        case residentID = "resident-id"
        case hongKongMacauTaiwan = "hk-macau-taiwan-residence"
        case passport
        case birthCertificate = "birth-certificate"
        case foreignPermanentResident = "foreign-permanent-resident"
    }

    var idType: IDType {
        switch key >> 56 {
        case 0...1: .passport
        case 2...3: .hongKongMacauTaiwan
        case 4: .foreignPermanentResident
        default: .residentID
        }
    }

    var residentNumber: String {
        if let number = particulars.idNumber { return number }
        let sequence = index % 500 * 2 + (isFemale ? 0 : 1)
        let area = idType == .hongKongMacauTaiwan ? 810_000 : place.code
        let first = idType == .hongKongMacauTaiwan ? sequence + place.code % 7 * 2 : sequence
        return IdentityNumber.make(area: area, born: born, sequence: first % 1_000)
    }

    func number(of type: IDType) -> String {
        let local = place.code % 10_000 * 10_000 + index
        return switch type {
        case .residentID, .hongKongMacauTaiwan: residentNumber
        case .passport: "YL" + String(local)
        case .birthCertificate: "Y" + string { $0.append(decimal: local, digits: 9) }
        case .foreignPermanentResident: "YLI" + string { $0.append(decimal: local, digits: 12) }
        }
    }

    // MARK: Particulars

    /// Surname, a character that marks a sample, and one or two that count.
    var name: String {
        let surname = Self.surnames[Int(key >> 16 & 0xFF) % Self.surnames.count]
        let mark = Self.marks[Int(key >> 20 & 0xF) % Self.marks.count]
        let count = Self.counters[index % Self.counters.count]
        return surname + mark + count
    }

    var phone: String {
        if let phone = particulars.phone { return phone }
        // One in four uses the phone of the household; 100 and 101 are no
        // operator's prefixes.
        let owner = key >> 30 & 0x3 == 0 ? household * Self.householdSize : index
        return (hasNewPhone ? "101" : "100")
            + string {
                $0.append(decimal: place.code % 1_000, digits: 3)
                $0.append(decimal: owner % 100_000, digits: 5)
            }
    }

    var address: String {
        if let address = particulars.address { return address }
        let city = City.all[place.city]
        let street = 1 + household % 40
        return city.fullName + place.name + "样例街道试验路" + String(street) + "号"
            + String(100 + household / 40) + "室"
    }

    var householdNumber: String {
        "YLH" + String(place.code) + string { $0.append(decimal: household, digits: 6) }
    }

    var account: String { particulars.account ?? Self.account(place: place, index: index) }

    /// Nineteen digits that begin as no bank's do.
    static func account(place: Place, index: Int) -> String {
        "999"
            + string {
                $0.append(decimal: place.code, digits: 6)
                $0.append(decimal: index + 1, digits: 10)
            }
    }

    private static let surnames = [
        "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
        "朱", "秦", "尤", "许", "何", "吕", "施", "张", "孔", "曹", "严", "华", "金", "魏", "陶", "姜",
        "包", "白", "乌", "欧阳", "司马",
    ]
    private static let marks = ["样", "例", "试", "测"]
    private static let counters = [
        "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑", "寅", "卯", "辰", "巳",
        "午", "未", "申", "酉", "戌", "亥", "一", "二", "三", "四", "五", "六", "七", "八", "九",
    ]
}
