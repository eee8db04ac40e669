/// How often somebody who was in hospital is there again.
///
/// Stays fall on persons by chance, and a sample has few persons, so that left to itself a third
/// of them would be back within a month. What is published is less, and more often for the same
/// illness:
/// - of rural patients with chronic illnesses 8.5% were in hospital again within 30 days
///   (International Journal for Equity in Health 2025, doi:10.1186/s12939-025-02443-0, table 2);
/// - of 271,405 stays in a district, 4,225, or 1.56%, were followed within 30 days by one for the
///   same diagnosis at a hospital of the same tier (township to township; BMJ Open 2018,
///   8:e021516, table 1): 18 of 100 readmissions.
struct Readmission {
    /// The last discharge: its day's number, where, and for what.
    private(set) var discharged = Int.min / 2
    private(set) var slot = 0
    private(set) var diagnosis = ""

    static let days = 30
    /// In basis points, of the stays that chance would have within those days: so many are left
    /// that 8.5% of all stays are followed by another.
    static let admitted = 1_650
    /// In basis points, of those: for the same illness at the same hospital.
    static let same = 1_830

    mutating func leave(_ visit: Visit) {
        guard visit.type == .inpatient else { return }
        discharged = visit.discharged.number
        slot = visit.slot
        diagnosis = visit.diagnosis
    }

    func isRecent(on day: Day) -> Bool { day.number - discharged <= Self.days }
}
