/// What fraud makes of records that come round by themselves.
struct Omissions {
    /// Monthly lists that are not sent: county and month, and the case.
    var lists: [String: FraudCase] = [:]
    /// What the city and the county give less than their due, in hundredths of it, and the case.
    var matching: [String: Matching] = [:]

    struct Matching {
        /// Hundredths of what is due of city and county together.
        let city: Int
        let county: Int
        let planted: FraudCase
    }

    static func key(_ county: Int, _ year: Int, _ month: Int = 0) -> String {
        String(county) + "-" + String(year) + "-" + String(month)
    }
}
